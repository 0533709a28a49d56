/**
 * Availability (semantics 9, 10; evaluation 6): nodes as the share served of their tiers, journeys as the expected value of
 * their structure function over distinct hard nodes, times what load loses, times what bad deploys lose.
 */
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { doneAvailability } from './background.ts';
import { backgroundNodes } from './background-nodes.ts';
import { addMissing, hasBit, listBits, noBits, setBit, type Bits } from './bits.ts';
import { changeFactors } from './changes.ts';
import { FailureStates } from './domains.ts';
import type { ElementValues } from './element-values.ts';
import { refusedEdges } from './hardness.ts';
import type { LossTable } from './loss-table.ts';
import { answeredInTime, servedByElements, unansweredShares } from './performance.ts';
import { FormulaState } from './formula-state.ts';
import type { Program } from './program.ts';
import { missingEntities } from './reach.ts';
import { addSchemaChanges } from './schema-changes.ts';
import { riskModelOf, type RiskModel } from './risk-model.ts';
import type { JourneyStructure } from './structures.ts';
import { expectedSuccess, narrowest } from './success.ts';
import type { Tier } from './tiers.ts';
import type { AvailabilityResult, JourneyAvailability, NodeAvailability } from './types.ts';

/** A copy drawn as a box that can take over, or copies inside the store. */
function hasPromotableCopy(context: EvaluationContext, node: number): boolean {
  const facts = context.compiled.nodes[node];
  if (!facts) return false;
  const { view, store } = facts;
  if (store && store.replicas > 0 && view.params.values['promotable'] !== false) return true;
  return view.out.some((edge) => edge.kind === 'replicate' && !edge.idleReason && edge.to.node.type === view.node.type && edge.params.values.promotable);
}

function inSeveralPlaces({ standing: { zones, inZones } }: Tier): boolean {
  return zones.length > 1 || (zones.length === 1 && !inZones);
}

function nodeResult(context: EvaluationContext, { values }: RiskModel, tier: Tier): NodeAvailability {
  const { node, failure, units, needed } = tier;
  const harmless = failure.regional || failure.unit_availability >= 1;
  const alone = failure.redundancy === 'service' ? units < 2 : units <= needed;
  return {
    served: values.servedOverall(node), fullCapacity: values.fullOverall(node), unitsNeeded: needed, units,
    spare: harmless || !alone || (units <= 1 && hasPromotableCopy(context, node)), zoneSafe: harmless || inSeveralPlaces(tier) || hasPromotableCopy(context, node),
  };
}

/** Distinct nodes of the synchronous hard path: the same at any load. */
const hardNodesOf = oncePer(({ used, graph: { book } }: Program): { readonly nodes: Bits; readonly list: readonly number[] } => {
  const nodes = book.nodesOf(used);
  return { nodes, list: listBits(nodes) };
});

/** Slots of nodes that some journey can do without: only those degrade it. */
function dispensableSlots({ compiled: { plan: { slotNode }, nodes } }: EvaluationContext, journeys: readonly (JourneyStructure | null)[]): Numbers {
  const dispensable = noBits(nodes.length);
  for (const structure of journeys) if (structure) addMissing(dispensable, hardNodesOf(structure.whole).nodes);
  const slots = wholes(slotNode.length);
  let count = 0;
  for (let slot = 0; slot < slots.length; slot++) if (hasBit(dispensable, slotNode[slot] as number)) slots[count++] = slot;
  return slots.slice(0, count);
}

/** Nodes that a journey waits for and can do without. */
function degradedBy(context: EvaluationContext, journey: number, slots: Numbers, hard: Bits): number[] {
  const { plan: { slotNode }, nodes } = context.compiled;
  const reach = context.visits[journey]?.reach;
  if (!reach) return [];
  const waited = noBits(nodes.length);
  for (let k = 0; k < slots.length; k++) {
    const slot = slots[k] as number;
    if (reach[slot] === 1) setBit(waited, slotNode[slot] as number);
  }
  return listBits(waited, hard);
}

