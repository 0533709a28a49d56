import { Dexie, type EntityTable } from 'dexie';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import { storageMessage } from './storage-message.ts';

/** Work that is not saved yet, written while it happens. */
export interface DraftRow {
  readonly id: string;
  readonly title: string;
  readonly file: { readonly path: string; readonly name: string } | null;
  /** The design as it was last in the window; read back through the normaliser, never trusted. */
  readonly design: unknown;
  /** The page that is writing it; another page leaves it alone while that one lives. */
  readonly session: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

/** What a draft is compared with: the design as last saved, null when it never was, and what such a one began with. One per draft. */
export interface BaseRow {
  readonly id: string;
  readonly design: unknown;
  readonly opened?: unknown;
}

/** A document that lives in this browser, listed on the start screen. */
export interface LibraryRow {
  readonly id: string;
  readonly title: string;
  readonly design: unknown;
  /** A small SVG picture, null while there is none. */
  readonly thumbnail: string | null;
  /** Milliseconds since 1970 of the last save or opening. */
  readonly openedAt: number;
}

/** One remembered choice; `value` is checked by the schema of its key when read. */
export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

/** The one database of the page. It is never the only copy of a document that has a file. */
export class Database extends Dexie {
  declare readonly drafts: EntityTable<DraftRow, 'id'>;
  declare readonly bases: EntityTable<BaseRow, 'id'>;
  declare readonly library: EntityTable<LibraryRow, 'id'>;
  declare readonly settings: EntityTable<SettingRow, 'key'>;

  constructor(name = 'plumbline') {
    // strict: a write that was reported as done survives a power cut (the default became relaxed in Chrome 121)
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ drafts: 'id', bases: 'id', library: 'id, openedAt', settings: 'key' });
  }
}

type Listener = (message: string) => void;

let opened: Database | null = null;
let listener: Listener = () => undefined;
let lastTold: string | null = null;

function tell(message: string): void {
  if (message === lastTold) return;
  lastTold = message;
  listener(message);
}

/** Be told, in a sentence, when storage fails. The same failure is told once until something works again. */
export function onStorageTrouble(next: Listener): void {
  listener = next;
}

function openDatabase(): Database {
  const database = new Database();
  // another page with a newer format waits for this one: let go, so that it is not blocked
  database.on('versionchange', () => {
    database.close();
    tell('Plumbline was updated in another window. Save to a file here, then reload; nothing more is kept in this window.');
  });
  database.on('blocked', () => tell('Another window holds an older Plumbline open. Close it, so that drafts can be kept here.'));
  return database;
}

/** Use the database. A failure is told to the listener and comes back as its sentence; it never throws. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<Result<T, string>> {
  opened ??= openDatabase();
  try {
    const value = await work(opened);
    lastTold = null;
    return ok(value);
  } catch (error) {
    const message = storageMessage(error);
    tell(message);
    return err(message);
  }
}
