/**
 * A compiled drawing as a machine that can run: the same nodes, states, calls, demands and rates that the analytic stages
 * answer, with real queues, caches and policies in their place.
 */
import { lruCharacteristicTime, randomCharacteristicTime } from '../../math/che.ts';
import { zipf } from '../../math/zipf.ts';
import type { CompiledDesign, NodeFacts, StationResult, TrafficResult } from '../../types.ts';
import { cacheModels } from '../../solve/hit-ratios.ts';
import { MOST_KEYS, type Eviction } from '../kernel/caches.ts';
import type { Machine } from '../kernel/machine.ts';
import * as op from '../kernel/program.ts';
import { slotPlace } from '../kernel/program.ts';
import { lowerCode } from './code-node.ts';
import { leavesWork } from './common.ts';
import { limitOf } from './edge-limits.ts';
import { lowerFixed } from './fixed-node.ts';
import type { Lowering, SimNode } from './parts.ts';
import { SlotWriter } from './slots.ts';

/** Requests of one journey: how often, and where its branches begin. */
export interface Source { readonly journey: number; readonly rate: number; readonly shares: readonly number[]; readonly pcs: readonly number[]; readonly tracked: boolean }

/** The drawing in the machine. */
export interface Lowered { readonly nodes: readonly SimNode[]; readonly sources: readonly Source[]; readonly exit: number; readonly uses: readonly number[]; readonly caches: readonly number[]; readonly assumptions: ReadonlySet<string> }

/** What lowering is told. */
export interface LowerOptions { readonly failing: boolean; readonly cold: boolean }

const NONE = -1;

function evictionOf(facts: NodeFacts): Eviction {
  const eviction = facts.cache?.eviction ?? 'lru';
  return eviction === 'none' ? 'random' : eviction;
}

/** Caches with their entities; the room of each is what the analytic answer gives it, so that both share memory alike. */
function addCaches(compiled: CompiledDesign, flows: TrafficResult, machine: Machine): { readonly uses: number[]; readonly caches: number[] } {
  const models = cacheModels(compiled, flows);
  const caches = compiled.nodes.map((facts) => (facts.cache && compiled.uses.some((use) => use.cache === facts.view.index) ? machine.caches.addCache(evictionOf(facts)) : NONE));
  const shares = new Map<number, number>();
  compiled.uses.forEach((use, i) => void shares.set(use.cache, (shares.get(use.cache) ?? 0) + (models[i] ? 1 : 0)));
  const uses = compiled.uses.map((use, i) => {
    const items = models[i]?.items ?? 1;
    return machine.caches.addUse({
      cache: caches[use.cache] as number, keys: use.keys, zipfS: use.zipfS, items: items * Math.max(1, shares.get(use.cache) ?? 1), ttlS: use.ttlS,
      missing: use.missing, negative: use.negative, kept: items,
    });
  });
  return { uses, caches };
}

/** Contents as the load of the start leaves them. */
function warmCaches({ compiled, flows, machine, uses }: Lowering): void {
  cacheModels(compiled, flows).forEach((model, i) => {
    if (!model) return;
    const use = compiled.uses[i] as CompiledDesign['uses'][number];
    const scale = Math.min(1, MOST_KEYS / use.keys);
    const popularity = zipf(Math.max(1, Math.round(use.keys * scale)), use.zipfS);
    const items = model.items * scale;
    const kept = model.policy === 'lfu' ? null : model.policy === 'random' ? randomCharacteristicTime(popularity, items) : lruCharacteristicTime(popularity, items);
    const rate = model.readRps + (model.invalidate ? model.writeRps : 0);
    machine.caches.warm(uses[i] as number, flows.lookups[i] as number, model.invalidate ? model.writeRps : 0, kept === null ? Number.MAX_VALUE : kept / rate);
  });
}

/** The requests of each journey: their branches, each the calls of its entries one after the other. */
function writeSources(lowering: Lowering): { readonly sources: Source[]; readonly exit: number } {
  const { compiled, machine } = lowering;
  const { program } = machine;
  const limits = new Map<number, number>();
  const limit = (edge: number): number => {
    const facts = compiled.edges[edge];
    if (!facts) return NONE;
    const known = limits.get(edge) ?? limitOf(lowering, facts, null, null);
    limits.set(edge, known);
    return known;
  };
  const exit = program.emit(op.END);
  const sources = compiled.journeys.flatMap((view, journey) => {
    const own = compiled.plan.entries.filter((entry) => entry.journey === journey && entry.weight > 0);
    const branches = [...new Set(own.map((entry) => entry.op))].map((operation) => {
      const pc = program.here;
      const entries = own.filter((entry) => entry.op === operation);
      for (const entry of entries) {
        const call = program.call({
          pc: slotPlace(entry.slot), exit: 0, tripS: entry.tripS, limit: limit(entry.edge), looksUp: NONE, deletes: NONE, hard: entry.hard, waits: false,
          primary: false, scatter: 0, doubled: 0, batch: 1, windowS: 0, perMessage: false, edge: entry.edge,
        });
        const none = program.emit(op.COUNT, program.number(entry.times));
        const again = program.emit(op.CALL, call);
        program.emit(op.AFTER, call);
        program.emit(op.LOOP, again);
        program.land(none, 2);
      }
      program.emit(op.END);
      return { share: entries[0]?.share ?? 0, pc };
    });
    return branches.length === 0 || !(view.rate_rps > 0) ? [] : [{ journey, rate: view.rate_rps, shares: branches.map(({ share }) => share), pcs: branches.map(({ pc }) => pc), tracked: leavesWork(compiled, own.map((entry) => entry.slot)) }];
  });
  return { sources, exit };
}

/** Build the machine of a drawing and seal it. */
export function lowerDesign(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, machine: Machine, options: LowerOptions): Lowered {
  const { uses, caches } = addCaches(compiled, flows, machine);
  const replays = compiled.nodes.map((): number[] => []);
  const lowering: Lowering = { compiled, flows, stations, machine, failing: options.failing, uses, caches, assumptions: new Set(), deferred: [], replays };
  const nodes = compiled.nodes.map((facts) => lowerCode(lowering, facts) ?? lowerFixed(lowering, facts));
  compiled.nodes.forEach((facts, copy) => {
    for (const source of facts.replays) if ((nodes[copy]?.replay ?? NONE) >= 0) replays[source]?.push(nodes[copy]?.replay ?? NONE);
  });
  const writer = new SlotWriter(lowering, nodes);
  for (let slot = 0; slot < compiled.plan.slotNode.length; slot++) writer.write(slot);
  const { sources, exit } = writeSources(lowering);
  machine.seal(compiled.nodes.length, (slot) => writer.entry(slot));
  if (!options.cold) warmCaches(lowering);
  return { nodes, sources, exit, uses, caches, assumptions: lowering.assumptions };
}
