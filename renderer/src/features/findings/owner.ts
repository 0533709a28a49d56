import { withDatabase } from '../../persistence/database.ts';
import { lastOwner } from './risk-edits.ts';

/** Key of the setting that holds who accepts risks here. */
const KEY = 'riskOwner';

/** Who accepted a risk last: on this machine, else in this document. Empty when nobody did. */
export async function rememberedOwner(): Promise<string> {
  const row = await withDatabase((database) => database.settings.get(KEY));
  const stored = row.ok ? row.value?.value : undefined;
  return typeof stored === 'string' && stored !== '' ? stored : lastOwner();
}

/** Remember who accepts risks. */
export async function rememberOwner(owner: string): Promise<void> {
  await withDatabase((database) => database.settings.put({ key: KEY, value: owner }));
}
