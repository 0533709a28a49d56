/** Looking up prices. A key that the book lacks is reported, never guessed. */
import type { Price, PriceBook } from '../../contracts/catalog.ts';
import { tieredCost, type PriceTier } from '../math/prices.ts';

function tiersOf(price: Price): readonly PriceTier[] {
  if (!price.tiers) return [{ width: null, price: price.usd }];
  let below = 0;
  return price.tiers.map(({ up_to, usd }) => {
    const width = up_to === null ? null : up_to - below;
    below = up_to ?? below;
    return { width, price: usd };
  });
}

/** What a quantity costs: USD, and the unit that the quantity is in. */
export interface Priced { readonly usd: number; readonly unit: string }

/** A price ready to be asked: `flat` where every unit costs the same. */
interface Known { readonly unit: string; readonly flat: number | null; readonly tiers: readonly PriceTier[] }

/** A price book that remembers what it was asked for and did not have. */
export class PriceList {
  private readonly book: PriceBook;
  private readonly missing = new Set<string>();
  private readonly known = new Map<string, Known>();

  constructor(book: PriceBook) {
    this.book = book;
  }

  /** Price of a monthly quantity, through its tiers; null when the book has no such key. */
  of(key: string, quantity: number): Priced | null {
    const price = this.known.get(key) ?? this.find(key);
    if (!price) return null;
    return { usd: price.flat === null ? tieredCost(quantity, price.tiers) : Math.max(0, quantity) * price.flat, unit: price.unit };
  }

  private find(key: string): Known | null {
    const price = Object.hasOwn(this.book.prices, key) ? this.book.prices[key] : undefined;
    if (!price) {
      this.missing.add(key);
      return null;
    }
    const tiers = tiersOf(price);
    const known: Known = { unit: price.unit, flat: tiers.length === 1 ? (tiers[0] as PriceTier).price : null, tiers };
    this.known.set(key, known);
    return known;
  }

  /** Keys that were asked for in vain, sorted. */
  get unpriced(): readonly string[] {
    return [...this.missing].sort();
  }
}
