/** The table of an entity: rows today and bytes of one. */
import type { EntityValues } from '../../contracts/document-params.ts';

const BYTES_PER_KB = 1024;

/** Rows today: stated, else as many as it has keys. */
export function rowsToday({ initial_rows, keys }: EntityValues): number {
  return initial_rows ?? keys;
}

/** Bytes of a row: stated, else the item's. */
export function rowBytes({ row_bytes, item_kb }: EntityValues): number {
  return row_bytes ?? BYTES_PER_KB * item_kb;
}