function deadlyNodes(program: Program, { elements }: ElementValues, served: readonly number[]): number[] {
  const nodes: number[] = [];
  for (const index of program.must) {
    const element = elements[index];
    if (element?.kind === 'node') nodes.push(element.node);
  }
  return nodes.sort((a, b) => (served[a] as number) - (served[b] as number) || a - b);
}

/** A journey without an entry has no numbers. */
const NOTHING: Omit<JourneyAvailability, 'missing'> = {
  availability: null, structural: 0, performance: 0, changes: 1, served: 0, timeouts: 1, fullCapacity: null, done: null, hardNodes: [], degraded: [], diesIf: [], exact: true,
};

interface Shared { readonly values: ElementValues; readonly states: FailureStates; readonly losses: LossTable; readonly full: FormulaState; readonly offered: FormulaState; /** By edge; null while everything is answered. */ readonly unanswered: Numbers | null; readonly served: readonly number[]; /** See `dispensableSlots`. */ readonly dispensable: Numbers; /** By journey: nodes that it reaches behind brokers. */ readonly later: readonly (readonly number[])[] }

function journeyResult(context: EvaluationContext, shared: Shared, index: number, structure: JourneyStructure | null, changes: number): JourneyAvailability {
  const missing = missingEntities(context, index);
  if (!structure) return { ...NOTHING, missing };
  const { values, states, full, offered } = shared;
  const { whole } = structure;
  const structural = states.expected(whole);
  const served = narrowest(whole, offered);
  const timeouts = shared.unanswered ? answeredInTime(context, structure, index, shared.unanswered) : 1;
  const { nodes: hard, list: hardNodes } = hardNodesOf(whole);
  const availability = structural * served * timeouts * changes;
  return {
    availability, structural, performance: served * timeouts, changes, served, timeouts,
    fullCapacity: expectedSuccess(whole, full, shared.losses) * served * timeouts * changes,
    done: doneAvailability(context, index, { toPublish: availability, later: shared.later[index] ?? [], hardNodes: hard, served: shared.served }),
    hardNodes, degraded: degradedBy(context, index, shared.dispensable, hard), diesIf: deadlyNodes(whole, values, shared.served), exact: whole.exact, missing,
  };
}

/** Availability of all nodes and journeys at the evaluated load. Pure; every number is finite and in [0, 1]. */
export function solveAvailability(context: EvaluationContext): AvailabilityResult {
  const model = riskModelOf(context);
  const { structures, values, groups } = model;
  const nodes = values.tiers.map((tier) => nodeResult(context, model, tier));
  const factors = context.compiled.settings.change_risk ? changeFactors(structures, model.losses, groups) : structures.journeys.map(() => 1);
  if (context.compiled.settings.change_risk) addSchemaChanges(context.compiled, model.losses, factors);
  const unanswered = unansweredShares(context);
  const shared: Shared = {
    values, states: new FailureStates(values, model.domains, structures), losses: structures.losses, full: new FormulaState(structures.graph, values.full()), offered: new FormulaState(structures.graph, servedByElements(context, values)), unanswered: unanswered.some((share) => share > 0) ? unanswered : null,
    served: nodes.map((node) => node.served), later: backgroundNodes(context.compiled, structures), dispensable: dispensableSlots(context, structures.journeys),
  };
  const refused = new Set<number>();
  structures.journeys.forEach((structure, j) => structure && refusedEdges(context, structure.hardness.required, j).forEach((edge) => refused.add(edge)));
  return {
    nodes, groups, hardCaches: [...structures.hardCaches].sort((a, b) => a - b), refused: [...refused].sort((a, b) => a - b),
    journeys: structures.journeys.map((structure, j) => journeyResult(context, shared, j, structure, factors[j] as number)),
  };
}
