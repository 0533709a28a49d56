import { z } from '../../../shared/lib/zod.ts';
import { withDatabase } from './database.ts';

/** Key of the row of settings that holds them. */
const KEY = 'import.corrections';

/** The most that is remembered; the oldest are forgotten first. */
const LIMIT = 500;

const schema = z.record(z.string().max(512), z.string().max(128));

/** Types chosen in earlier imports, by image or service name. What cannot be read counts as nothing. */
export async function readCorrections(): Promise<Readonly<Record<string, string>>> {
  const row = await withDatabase((database) => database.settings.get(KEY));
  const checked = schema.safeParse(row.ok ? row.value?.value : undefined);
  return checked.success ? checked.data : {};
}

/** Remember more of them; a newer choice for the same name wins. */
export async function rememberCorrections(corrections: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(corrections).length === 0) return;
  const before = await readCorrections();
  const kept = Object.entries(before).filter(([name]) => !Object.hasOwn(corrections, name));
  const value = Object.fromEntries([...kept, ...Object.entries(corrections)].slice(-LIMIT));
  await withDatabase((database) => database.settings.put({ key: KEY, value }));
}
