import { useEffect } from 'react';
import { z } from '../../../shared/lib/zod.ts';
import { usePrices } from '../evaluation/prices-store.ts';
import { withDatabase } from '../persistence/database.ts';
import { parsePrices, printPrices } from '../evaluation/own-prices.ts';

/** Key of the setting that holds the prices of this machine. */
const KEY = 'own-prices';

const stored = z.object({ text: z.string(), file: z.string().nullable(), changed: z.boolean() });

async function readPrices(): Promise<void> {
  const row = await withDatabase((database) => database.settings.get(KEY));
  const found = stored.safeParse(row.ok ? row.value?.value : undefined);
  if (!found.success || usePrices.getState().prices !== null) return;
  const { text, file, changed } = found.data;
  const read = parsePrices(file ?? 'Own prices', text);
  // prices for a list that has changed since are not taken: a total must not rest on keys that nobody finds
  if (read.ok) usePrices.setState({ prices: read.value, file, changed });
}

function keepPrices(): () => void {
  void readPrices();
  return usePrices.subscribe(({ prices, file, changed }) => {
    void withDatabase(async (database) => {
      if (prices === null) await database.settings.delete(KEY);
      else await database.settings.put({ key: KEY, value: { text: printPrices(prices), file, changed } });
    });
  });
}

/** Bring own prices back when the page starts, and remember every change: on this machine, in no drawing. */
export function useOwnPrices(): void {
  useEffect(keepPrices, []);
}
