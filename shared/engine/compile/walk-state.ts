/** What a walk has found so far: its states, the calls between them, and whose overrides count at the moment. */
import type { PointStep } from '../../model/point-journey.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { READ, WRITE, type Call, type EdgeFacts, type NodeFacts, type Op } from '../types.ts';
import type { CallCosts } from './call-costs.ts';
import { CallDraft } from './call-draft.ts';
import { DenseSlots, NO_SLOT, SlotTable } from './slot-table.ts';
import type { Variant } from './variant.ts';
import { WAY, type WaysOut } from './ways-out.ts';

/** One way an edge is used in one state: the override, if any, and the operation it becomes. */
export interface Use { readonly step: PointStep | null; readonly op: Op }

const UNUSED: readonly Use[] = [];
/** Uses without override, by operation. */
const PLAIN: readonly (readonly Use[])[] = [[{ step: null, op: READ }], [{ step: null, op: WRITE }]];
const NOBODY: Numbers = [];

/** Bits of a connection without override: the branches in which it is used. An explicit operation restricts it to that branch; auto follows the branch. */
const IN_READS = 1 << READ;
const IN_WRITES = 1 << WRITE;

function plainBranches({ view, only }: EdgeFacts): number {
  const own = view.params.values.op;
  if (own !== 'auto') return own === 'read' ? IN_READS : IN_WRITES;
  const writesOnly = view.kind === 'publish' || view.to.behavior.role === 'external';
  const open = writesOnly ? IN_WRITES : IN_READS | IN_WRITES;
  return only === null ? open : open & (1 << only);
}

/** Of one drawing while its walk is compiled. */
export class WalkState {
  readonly nodes: readonly NodeFacts[];
  readonly edges: readonly EdgeFacts[];
  readonly ways: WaysOut;
  readonly slots: SlotTable;
  /** How many calls there are so far. */
  count = 0;
  /** The call in the making. */
  readonly draft: CallDraft;
  /** By node: 1 where it hands out messages, and where some of its calls are alternatives. */
  readonly messages: Numbers;
  readonly alternating: Numbers;
  /** By node: the cache use of a store that is drawn in series behind it, -1 for none. */
  readonly seriesUse: Numbers;
  /** The overrides that count, and the state whose calls are made. */
  variant: Variant;
  from = 0;
  /** As long as they mostly get, until they are finished: a list that grows is copied again and again. */
  private readonly calls: Call[];
  /** By edge, without override. */
  private readonly branches: Numbers;
  /** By their numbers. */
  private readonly variants: Variant[] = [];

  constructor(costs: CallCosts, edges: readonly EdgeFacts[], ways: WaysOut) {
    const { nodes } = costs;
    this.nodes = nodes;
    this.edges = edges;
    this.ways = ways;
    this.draft = new CallDraft(costs);
    this.slots = new SlotTable(nodes);
    this.messages = wholes(nodes.length);
    this.alternating = wholes(nodes.length);
    this.seriesUse = wholes(nodes.length).fill(-1);
    this.branches = wholes(edges.length);
    this.calls = new Array<Call>(2 * edges.length);
    for (let i = 0; i < edges.length; i++) this.mark(edges[i] as EdgeFacts, i);
    this.variant = this.plain(0, '');
  }

  private mark(facts: EdgeFacts, index: number): void {
    const { view: { from, to }, alternatives, seriesUse } = facts;
    this.branches[index] = plainBranches(facts);
    if (this.ways[index] === WAY.message) this.messages[from.index] = 1;
    if (alternatives !== null) this.alternating[from.index] = 1;
    if (seriesUse >= 0) this.seriesUse[to.index] = seriesUse;
  }

  /** The walk without overrides for clients of a region, of whose reads an edge cache may answer this share. */
  plain(cacheable: number, region: string): Variant {
    for (const known of this.variants) if (known.plain === null && known.cacheable === cacheable && known.region === region) return known;
    return this.open({ steps: null, demands: null, mixed: true, cacheable, region, plain: null, own: NOBODY, slots: new DenseSlots(this.nodes.length) });
  }

  /** Another one. */
  open(variant: Omit<Variant, 'number'>): Variant {
    const opened: Variant = { number: this.variants.length, ...variant };
    this.variants.push(opened);
    return opened;
  }

  /** The state of a node and an operation for the present overrides. */
  slot(node: number, op: Op): number {
    const { plain, own } = this.variant;
    const variant = plain && own[node] === 0 ? plain : this.variant;
    const key = 2 * node + op;
    const existing = variant.slots.get(key);
    if (existing !== NO_SLOT) return existing;
    const slot = this.slots.add(node, op, variant.number, variant.demands?.[(this.nodes[node] as NodeFacts).view.id]);
    variant.slots.set(key, slot);
    return slot;
  }

  /** Go on with the calls of this state. */
  enter(slot: number): void {
    this.from = slot;
    this.variant = this.variants[this.slots.variant(slot)] as Variant;
  }

  /** How an edge is used in a branch. */
  usesOf(facts: EdgeFacts, branch: Op): readonly Use[] {
    const steps = this.variant.steps?.get(facts.view.id);
    if (!steps) return ((this.branches[facts.view.index] as number) & (1 << branch)) === 0 ? UNUSED : (PLAIN[branch] as readonly Use[]);
    const own = facts.view.params.values.op;
    const uses: Use[] = [];
    for (const step of steps) {
      const stated = step.op ?? own;
      const op = stated === 'auto' ? branch : stated === 'read' ? READ : WRITE;
      if (step.push === true || step.calls === 0 || (op !== branch && this.variant.mixed)) continue;
      if (stated === 'auto' && facts.only !== null && facts.only !== branch) continue;
      uses.push({ step, op });
    }
    return uses;
  }

  /** The drafted call is made. */
  emit(): void {
    const { facts: { view }, push, op } = this.draft;
    this.calls[this.count++] = this.draft.make(this.from, this.slot(push ? view.from.index : view.to.index, op));
  }

  /** All calls that were made. */
  finish(): readonly Call[] {
    this.calls.length = this.count;
    return this.calls;
  }
}
