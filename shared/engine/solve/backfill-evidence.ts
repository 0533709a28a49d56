/** What a column that is filled in beside the running system takes: expand, write both, backfill, contract (evaluation 8.5). */
import { largestTable } from '../availability/schema-changes.ts';
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import { resourceRho } from '../math/utilisation.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { storeWork } from './store-work.ts';

/** A backfill is held back so that its database stays below this. */
const BUSY = 0.7;

/** Rows a second that a migration job may fill in at a database; null when no job is drawn. */
function rowsPerS({ view }: NodeFacts): number | null {
  for (const { kind, from } of view.in) {
    const rows = kind === 'migrate' ? from.params.values['backfill_rows_s'] : null;
    if (typeof rows === 'number' && rows > 0) return rows;
  }
  return null;
}

/** Shares of the cores and of the disk that so many more writes a second take. */
function asked(store: ReplicatedStoreResource, write: { readonly cpuS: number; readonly iops: number }, rps: number): { readonly cpu: number; readonly io: number } {
  return { cpu: resourceRho(rps * write.cpuS, store.vcpu), io: resourceRho(rps * write.iops, store.iops) };
}

function evidenceOf(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, station: NodeStation, most: number): Record<string, number> | null {
  const { rows } = largestTable(compiled, facts.view.id);
  const write = storeWork(compiled, flows, facts, store).write;
  const loadOf = (name: 'cpu' | 'io'): number => station.resources.find(({ resource }) => resource === name)?.utilisation ?? 0;
  // both forms of the table are written meanwhile; the hottest shard has its part of that
  const share = store.shards > 1 ? (station.evidence['hottest_write_share'] ?? 1) : 1;
  const doubled = asked(store, write, (flows.nodeWrites[facts.view.index] as number) * share);
  const cpu = loadOf('cpu') + doubled.cpu;
  const io = loadOf('io') + doubled.io;
  const one = asked(store, write, share);
  const rate = Math.min(most, one.cpu > 0 ? (BUSY - cpu) / one.cpu : most, one.io > 0 ? (BUSY - io) / one.io : most);
  if (!(rows > 0)) return null;
  if (!(rate > 0)) return { backfill_utilisation: Math.max(cpu, io) };
  return { backfill_s: rows / rate, backfill_utilisation: Math.max(cpu + rate * one.cpu, io + rate * one.io) };
}

/**
 * Add to databases that a migration job is drawn to backfill_s, for the largest table, absent when the doubled writes alone keep the
 * database too busy, and backfill_utilisation, how busy cores or disk are meanwhile.
 */
export function addBackfillEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  for (const facts of compiled.nodes) {
    const { index } = facts.view;
    const most = facts.store ? rowsPerS(facts) : null;
    if (facts.store && most !== null) book.add(index, evidenceOf(compiled, flows, facts, facts.store, book.stations[index] as NodeStation, most));
  }
}
