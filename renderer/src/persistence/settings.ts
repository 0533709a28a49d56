import { z } from '../../../shared/lib/zod.ts';
import { useSession } from '../document/session.ts';
import { INTERFACE_SIZES } from '../ui/interface-size.ts';
import { withDatabase } from './database.ts';

/** Ids of what was used last, the latest first. */
const recent = z.array(z.string().max(200)).max(20).readonly();

/** Every choice of the session that is remembered, with its schema. A stored value that does not fit counts as not stored. */
const SETTINGS = {
  arrowKeys: z.enum(['walk', 'nudge']),
  interfaceSize: z.literal(INTERFACE_SIZES),
  minimap: z.boolean(),
  recentCommands: recent,
  recentParts: recent,
  recentLines: z.array(z.string().max(2000)).max(30).readonly(),
  theme: z.enum(['system', 'light', 'dark', 'light-contrast', 'dark-contrast']),
  wheel: z.enum(['pan', 'zoom']),
} as const;

/** Name of a setting. */
export type SettingKey = keyof typeof SETTINGS;

/** Value of a setting. */
export type SettingValue<Key extends SettingKey> = z.infer<(typeof SETTINGS)[Key]>;

const KEYS = Object.keys(SETTINGS) as SettingKey[];

/** Check stored rows against their schemas: unknown keys and values that do not fit are left out. */
export function readSettings(rows: readonly { readonly key: string; readonly value: unknown }[]): { readonly [Key in SettingKey]?: SettingValue<Key> } {
  const found: [string, unknown][] = [];
  for (const { key, value } of rows) {
    if (!Object.hasOwn(SETTINGS, key)) continue;
    const checked = SETTINGS[key as SettingKey].safeParse(value);
    if (checked.success) found.push([key, checked.data]);
  }
  return Object.fromEntries(found);
}

/** Store one choice. */
export async function writeSetting<Key extends SettingKey>(key: Key, value: SettingValue<Key>): Promise<void> {
  await withDatabase((database) => database.settings.put({ key, value }));
}

/** Bring the remembered choices into the session, then remember every change. */
export async function keepSettings(): Promise<void> {
  const rows = await withDatabase((database) => database.settings.toArray());
  if (rows.ok) useSession.getState().set(readSettings(rows.value));
  useSession.subscribe((state, before) => {
    for (const key of KEYS) if (state[key] !== before[key]) void writeSetting(key, state[key]);
  });
}
