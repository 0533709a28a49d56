/** What a walk has found so far: its states, the calls between them, and whose overrides count at the moment. */
import type { PointStep } from '../../model/point-journey.ts';
import { READ, WRITE, type Call, type EdgeFacts, type NodeFacts, type Op } from '../types.ts';
import { CallDraft } from './call-draft.ts';
import { DenseSlots, SlotTable } from './slot-table.ts';
import type { Variant } from './variant.ts';
import { waysOut, type WaysOut } from './ways-out.ts';

/** One way an edge is used in one state: the override, if any, and the operation it becomes. */
export interface Use { readonly step: PointStep | null; readonly op: Op }

const UNUSED: readonly Use[] = [];
/** Uses without override, by operation. */
const PLAIN: readonly (readonly Use[])[] = [[{ step: null, op: READ }], [{ step: null, op: WRITE }]];
const NOBODY: ReadonlySet<number> = new Set();

/** How an edge without override is used in a branch: an explicit operation restricts it to that branch; auto follows the branch. */
function plainUses({ view, only }: EdgeFacts, branch: Op): readonly Use[] {
  const plain = PLAIN[branch] ?? UNUSED;
  const own = view.params.values.op;
  if (own !== 'auto') return (own === 'read' ? READ : WRITE) === branch ? plain : UNUSED;
  if (only !== null && only !== branch) return UNUSED;
  const writesOnly = view.kind === 'publish' || view.to.behavior.role === 'external';
  return writesOnly && branch === READ ? UNUSED : plain;
}

/** Of one drawing while its walk is compiled. */
export class WalkState {
  readonly nodes: readonly NodeFacts[];
  readonly edges: readonly EdgeFacts[];
  readonly ways: WaysOut;
  readonly slots: SlotTable;
  readonly calls: Call[] = [];
  /** The call in the making. */
  readonly draft = new CallDraft();
  /** The overrides that count, and the state whose calls are made. */
  variant: Variant;
  from = 0;
  /** Whose overrides count in each slot. */
  private readonly variants: Variant[] = [];
  private readonly plains = new Map<string, Variant>();

  constructor(nodes: readonly NodeFacts[], edges: readonly EdgeFacts[]) {
    this.nodes = nodes;
    this.edges = edges;
    this.ways = waysOut(nodes, edges);
    this.slots = new SlotTable(nodes);
    this.variant = this.plain(0, '');
  }

  /** The walk without overrides for clients of a region, of whose reads an edge cache may answer this share. */
  plain(cacheable: number, region: string): Variant {
    const key = `${cacheable} ${region}`;
    const existing = this.plains.get(key);
    if (existing) return existing;
    const made: Variant = { steps: null, demands: null, mixed: true, cacheable, region, plain: null, own: NOBODY, slots: new DenseSlots(this.nodes.length) };
    this.plains.set(key, made);
    return made;
  }

  /** The state of a node and an operation for the present overrides. */
  slot(node: number, op: Op): number {
    const { plain, own } = this.variant;
    const variant = plain && !own.has(node) ? plain : this.variant;
    const key = 2 * node + op;
    const existing = variant.slots.get(key);
    if (existing !== undefined) return existing;
    const slot = this.slots.add(node, op, variant.demands?.[(this.nodes[node] as NodeFacts).view.id]);
    variant.slots.set(key, slot);
    this.variants.push(variant);
    return slot;
  }

  /** Go on with the calls of this state. */
  enter(slot: number): void {
    this.from = slot;
    this.variant = this.variants[slot] as Variant;
  }

  /** How an edge is used in a branch. */
  usesOf(facts: EdgeFacts, branch: Op): readonly Use[] {
    const steps = this.variant.steps?.get(facts.view.id);
    if (!steps) return plainUses(facts, branch);
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
    this.calls.push(this.draft.make(this.from, this.slot(push ? view.from.index : view.to.index, op)));
  }
}
