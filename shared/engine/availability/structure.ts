/** From the compiled walk to one success formula for each journey (semantics 4, 5, 7, 9.6; evaluation 6.3). */
import type { CompiledDesign, Call, EdgeFacts, Entry, NodeFacts } from '../types.ts';
import { READ } from '../types.ts';
import { listBits } from './bits.ts';
import type { FormulaBook, Part } from './expressions.ts';

/** What decides which calls are hard, beside the drawing. */
export interface Hardness {
  /** By node: a cache that its home cannot do without. */
  readonly hardCaches: ReadonlySet<number>;
  /** Homes that must be reached: soft criticality on edges into them is refused. */
  readonly required: ReadonlySet<number>;
  /** By position in `Plan.calls`: 1 for a call that a request fails without. */
  readonly hard: Uint8Array;
  /** 1 for a call that nobody waits for and that work done later needs; 1 for a call that such work fails without. */
  readonly later: Uint8Array;
  readonly behind: Uint8Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A call that a request fails without. Calls behind a broker and softly made ones are not. */
function isHardCall(compiled: CompiledDesign, hardCaches: ReadonlySet<number>, required: ReadonlySet<number>, call: Call): boolean {
  if (call.wait === 'async') return false;
  const { isFront, view } = compiled.edges[call.edge] as EdgeFacts;
  if (isFront) {
    const stores = call.wait !== 'lookup' && call.deletes < 0 && view.params.values.mode === 'write_behind';
    return stores || (call.hard && hardCaches.has(view.to.index));
  }
  return call.hard || required.has(view.to.index);
}

function isLater(compiled: CompiledDesign, call: Call): boolean {
  const { view } = compiled.edges[call.edge] as EdgeFacts;
  return call.wait === 'async' && (call.hard || (view.kind === 'publish' && view.params.values.outbox));
}

/** Hardness of all calls for journeys that must reach the same homes. */
export function hardnessOf(compiled: CompiledDesign, hardCaches: ReadonlySet<number>, required: ReadonlySet<number>): Hardness {
  const { calls } = compiled.plan;
  const flags = (is: (call: Call) => boolean): Uint8Array => Uint8Array.from(calls, (call) => (is(call) ? 1 : 0));
  return {
    hardCaches, required,
    hard: flags((call) => isHardCall(compiled, hardCaches, required, call)),
    later: flags((call) => isLater(compiled, call)),
    behind: flags((call) => call.hard && !compiled.edges[call.edge]?.isFront),
    from: Int32Array.from(calls, (call) => call.from), to: Int32Array.from(calls, (call) => call.to),
  };
}

/** Alternatives that a call is one of: copies of one store, or a stated group. Null for a call that stands alone. */
export function groupOf(facts: EdgeFacts): string | null {
  if (facts.isFront) return null;
  return facts.alternatives ?? (facts.view.params.values.any_of || null);
}

/** Share of the caller's requests that make the call at all. */
export function shareOf(call: Call): number {
  return Math.min(1, call.probability, call.rate);
}

/** What the requests of one branch need on their way in: all parts, and of every group of alternatives one. */
interface EntryBranch { readonly share: number; readonly parts: Part[]; readonly groups: Map<string, { readonly soft: boolean; readonly any: Part[] }> }

/** Builds formulas for the states of one walk; states that several journeys share are built once. */
export class StructureBuilder {
  readonly book: FormulaBook;
  readonly hardness: Hardness;
  private readonly compiled: CompiledDesign;
  private readonly whole = new Map<number, number>();
  private readonly behind = new Map<number, number>();

  constructor(compiled: CompiledDesign, hardness: Hardness, book: FormulaBook) {
    this.compiled = compiled;
    this.hardness = hardness;
    this.book = book;
  }

