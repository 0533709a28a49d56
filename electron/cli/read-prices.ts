import type { Catalog } from '../../shared/contracts/catalog.ts';
import { readOwnPrices, withOwnPrices } from '../../shared/contracts/own-prices.ts';
import { RefusedInput } from './errors.ts';
import type { CliIo } from './io.ts';

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RefusedInput(`${file}: not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** The catalogue with the prices and discounts of a JSON file over its list. Throws `RefusedInput` and names each wrong key. */
export async function withPriceFile(catalog: Catalog, file: string, io: CliIo): Promise<Catalog> {
  const read = readOwnPrices(parse(file, await io.readText(file)), catalog.priceBook);
  if ('errors' in read) throw new RefusedInput(`${file}: ${read.errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`);
  return { ...catalog, priceBook: withOwnPrices(catalog.priceBook, read.prices) };
}
