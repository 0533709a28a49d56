import { create } from 'zustand';
import type { OwnPrices } from './own-prices.ts';
import { localDay } from './local-day.ts';

/** Prices of the user's own: never part of a drawing, kept in a file and on this machine. */
interface PricesState {
  /** Null: the list counts. */
  readonly prices: OwnPrices | null;
  /** Name of the file that they came from or went to last. */
  readonly file: string | null;
  /** Whether they differ from that file. */
  readonly changed: boolean;
}

export const usePrices = create<PricesState>()(() => ({ prices: null, file: null, changed: false }));

const FRESH = { name: 'Own prices', prices: {}, discounts: {} } as const;

/** Every change makes a new object: whoever follows prices compares them by identity. */
function change(next: (prices: OwnPrices) => OwnPrices): void {
  const { prices, file } = usePrices.getState();
  const changed = next(prices ?? { ...FRESH, date: localDay() });
  const isEmpty = file === null && Object.keys(changed.prices).length === 0 && Object.keys(changed.discounts).length === 0;
  usePrices.setState(isEmpty ? { prices: null, changed: false } : { prices: changed, changed: true });
}

/** A price of one's own, USD for the list's unit; null goes back to the list. */
export function setOwnPrice(key: string, usd: number | null): void {
  change((own) => {
    const { [key]: _before, ...rest } = own.prices;
    return { ...own, prices: usd === null ? rest : { ...rest, [key]: usd } };
  });
}

/** A share off every list price that has no discount of its own, 0 to 1. */
export function setDiscount(share: number): void {
  change((own) => {
    const { '*': _before, ...rest } = own.discounts;
    return { ...own, discounts: share === 0 ? rest : { ...rest, '*': share } };
  });
}

/** Prices from a file take the place of all others. */
export function takePrices(prices: OwnPrices, file: string): void {
  usePrices.setState({ prices, file, changed: false });
}

/** They were written to a file. */
export function pricesSaved(file: string): void {
  usePrices.setState({ file, changed: false });
}

/** Back to the list. */
export function dropPrices(): void {
  usePrices.setState({ prices: null, file: null, changed: false });
}