  /** A state of the walk: its node and all it needs; `own` false leaves the node itself out. */
  private state(slot: number, own: boolean): number {
    const memo = own ? this.whole : this.behind;
    const existing = memo.get(slot);
    if (existing !== undefined) return existing;
    const elements: number[] = [];
    const parts: Part[] = [];
    const node = this.compiled.plan.slotNode[slot] as number;
    const facts = this.compiled.nodes[node] as NodeFacts;
    if (own) this.addOwn(facts, slot, elements, parts);
    if (facts.split) this.addSplit(facts, slot, elements, parts);
    else this.addCalls(slot, elements, parts);
    const made = this.book.add('all', elements, parts);
    memo.set(slot, made);
    return made;
  }

  /** A cache in series before its store is passed by when it is soft; reads of a replicated store may use any copy. */
  private addOwn(facts: NodeFacts, slot: number, elements: number[], parts: Part[]): void {
    const { index } = facts.view;
    const inSeries = facts.cache !== null && facts.view.in.some((edge) => (this.compiled.edges[edge.index]?.seriesUse ?? -1) >= 0);
    if (inSeries && !this.hardness.hardCaches.has(index)) return;
    const element = this.book.element({ kind: 'node', node: index });
    if (this.compiled.plan.slotOp[slot] !== READ || !facts.store || facts.store.replicas < 1) return void elements.push(element);
    const copies = this.book.element({ kind: 'replicas', node: index });
    const any = [element, copies].map((one): Part => ({ of: this.book.add('all', [one], []), share: 1 }));
    parts.push({ of: this.book.add('any', [], any), share: 1 });
  }

  /** Calls of a state that are hard, and those that `also` lets through. */
  private calls(slot: number, also?: (call: Call) => boolean): Call[] {
    const { calls, firstCall, endCall } = this.compiled.plan;
    const found: Call[] = [];
    for (let i = firstCall[slot] as number; i < (endCall[slot] as number); i++) {
      const call = calls[i] as Call;
      if (this.hardness.hard[i] === 1 || also?.(call)) found.push(call);
    }
    return found;
  }

  /** Each request takes one way; ways into one pool of units are one tier; ways between failover regions replace each other. */
  private addSplit(facts: NodeFacts, slot: number, elements: number[], parts: Part[]): void {
    const calls = this.calls(slot);
    if (calls.length === 0) return;
    const targets = [...new Set(calls.map((call) => this.compiled.plan.slotNode[call.to] as number))].sort((a, b) => a - b);
    const failover = calls.some((call) => this.compiled.edges[call.edge]?.view.params.values.geo_policy === 'failover');
    if (failover && targets.length > 1) {
      const any = calls.map((call): Part => ({ of: this.target(call, true), share: 1 }));
      return void parts.push({ of: this.book.add('any', [], any), share: 1 });
    }
    const pool = facts.split === 'balance' && targets.length > 1;
    if (pool) elements.push(this.book.element({ kind: 'pool', members: targets }));
    // the share that asks all parts needs all of them, the rest one each
    const scatter = calls.reduce((most, call) => Math.max(most, call.scatter), 0);
    const ways = calls.map((call): Part => ({ of: this.target(call, !pool), share: shareOf(call) - scatter }));
    if (scatter > 0) ways.push({ of: this.book.add('all', [], ways.map(({ of }) => ({ of, share: 1 }))), share: scatter });
    // steps of a journey may send one request several ways: those are calls like all others
    if (ways.reduce((sum, way) => sum + way.share, 0) > 1 + 1e-9) parts.push(...ways);
    else parts.push(ways.length === 1 && (ways[0] as Part).share >= 1 ? (ways[0] as Part) : { of: this.book.add('one', [], ways), share: 1 });
  }

