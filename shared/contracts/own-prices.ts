/** A user's own prices and discounts over the dated list, from a file that stays on this machine (evaluation 7.1). */
import type { Price, PriceBook } from './catalog.ts';
import { z } from '../lib/zod.ts';

const USD = z.number().finite().min(0);

const ownPricesSchema = z.strictObject({
  /** Who these prices are for; shown with the totals. */
  name: z.string().min(1).max(80),
  date: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  /** USD for the unit of the list, by its key; with tiers where the contract has them. */
  prices: z.record(z.string(), z.union([USD, z.strictObject({ usd: USD, tiers: z.array(z.strictObject({ up_to: z.number().positive().nullable(), usd: USD })).min(2).optional() })])).default({}),
  /** Shares off the list price by key, `*` for all others: 0.2 is 20 % less. Own prices are net. */
  discounts: z.record(z.string(), z.number().finite().min(0).max(1)).default({}),
});

/** Own prices as they are stored. */
export type OwnPrices = z.output<typeof ownPricesSchema>;

/** What is wrong with a file of own prices, and where. */
export interface OwnPricesError { readonly path: string; readonly message: string }

/** Read own prices against a list. Keys that the list lacks are errors: a mistyped price would silently change nothing. */
export function readOwnPrices(value: unknown, book: PriceBook): { readonly prices: OwnPrices } | { readonly errors: readonly OwnPricesError[] } {
  const parsed = ownPricesSchema.safeParse(value);
  if (!parsed.success) return { errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
  const unknown = (record: Readonly<Record<string, unknown>>, path: string): OwnPricesError[] => Object.keys(record).filter((key) => key !== '*' && !Object.hasOwn(book.prices, key)).map((key) => ({ path: `${path}.${key}`, message: 'The price list has no such price' }));
  const errors = [...unknown(parsed.data.prices, 'prices'), ...unknown(parsed.data.discounts, 'discounts'), ...(Object.hasOwn(parsed.data.prices, '*') ? [{ path: 'prices.*', message: 'A price is for one key' }] : [])];
  return errors.length > 0 ? { errors } : { prices: parsed.data };
}

function own(list: Price, stated: OwnPrices['prices'][string], name: string): Price {
  const { usd, tiers } = typeof stated === 'number' ? { usd: stated, tiers: undefined } : stated;
  return { usd: tiers?.[0]?.usd ?? usd, unit: list.unit, source: name, provenance: 'U', ...(tiers ? { tiers } : {}) };
}

function discounted(list: Price, share: number, name: string): Price {
  const less = 1 - share;
  return { ...list, usd: list.usd * less, source: `${list.source}, ${name}`, provenance: 'U', ...(list.tiers ? { tiers: list.tiers.map((tier) => ({ ...tier, usd: tier.usd * less })) } : {}) };
}

/** The list with own prices in place of its own, and discounts off the rest. The list stays as it is. */
export function withOwnPrices(book: PriceBook, { name, date, prices, discounts }: OwnPrices): PriceBook {
  const entries = Object.entries(book.prices).map(([key, list]): [string, Price] => {
    const stated = Object.hasOwn(prices, key) ? prices[key] : undefined;
    if (stated !== undefined) return [key, own(list, stated, name)];
    const share = (Object.hasOwn(discounts, key) ? discounts[key] : discounts['*']) ?? 0;
    return [key, share > 0 ? discounted(list, share, name) : list];
  });
  return { id: `${book.id} with ${name}`, date: date > book.date ? date : book.date, region: book.region, note: book.note, prices: Object.fromEntries(entries) };
}
