/** From the compiled walk to one success formula for each journey (semantics 4, 5, 7, 9.6; evaluation 6.3). */
import { type Numbers, wholes } from '../math/lists.ts';
import type { CompiledDesign, Call, EdgeFacts, Entry, NodeFacts } from '../types.ts';
import { READ } from '../types.ts';
import { shareOf, type Hardness } from './call-table.ts';
import { ALL, ANY, ONE, type FormulaBook, type Part } from './expressions.ts';

/** What the requests of one branch need on their way in: all parts, and of every group of alternatives one. */
interface EntryBranch { readonly share: number; readonly parts: Part[]; readonly groups: Map<string, { readonly soft: boolean; readonly any: Part[] }> }

/** Builds formulas for the states of one walk; states that several journeys share are built once. */
export class StructureBuilder {
  readonly book: FormulaBook;
  readonly hardness: Hardness;
  private readonly compiled: CompiledDesign;
  /** By slot: its formula with and without the node itself; 0 where there is none, else one more than its number. */
  private readonly whole: Numbers;
  private readonly behind: Numbers;

  constructor(compiled: CompiledDesign, hardness: Hardness, book: FormulaBook) {
    this.compiled = compiled;
    this.hardness = hardness;
    this.book = book;
    this.whole = wholes(compiled.plan.slotNode.length);
    this.behind = wholes(compiled.plan.slotNode.length);
  }

  /** A state of the walk: its node and all it needs; `own` false leaves the node itself out. */
  private state(slot: number, own: boolean): number {
    const memo = own ? this.whole : this.behind;
    const existing = memo[slot] as number;
    if (existing > 0) return existing - 1;
    const facts = this.compiled.nodes[this.compiled.plan.slotNode[slot] as number] as NodeFacts;
    this.book.begin();
    if (own) this.addOwn(facts, slot);
    if (facts.split) this.addSplit(facts, slot);
    else this.addCalls(slot);
    const made = this.book.end(ALL);
    memo[slot] = made + 1;
    return made;
  }

  /** A cache in series before its store is passed by when it is soft; reads of a replicated store may use any copy. */
  private addOwn(facts: NodeFacts, slot: number): void {
    const { book, compiled: { edges, plan } } = this;
    const { index } = facts.view;
    const inSeries = facts.cache !== null && facts.view.in.some((edge) => (edges[edge.index]?.seriesUse ?? -1) >= 0);
    if (inSeries && !this.hardness.hardCaches.has(index)) return;
    const element = book.node(index);
    if (plan.slotOp[slot] !== READ || !facts.store || facts.store.replicas < 1) return book.need(element);
    const copies = book.copies(index);
    const primary = book.single(element);
    const copy = book.single(copies);
    book.begin();
    book.part(primary, 1);
    book.part(copy, 1);
    book.part(book.end(ANY), 1);
  }

  /** Hard calls of a state. */
  private hardCalls(slot: number): Call[] {
    const { calls, firstCall, endCall } = this.compiled.plan;
    const found: Call[] = [];
    for (let i = firstCall[slot] as number; i < (endCall[slot] as number); i++) if (this.hardness.hard[i] === 1) found.push(calls[i] as Call);
    return found;
  }

  /** Each request takes one way; ways into one pool of units are one tier; ways between failover regions replace each other. */
  private addSplit(facts: NodeFacts, slot: number): void {
    const { book } = this;
    const calls = this.hardCalls(slot);
    const [only] = calls;
    if (only === undefined) return;
    if (calls.length === 1 && only.scatter === 0 && shareOf(only) >= 1) return book.part(this.target(only, true), 1);
    const targets = this.targetsOf(calls);
    const failover = calls.some((call) => this.compiled.edges[call.edge]?.view.params.values.geo_policy === 'failover');
    if (failover && targets.length > 1) return book.part(this.anyOf(calls), 1);
    const pool = facts.split === 'balance' && targets.length > 1;
    if (pool) book.need(book.element({ kind: 'pool', members: targets }));
    // the share that asks all parts needs all of them, the rest one each
    const scatter = calls.reduce((most, call) => Math.max(most, call.scatter), 0);
    const ways = calls.map((call): Part => ({ of: this.target(call, !pool), share: shareOf(call) - scatter }));
    if (scatter > 0) ways.push({ of: book.of(ALL, ways.map(({ of }) => ({ of, share: 1 }))), share: scatter });
    // steps of a journey may send one request several ways: those are calls like all others
    if (ways.reduce((sum, way) => sum + way.share, 0) > 1 + 1e-9) for (const { of, share } of ways) book.part(of, share);
    else book.part(book.of(ONE, ways), 1);
  }