  private addCalls(slot: number, elements: number[], parts: Part[]): void {
    const hard = new Set(this.calls(slot));
    const groups = new Map<string, Call[]>();
    const groupOfCall = (call: Call): string | null => groupOf(this.compiled.edges[call.edge] as EdgeFacts);
    // soft members of groups of alternatives are looked at too: one of those is enough to make the group soft
    for (const call of this.calls(slot, (soft) => soft.wait === 'wait' && groupOfCall(soft) !== null)) {
      const group = groupOfCall(call);
      if (group === null) {
        this.addShards(call, elements);
        parts.push({ of: this.target(call, true), share: shareOf(call) });
      } else groups.set(group, [...(groups.get(group) ?? []), call]);
    }
    for (const members of groups.values()) {
      if (members.some((call) => !hard.has(call))) continue;
      const any = members.map((call): Part => ({ of: this.target(call, true), share: 1 }));
      const share = Math.min(1, members.reduce((sum, call) => sum + shareOf(call), 0));
      parts.push({ of: this.book.add('any', [], any), share: share > 1 - 1e-9 ? 1 : share });
    }
  }

  /** What a call needs at its end: the state itself, or for a read of a drawn replica that or the source it copies. */
  private target(call: Call, own: boolean): number {
    const reached = this.state(call.to, own);
    const { view } = this.compiled.edges[call.edge] as EdgeFacts;
    if (call.op !== READ || view.kind !== 'db') return reached;
    const sources = (this.compiled.nodes[view.to.index] as NodeFacts).replays.filter((source) => view.from.out.some((edge) => edge.kind === 'db' && !edge.idleReason && edge.to.index === source));
    if (sources.length === 0) return reached;
    const others = sources.map((source): Part => ({ of: this.book.add('all', [this.book.element({ kind: 'node', node: source })], []), share: 1 }));
    return this.book.add('any', [], [{ of: reached, share: 1 }, ...others]);
  }

  /** A request needs its own shard; scatter reads need all, a cross-shard transaction one more. */
  private addShards(call: Call, elements: number[]): void {
    const { view } = this.compiled.edges[call.edge] as EdgeFacts;
    const shards = this.compiled.nodes[view.to.index]?.store?.shards ?? 1;
    if (shards < 2) return;
    const { scatter_fraction, cross_shard_txn_fraction } = view.params.values;
    const share = (call.op === READ ? scatter_fraction : cross_shard_txn_fraction) * shareOf(call);
    if (share > 0) elements.push(this.book.element({ kind: 'shards', node: view.to.index, share, others: call.op === READ ? shards - 1 : 1 }));
  }

  /** A client that does without the answer needs nothing behind it; the home of what must be reached it does need. */
  private isHardEntry({ hard, slot }: Entry): boolean {
    return hard || this.hardness.required.has(this.compiled.plan.slotNode[slot] as number);
  }

  /**
   * A journey from its entries. `whole`: the action, for its availability over distinct hard nodes: what reads or writes
   * cannot do without counts for both, the rest by the share of the branch. `shares`: the share of its requests alone.
   */
  journey(entries: readonly Entry[]): { whole: number; shares: number } {
    const branches = new Map<number, EntryBranch>();
    for (const entry of entries) {
      const branch: EntryBranch = branches.get(entry.op) ?? { share: entry.share, parts: [], groups: new Map() };
      branches.set(entry.op, branch);
      if (entry.group !== null) {
        const group = branch.groups.get(entry.group) ?? { soft: false, any: [] };
        group.any.push({ of: this.state(entry.slot, true), share: 1 });
        branch.groups.set(entry.group, { ...group, soft: group.soft || !this.isHardEntry(entry) });
      } else if (this.isHardEntry(entry)) branch.parts.push({ of: this.state(entry.slot, true), share: Math.min(1, entry.times) });
    }
    // one of several ways in is enough
    for (const { parts, groups } of branches.values()) for (const { soft, any } of groups.values()) if (!soft) parts.push({ of: this.book.add('any', [], any), share: 1 });
    const ways = [...branches.values()].map(({ share, parts }): Part => ({ of: this.book.add('all', [], parts), share }));
    if (ways.length === 1) return { whole: (ways[0] as Part).of, shares: (ways[0] as Part).of };
    const shares = this.book.add('one', [], ways);
    const must = new Set(ways.flatMap(({ of }) => listBits(this.book.must(of))));
    return { whole: this.book.add('all', [...must], [{ of: shares, share: 1 }]), shares };
  }
}
