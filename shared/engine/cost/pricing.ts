/** Looking up prices. A key that the book lacks is reported, never guessed. */
import type { Price, PriceBook } from '../../contracts/catalog.ts';
import { oncePer } from '../../lib/once-per.ts';
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

/** A price ready to be asked: `flat` USD where every unit costs the same, and the unit that quantities are in. */
export interface KnownPrice { readonly unit: string; readonly flat: number | null; readonly tiers: readonly PriceTier[] }

/** What has been looked up in a book; null for what it lacks. */
const lookedUp = oncePer((_book: PriceBook) => new Map<string, KnownPrice | null>());

function find({ prices }: PriceBook, key: string): KnownPrice | null {
  const price = Object.hasOwn(prices, key) ? prices[key] : undefined;
  if (!price) return null;
  const tiers = tiersOf(price);
  return { unit: price.unit, flat: tiers.length === 1 ? (tiers[0] as PriceTier).price : null, tiers };
}

/** USD of a monthly quantity, through the tiers of its price. */
export function usdOf({ flat, tiers }: KnownPrice, quantity: number): number {
  return flat === null ? tieredCost(quantity, tiers) : Math.max(0, quantity) * flat;
}

/** A price book that remembers what it was asked for and did not have. */
export class PriceList {
  private readonly book: PriceBook;
  private readonly known: Map<string, KnownPrice | null>;
  private readonly missing = new Set<string>();

  constructor(book: PriceBook) {
    this.book = book;
    this.known = lookedUp(book);
  }

  /** Price of a key; null when the book has no such key. */
  of(key: string): KnownPrice | null {
    let price = this.known.get(key);
    if (price === undefined) this.known.set(key, price = find(this.book, key));
    if (price === null) this.missing.add(key);
    return price;
  }

  /** Keys that were asked for in vain, sorted. */
  get unpriced(): readonly string[] {
    return [...this.missing].sort();
  }
}
