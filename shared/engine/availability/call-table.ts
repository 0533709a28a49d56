/** The calls of a walk side by side: what decides which of them are hard (semantics 4, 5, 7), made once for a drawing. */
import { oncePer } from '../../lib/once-per.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { callColumns } from '../solve/call-columns.ts';
import type { Call, CompiledDesign, EdgeFacts } from '../types.ts';

/** When a request fails without a call: never, always, before a home that needs its cache, when its end must be reached. */
const NEVER = 0;
const ALWAYS = 1;
const BEFORE_HOME = 2;
const MUST_REACH = 3;

/** By position in `Plan.calls`. */
export interface CallTable {
  readonly from: Numbers;
  readonly to: Numbers;
  /** 1 for a call that nobody waits for and that work done later needs; 1 for a call that such work fails without. */
  readonly later: Numbers;
  readonly behind: Numbers;
  /** Node at the other end of the connection, and when the call is hard. */
  readonly node: Numbers;
  readonly when: Numbers;
  /** By edge: alternatives that its calls are one of, see `groupOf`. */
  readonly groups: readonly (string | null)[];
  /** Some store is sharded: its calls may need further shards. */
  readonly sharded: boolean;
}

/** Alternatives that a call is one of: copies of one store, or a stated group. Null for a call that stands alone. */
function groupOf(facts: EdgeFacts): string | null {
  if (facts.isFront) return null;
  return facts.alternatives ?? (facts.view.params.values.any_of || null);
}

/** A call that a request fails without. Calls behind a broker and softly made ones are not. */
function whenHard({ isFront, view }: EdgeFacts, call: Call): number {
  if (call.wait === 'async') return NEVER;
  if (!isFront) return call.hard ? ALWAYS : MUST_REACH;
  if (call.wait !== 'lookup' && call.deletes < 0 && view.params.values.mode === 'write_behind') return ALWAYS;
  return call.hard ? BEFORE_HOME : NEVER;
}

function isLater({ view }: EdgeFacts, call: Call): boolean {
  return call.wait === 'async' && (call.hard || (view.kind === 'publish' && view.params.values.outbox));
}

/** The calls of a drawing. */
const callTable = oncePer(({ plan: { calls }, edges, nodes }: CompiledDesign): CallTable => {
  const { from, to } = callColumns(calls);
  const flags = (): Numbers => wholes(calls.length);
  const table = { from, to, node: wholes(calls.length), later: flags(), behind: flags(), when: flags(), groups: edges.map(groupOf), sharded: nodes.some(({ store }) => store !== null && store.shards > 1) };
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i] as Call;
    const facts = edges[call.edge] as EdgeFacts;
    table.node[i] = facts.view.to.index;
    table.when[i] = whenHard(facts, call);
    table.later[i] = isLater(facts, call) ? 1 : 0;
    table.behind[i] = call.hard && !facts.isFront ? 1 : 0;
  }
  return table;
});

/** What decides which calls are hard, beside the drawing. */
export interface Hardness {
  /** By node: a cache that its home cannot do without. */
  readonly hardCaches: ReadonlySet<number>;
  /** Homes that must be reached: soft criticality on edges into them is refused. */
  readonly required: ReadonlySet<number>;
  readonly calls: CallTable;
  /** By position in `Plan.calls`: 1 for a call that a request fails without. */
  readonly hard: Numbers;
}

/** Hardness of all calls for journeys that must reach the same homes. */
export function hardnessOf(compiled: CompiledDesign, hardCaches: ReadonlySet<number>, required: ReadonlySet<number>): Hardness {
  const calls = callTable(compiled);
  const { when, node } = calls;
  const hard = wholes(when.length);
  for (let i = 0; i < when.length; i++) {
    const kind = when[i] as number;
    if (kind === ALWAYS || (kind === BEFORE_HOME && hardCaches.has(node[i] as number)) || (kind === MUST_REACH && required.has(node[i] as number))) hard[i] = 1;
  }
  return { hardCaches, required, calls, hard };
}

/** Share of the caller's requests that make the call at all. */
export function shareOf(call: Call): number {
  return Math.min(1, call.probability, call.rate);
}
