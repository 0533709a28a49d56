import { z } from '../../../shared/lib/zod.ts';
import { withDatabase } from './database.ts';

/** Key of the row of settings that holds them. */
const KEY = 'import.corrections';

/** The most that is remembered; the oldest are forgotten first. */
const LIMIT = 500;

const schema = z.record(z.string().max(512), z.string().max(128));

/** The last change under way: what is read or changed after it waits for it. */
let writing: Promise<void> = Promise.resolve();

async function stored(): Promise<Readonly<Record<string, string>>> {
  const row = await withDatabase((database) => database.settings.get(KEY));
  const checked = schema.safeParse(row.ok ? row.value?.value : undefined);
  return checked.success ? checked.data : {};
}

async function add(corrections: Readonly<Record<string, string>>): Promise<void> {
  const before = await stored();
  const kept = Object.entries(before).filter(([name]) => !Object.hasOwn(corrections, name));
  const value = Object.fromEntries([...kept, ...Object.entries(corrections)].slice(-LIMIT));
  await withDatabase((database) => database.settings.put({ key: KEY, value }));
}

/** Types chosen in earlier imports, by image or service name, those chosen a moment ago among them. What cannot be read counts as nothing. */
export async function readCorrections(): Promise<Readonly<Record<string, string>>> {
  await writing;
  return stored();
}

/** Remember more of them, one call after another; a newer choice for the same name wins. */
export function rememberCorrections(corrections: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(corrections).length > 0) writing = writing.then(() => add(corrections));
  return writing;
}