  /** Nodes that these calls lead to, ascending. */
  private targetsOf(calls: readonly Call[]): number[] {
    return [...new Set(calls.map((call) => this.compiled.plan.slotNode[call.to] as number))].sort((a, b) => a - b);
  }

  /** Any one of these calls is enough. */
  private anyOf(calls: readonly Call[]): number {
    return this.book.of(ANY, calls.map((call) => ({ of: this.target(call, true), share: 1 })));
  }

  private addCalls(slot: number): void {
    const { calls, firstCall, endCall } = this.compiled.plan;
    const { hard, calls: { groups, sharded } } = this.hardness;
    let grouped = false;
    for (let i = firstCall[slot] as number; i < (endCall[slot] as number); i++) {
      const call = calls[i] as Call;
      if (groups[call.edge] !== null) grouped = true;
      else if (hard[i] === 1) {
        if (sharded) this.addShards(call);
        this.book.part(this.target(call, true), shareOf(call));
      }
    }
    if (grouped) this.addAlternatives(slot);
  }

  /** Groups of alternatives. Soft members are looked at too: one of those is enough to make the group soft. */
  private addAlternatives(slot: number): void {
    const { calls, firstCall, endCall } = this.compiled.plan;
    const { hard, calls: { groups } } = this.hardness;
    const found = new Map<string, { soft: boolean; readonly members: Call[] }>();
    for (let i = firstCall[slot] as number; i < (endCall[slot] as number); i++) {
      const call = calls[i] as Call;
      const name = groups[call.edge] ?? null;
      if (name === null || (hard[i] === 0 && call.wait !== 'wait')) continue;
      const group = found.get(name) ?? { soft: false, members: [] };
      found.set(name, group);
      group.members.push(call);
      if (hard[i] === 0) group.soft = true;
    }
    for (const { soft, members } of found.values()) {
      if (soft) continue;
      const any = this.anyOf(members);
      const share = Math.min(1, members.reduce((sum, call) => sum + shareOf(call), 0));
      this.book.part(any, share > 1 - 1e-9 ? 1 : share);
    }
  }

  /** What a call needs at its end: the state itself, or for a read of a drawn replica that or the source it copies. */
  private target(call: Call, own: boolean): number {
    const reached = this.state(call.to, own);
    if (call.op !== READ) return reached;
    const { view } = this.compiled.edges[call.edge] as EdgeFacts;
    const { replays } = this.compiled.nodes[view.to.index] as NodeFacts;
    if (view.kind !== 'db' || replays.length === 0) return reached;
    const sources = replays.filter((source) => view.from.out.some((edge) => edge.kind === 'db' && !edge.idleReason && edge.to.index === source));
    if (sources.length === 0) return reached;
    const others = sources.map((source): Part => ({ of: this.book.single(this.book.node(source)), share: 1 }));
    return this.book.of(ANY, [{ of: reached, share: 1 }, ...others]);
  }

  /** A request needs its own shard; scatter reads need all, a cross-shard transaction one more. */
  private addShards(call: Call): void {
    const { view } = this.compiled.edges[call.edge] as EdgeFacts;
    const shards = this.compiled.nodes[view.to.index]?.store?.shards ?? 1;
    if (shards < 2) return;
    const { scatter_fraction, cross_shard_txn_fraction } = view.params.values;
    const share = (call.op === READ ? scatter_fraction : cross_shard_txn_fraction) * shareOf(call);
    if (share > 0) this.book.need(this.book.element({ kind: 'shards', node: view.to.index, share, others: call.op === READ ? shards - 1 : 1 }));
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
    for (const { parts, groups } of branches.values()) for (const { soft, any } of groups.values()) if (!soft) parts.push({ of: this.book.of(ANY, any), share: 1 });
    const ways = [...branches.values()].map(({ share, parts }): Part => ({ of: this.book.of(ALL, parts), share }));
    if (ways.length === 1) return { whole: (ways[0] as Part).of, shares: (ways[0] as Part).of };
    const shares = this.book.of(ONE, ways);
    this.book.begin();
    for (const element of new Set(ways.flatMap(({ of }) => [...this.book.must(of)]))) this.book.need(element);
    this.book.part(shares, 1);
    return { whole: this.book.end(ALL), shares };
  }
}
