import type { PriceBook } from '../../shared/contracts/catalog.ts';
import { z } from '../../shared/lib/zod.ts';
import book from './us-east-1.2026-11.json';

/** Every price that a component may name. A wrong key does not compile; the suite over the registry checks it again. */
export type PriceKey = keyof typeof book.prices;

const priceSchema = z.strictObject({
  usd: z.number().positive(),
  unit: z.string().min(1),
  source: z.string().min(1),
  provenance: z.enum(['V', 'M', 'D', 'A', 'U']),
  tiers: z.array(z.strictObject({ up_to: z.number().positive().nullable(), usd: z.number().positive() })).min(2).optional(),
});

const priceBookSchema = z.strictObject({
  id: z.string().min(1),
  date: z.string().regex(/^\d{4}-\d{2}$/),
  region: z.string().min(1),
  note: z.string(),
  prices: z.record(z.string(), priceSchema),
});

/**
 * On-demand list prices in us-east-1, USD. A tier holds up to a cumulative monthly quantity in the price's own unit.
 * Throws at load time when the file does not have this shape: a catalogue defect.
 */
export const priceBook: PriceBook = priceBookSchema.parse(book);
