/** Schema changes that rewrite a table while nobody may use it: planned downtime of the database (evaluation 8.5). */
import { entityParams, type EntityValues } from '../../contracts/document-params.ts';
import { oncePer } from '../../lib/once-per.ts';
import { rowBytes, rowsToday } from '../compile/tables.ts';
import { failoverUnavailability } from '../math/availability.ts';
import { tableRewriteS } from '../math/rdbms.ts';
import { resolve } from '../resolve.ts';
import type { CompiledDesign } from '../types.ts';
import { lostBy } from './lane-losses.ts';
import type { Losses } from './losses.ts';

/** A database whose tables are changed all at once: seconds that the largest is locked each time, how often, and the share of the year. */
export interface SchemaLock { readonly node: number; readonly seconds: number; readonly perYear: number; readonly unavailability: number }

/** Rows and bytes of the largest table of a database. Where the drawing names no data at all it is that of the usual entity. */
export function largestTable({ entities, graph }: CompiledDesign, id: string): { readonly rows: number; readonly rowBytes: number } {
  let largest = { rows: 0, rowBytes: 0 };
  const consider = (values: EntityValues): void => {
    const table = { rows: rowsToday(values), rowBytes: rowBytes(values) };
    if (table.rows * table.rowBytes > largest.rows * largest.rowBytes) largest = table;
  };
  if (entities.size === 0) consider(resolve(entityParams, {}).values);
  for (const [entity, values] of entities) if (graph.design.entities[entity]?.home === id) consider(values);
  return largest;
}

/** Databases with such changes, in node order; none unless somebody has said that changes are made all at once. */
export const schemaLocks = oncePer((compiled: CompiledDesign): readonly SchemaLock[] => compiled.nodes.flatMap(({ view, store }): SchemaLock[] => {
  const perYear = store?.rewrites_per_year ?? 0;
  if (!(perYear > 0) || !compiled.connected[view.index]) return [];
  const table = largestTable(compiled, view.id);
  const seconds = tableRewriteS(table.rows, table.rowBytes);
  return seconds > 0 ? [{ node: view.index, seconds, perYear, unavailability: failoverUnavailability(perYear, seconds) }] : [];
}));

/** Lower the shares of the journeys (in place, by index) by what each loses while a database is locked. */
export function addSchemaChanges(compiled: CompiledDesign, losses: Losses, shares: number[]): void {
  for (const { node, unavailability } of schemaLocks(compiled)) {
    const lost = losses.without([node]);
    if (lost) for (let j = 0; j < shares.length; j++) shares[j] = (shares[j] as number) * (1 - unavailability * lostBy(lost, j));
  }
}
