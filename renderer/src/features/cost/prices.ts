import type { FileKind } from '../../../../shared/ipc/host-api.ts';
import { fileServices } from '../../document/commands/file-services.ts';
import { useSession } from '../../document/session.ts';
import { dropPrices, pricesSaved, takePrices, usePrices } from '../../evaluation/prices-store.ts';
import { parsePrices, printPrices } from '../../evaluation/own-prices.ts';

const PRICE_FILES: readonly FileKind[] = [{ label: 'Prices', extensions: ['json'] }];

const refuse = (message: string): void => useSession.getState().notify(message, { tone: 'error' });

/** Ask for a file of own prices and compute with it from now on. What cannot be read changes nothing. */
export async function loadPrices(): Promise<void> {
  const chosen = await fileServices().host.openFiles({ title: 'Load prices', kinds: PRICE_FILES });
  if (!chosen.ok) return refuse(chosen.error.message);
  const [file] = chosen.value;
  if (!file) return;
  const read = parsePrices(file.name, file.text);
  if (!read.ok) return refuse(read.error);
  takePrices(read.value, file.name);
  useSession.getState().notify(`Prices of ${read.value.name} count now, from ${file.name}.`);
}

/** Write own prices to a file. */
export async function savePrices(): Promise<void> {
  const { prices, file } = usePrices.getState();
  if (prices === null) return;
  const saved = await fileServices().host.exportFile({ title: 'Save prices', suggestedName: file ?? 'prices.json', kinds: PRICE_FILES }, new TextEncoder().encode(printPrices(prices)));
  if (!saved.ok) return refuse(saved.error.message);
  if (saved.value !== null) pricesSaved(saved.value.name);
}

/** Go back to the list, with a way to take that back. */
export function returnToList(): void {
  const before = usePrices.getState();
  dropPrices();
  useSession.getState().notify('List prices count now.', { action: { label: 'Undo', run: () => usePrices.setState(before) } });
}
