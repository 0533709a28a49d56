import type { Result } from '../../../shared/lib/result.ts';
import { withDatabase, type LibraryRow } from './database.ts';

/** A document of the library as lists show it. */
export type LibraryEntry = Pick<LibraryRow, 'id' | 'title' | 'thumbnail' | 'openedAt'>;

/** Keep a document in this browser. The error is a sentence: the caller must not call it saved then. */
export async function keepInLibrary(row: LibraryRow): Promise<Result<void, string>> {
  return withDatabase(async (database) => {
    const before = await database.library.get(row.id);
    await database.library.put({ ...row, thumbnail: row.thumbnail ?? before?.thumbnail ?? null });
  });
}

/** Documents kept in this browser, newest first. */
export async function listLibrary(limit: number): Promise<readonly LibraryEntry[]> {
  const rows = await withDatabase((database) => database.library.orderBy('openedAt').reverse().limit(limit).toArray());
  return rows.ok ? rows.value.map(({ id, title, thumbnail, openedAt }) => ({ id, title, thumbnail, openedAt })) : [];
}

/** One document with its design as stored, null when it is not there. */
export async function readFromLibrary(id: string): Promise<LibraryRow | null> {
  const row = await withDatabase((database) => database.library.get(id));
  return row.ok ? (row.value ?? null) : null;
}

/** Remove a document from this browser for good. */
export async function removeFromLibrary(id: string): Promise<Result<void, string>> {
  return withDatabase((database) => database.library.delete(id));
}
