/** One call of the walk with what belongs to it: the caches before it, and the answer that comes back over a broker. */
import { READ, type EdgeFacts, type NodeFacts, type Op } from '../types.ts';
import { isSoft, type CallDraft } from './call-draft.ts';
import { WAY } from './ways-out.ts';
import type { Use, WalkState } from './walk-state.ts';

const NONE: readonly number[] = [];

/** How one of several targets is called: its share, the part of it in calls to all, and how often twice. */
export interface Portion { readonly share: number; readonly scatter: number; readonly doubled: number; readonly standby: boolean }

/** Called by itself, always. */
export const WHOLE: Portion = { share: 1, scatter: 0, doubled: 0, standby: false };

/** Who answers over a broker. */
interface Answering { readonly facts: EdgeFacts; readonly use: Use }

/** How often a call is made, in how many round trips, and with which probability at all. */
interface Times { readonly count: number; readonly trips: number; readonly probability: number }

/** Writes the calls of requests into the walk. */
export class CallWriter {
  private readonly walk: WalkState;
  private readonly draft: CallDraft;

  constructor(walk: WalkState) {
    this.walk = walk;
    this.draft = walk.draft;
  }

  /** One call with the caches before it. */
  call(node: NodeFacts, facts: EdgeFacts, use: Use, { share, scatter, doubled, standby }: Portion): void {
    const { view } = facts;
    const values = view.params.values;
    const { step, op } = use;
    const stored = view.kind === 'db' || view.kind === 'cache';
    const queries = stored ? (step?.queries ?? this.walk.variant.demands?.[node.view.id]?.queries ?? values.queries) : 1;
    // a transaction over two shards commits in two phases: once more the work and the time
    const count = (step?.calls ?? values.calls) * queries * (1 + doubled);
    const made = step?.probability ?? values.probability;
    const probability = made * share;
    if (!(count * probability > 0) && !standby) return;
    const trips = values.pipeline > 1 ? Math.ceil(count / values.pipeline) : count;
    const series = this.walk.seriesUse[node.view.index] as number;
    const draft = this.draft.begin(facts, step, op, count * probability);
    draft.gates = series >= 0 && op === READ ? [series] : NONE;
    draft.wait = view.kind === 'publish' && values.outbox ? 'async' : 'wait';
    draft.trips = trips;
    draft.probability = probability;
    // whole numbers take no room of their own, and hardly any call asks all targets
    draft.scatter = scatter === 0 ? 0 : scatter * made;
    const answering = view.kind === 'publish' && values.request_reply && draft.wait === 'wait' ? this.answering(facts, op) : null;
    if (answering) {
      draft.arrive = 2;
      draft.reply = 'asked';
    }
    const fronts = this.frontsOf(facts);
    if (op === READ) this.readThrough(facts, fronts);
    else this.writeBeside(facts, fronts);
    if (answering) this.answer(facts, answering, { count, trips, probability });
  }

  /** Caches before a call, without those that the journey leaves out. */
  private frontsOf({ fronts }: EdgeFacts): EdgeFacts['fronts'] {
    const { edges, variant: { steps } } = this.walk;
    if (fronts.length === 0 || steps === null) return fronts;
    return fronts.filter((front) => !steps.get((edges[front.edge] as EdgeFacts).view.id)?.some((step) => step.calls === 0));
  }

  /** Who answers over the broker: the only consumer of its messages, if there is just one. */
  private answering({ view: { to: broker } }: EdgeFacts, op: Op): Answering | null {
    const { edges, ways } = this.walk;
    const consumers = broker.out.filter(({ index, kind }) => ways[index] !== WAY.none && (kind === 'consume' || kind === 'trigger'));
    const [only] = consumers;
    if (!only || consumers.length > 1 || only.to.behavior.routing === 'store') return null;
    const facts = edges[only.index] as EdgeFacts;
    const [use] = this.walk.usesOf(facts, op);
    return use ? { facts, use } : null;
  }

  /** The sender waits until the message is worked on and the answer has come back through the broker; the work itself is the message's. */
  private answer(asked: EdgeFacts, { facts, use }: Answering, { count, trips, probability }: Times): void {
    const back = facts.tripS + (this.walk.nodes[asked.view.to.index]?.broker?.publish_s ?? 0) + asked.tripS;
    const soft = isSoft(asked, this.draft.step);
    const draft = this.draft.begin(facts, use.step, use.op, count * probability);
    draft.arrive = 0;
    draft.drive = 0;
    draft.trips = trips;
    draft.probability = probability;
    draft.reply = 'given';
    draft.extraS = back;
    draft.soft = soft;
    this.walk.emit();
  }

  /** The drafted read, after a look-up in each cache before it. */
  private readThrough(facts: EdgeFacts, fronts: EdgeFacts['fronts']): void {
    if (fronts.length > 0) this.lookUp(facts, fronts);
    this.draft.looksUp = facts.seriesUse;
    this.walk.emit();
  }

  private lookUp(target: EdgeFacts, fronts: EdgeFacts['fronts']): void {
    const { draft, walk } = this;
    const { trips, probability, scatter, wait } = draft;
    const first = walk.count;
    let { gates } = draft;
    for (const front of fronts) {
      draft.over(walk.edges[front.edge] as EdgeFacts);
      draft.drive = 0;
      draft.gates = gates;
      draft.looksUp = front.use;
      draft.wait = 'lookup';
      draft.trips = 1;
      draft.probability = 1;
      draft.scatter = 0;
      walk.emit();
      gates = gates.length === 0 ? [front.use] : [...gates, front.use];
    }
    draft.over(target);
    draft.drive = 1;
    draft.gates = gates;
    draft.wait = wait;
    draft.trips = trips;
    draft.probability = probability;
    draft.scatter = scatter;
    draft.lookups = fronts.map((_, i) => first + i);
  }

  /** The drafted write, and what it does to the caches before it. */
  private writeBeside(facts: EdgeFacts, fronts: EdgeFacts['fronts']): void {
    const { draft, walk } = this;
    let behind = false;
    let coalesce = 1;
    for (const front of fronts) {
      const cache = walk.edges[front.edge] as EdgeFacts;
      const { mode, invalidate } = cache.view.params.values;
      const plain = mode === 'aside' || mode === 'read_through';
      if (mode === 'write_around' || (plain && !invalidate)) continue;
      if (mode === 'write_behind') {
        behind = true;
        coalesce = Math.max(coalesce, cache.view.params.values.coalesce);
      }
      draft.over(cache);
      draft.drive = 0;
      draft.deletes = plain ? front.use : -1;
      walk.emit();
    }
    const { mode, invalidate } = facts.view.params.values;
    draft.over(facts);
    draft.drive = 1;
    draft.deletes = facts.seriesUse >= 0 && invalidate && (mode === 'aside' || mode === 'read_through') ? facts.seriesUse : -1;
    draft.rate /= coalesce;
    if (behind) draft.wait = 'async';
    walk.emit();
  }
}
