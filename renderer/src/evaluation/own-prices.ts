import { catalog } from '../../../catalog/index.ts';
import { readOwnPrices, withOwnPrices, type OwnPrices, type OwnPricesError } from '../../../shared/contracts/own-prices.ts';
import type { Price, PriceBook } from '../../../shared/contracts/catalog.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';

export type { OwnPrices } from '../../../shared/contracts/own-prices.ts';

/** Mistakes of one file that are told; the rest is counted. */
const TOLD = 3;
const WHAT_TO_DO = 'Nothing was changed. Mend the file and load it again.';

/** The dated list that counts where nobody has other prices. */
export const LIST: PriceBook = catalog.priceBook;

/** Where reading stopped, as a line, from the position or line that the parser names. */
function lineOf(message: string, text: string): string {
  const [, position] = /position (\d+)/.exec(message) ?? [];
  return position === undefined ? '' : `, line ${text.slice(0, Number(position)).split('\n').length}`;
}

/** Letters that two keys have in a row, for a key that was mistyped. */
function likeness(a: string, b: string): number {
  let alike = 0;
  while (alike < Math.min(a.length, b.length) && a[alike] === b[alike]) alike += 1;
  return alike;
}

function nearest(key: string): string | null {
  const [best] = Object.keys(LIST.prices).sort((a, b) => likeness(b, key) - likeness(a, key) || a.length - b.length);
  return best !== undefined && likeness(best, key) >= 3 ? best : null;
}

function words({ path, message }: OwnPricesError): string {
  const key = path.split('.').at(-1) ?? '';
  const meant = message.startsWith('The price list has no') ? nearest(key) : null;
  return `${path === '' ? '' : `${path}: `}${message}${meant === null ? '' : ` (perhaps ${meant})`}`;
}

/** Read a file of own prices. The error is a sentence with the file, the place, and what to do. */
export function parsePrices(name: string, text: string): Result<OwnPrices, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(`${name}${lineOf(error instanceof Error ? error.message : '', text)}: this is not JSON. ${WHAT_TO_DO}`);
  }
  const read = readOwnPrices(value, LIST);
  if ('prices' in read) return ok(read.prices);
  const more = read.errors.length - TOLD;
  return err(`${name}: ${read.errors.slice(0, TOLD).map(words).join('; ')}${more > 0 ? `; and ${more} more` : ''}. ${WHAT_TO_DO}`);
}

/** Own prices as the text of a file. */
export function printPrices({ name, date, prices, discounts }: OwnPrices): string {
  return `${JSON.stringify({ name, date, prices, discounts }, null, 2)}\n`;
}

/** The prices that count: the list, or own prices over it. */
export function bookOf(prices: OwnPrices | null): Readonly<Record<string, Price>> {
  return prices === null ? LIST.prices : withOwnPrices(LIST, prices).prices;
}
