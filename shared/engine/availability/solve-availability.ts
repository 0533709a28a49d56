/**
 * Availability (semantics 9, 10; evaluation 6): nodes as the share served of their tiers, journeys as the expected value of
 * their structure function over distinct hard nodes, times what load loses, times what bad deploys lose.
 */
import type { EvaluationContext } from '../context.ts';
import { doneAvailability } from './background.ts';
import { listBits, noBits, setBit } from './bits.ts';
import { changeFactors } from './changes.ts';
import { FailureStates } from './domains.ts';
import type { ElementValues } from './element-values.ts';
import { refusedEdges } from './hardness.ts';
import type { LossTable } from './loss-table.ts';
import { answeredInTime, servedByElements, unansweredShares } from './performance.ts';
import type { Program } from './program.ts';
import { missingEntities } from './reach.ts';
import { riskModelOf, type RiskModel } from './risk-model.ts';
import type { JourneyStructure } from './structures.ts';
import { expectedSuccess, narrowest } from './success.ts';
import { fullCapacityOf, REGION_U, servedBy, unitsLeft, ZONE_U, zoneKey, type Tier } from './tiers.ts';
import type { AvailabilityResult, JourneyAvailability, NodeAvailability } from './types.ts';

/** Share served of one node over the states of its own zones and region. */
function servedOverall(tier: Tier, beta: number, regional: boolean): number {
  const zones = [...new Set(tier.places.map((place) => place.zone).filter((zone) => zone !== null))];
  const regions = regional ? new Set(tier.places.map((place) => place.region).filter((region) => region !== null)).size : 0;
  const up = Math.pow(1 - REGION_U, regions);
  const memo = new Map<number, number>();
  const serves = (lost: readonly string[]): number => {
    const left = unitsLeft(tier, new Set(lost.map(zoneKey)));
    const existing = memo.get(left) ?? servedBy(tier, left, beta, regional);
    memo.set(left, existing);
    return existing;
  };
  const none = Math.pow(1 - ZONE_U, zones.length);
  const odds = ZONE_U / (1 - ZONE_U);
  let total = none * serves([]);
  zones.forEach((first, i) => {
    total += none * odds * serves([first]);
    for (const second of zones.slice(i + 1)) total += none * odds * odds * serves([first, second]);
  });
  return total * up;
}

/** A copy drawn as a box that can take over, or copies inside the store. */
function hasPromotableCopy(context: EvaluationContext, node: number): boolean {
  const facts = context.compiled.nodes[node];
  if (!facts) return false;
  const { view, store } = facts;
  if (store && store.replicas > 0 && view.params.values['promotable'] !== false) return true;
  return view.out.some((edge) => edge.kind === 'replicate' && !edge.idleReason && edge.to.node.type === view.node.type && edge.params.values.promotable);
}

function nodeResult(context: EvaluationContext, model: RiskModel, tier: Tier): NodeAvailability {
  const { beta } = context.compiled.settings;
  const { failure, units, needed } = tier;
  const harmless = failure.regional || failure.unit_availability >= 1;
  const alone = failure.redundancy === 'service' ? units < 2 : units <= needed;
  const copy = hasPromotableCopy(context, tier.node);
  return {
    served: servedOverall(tier, beta, model.regional), fullCapacity: fullCapacityOf(tier, beta), unitsNeeded: needed, units,
    spare: harmless || !alone || (copy && units <= 1), zoneSafe: harmless || new Set(tier.places.map((place) => place.zone)).size > 1 || copy,
  };
}

function degradedBy(context: EvaluationContext, journey: number, hard: ReadonlySet<number>): number[] {
  const { plan, nodes } = context.compiled;
  const soft = noBits(nodes.length);
  const reach = context.visits[journey]?.reach ?? [];
  for (let slot = 0; slot < reach.length; slot++) if (reach[slot] === 1) setBit(soft, plan.slotNode[slot] as number);
  return listBits(soft).filter((node) => !hard.has(node));
}

function deadlyNodes(program: Program, values: ElementValues, served: readonly number[]): number[] {
  const nodes = program.must.map((element) => values.elements[element]).flatMap((element) => (element?.kind === 'node' ? [element.node] : []));
  return nodes.sort((a, b) => (served[a] as number) - (served[b] as number) || a - b);
}

/** A journey without an entry has no numbers. */
const NOTHING: Omit<JourneyAvailability, 'missing'> = {
  availability: null, structural: 0, performance: 0, changes: 1, served: 0, timeouts: 1, fullCapacity: null, done: null, hardNodes: [], degraded: [], diesIf: [], exact: true,
};

interface Shared { readonly values: ElementValues; readonly states: FailureStates; readonly losses: LossTable; readonly full: Float64Array; readonly offered: Float64Array; readonly unanswered: Float64Array; readonly served: readonly number[] }

function journeyResult(context: EvaluationContext, shared: Shared, index: number, structure: JourneyStructure | null, changes: number): JourneyAvailability {
  const missing = missingEntities(context, index);
  if (!structure) return { ...NOTHING, missing };
  const { values, states, full, offered } = shared;
  const { whole } = structure;
  const structural = states.expected(whole);
  const served = narrowest(whole, offered);
  const timeouts = answeredInTime(context, structure, index, shared.unanswered);
  const hardNodes = values.nodesOfAll(whole.elements);
  const hard = new Set(hardNodes);
  const availability = structural * served * timeouts * changes;
  return {
    availability, structural, performance: served * timeouts, changes, served, timeouts,
    fullCapacity: expectedSuccess(whole, full, shared.losses) * served * timeouts * changes,
    done: doneAvailability(context, structure, index, { toPublish: availability, hardNodes: hard, served: shared.served }),
    hardNodes, degraded: degradedBy(context, index, hard), diesIf: deadlyNodes(whole, values, shared.served), exact: whole.exact, missing,
  };
}

/** Availability of all nodes and journeys at the evaluated load. Pure; every number is finite and in [0, 1]. */
export function solveAvailability(context: EvaluationContext): AvailabilityResult {
  const model = riskModelOf(context);
  const { structures, values, groups } = model;
  const nodes = values.tiers.map((tier) => nodeResult(context, model, tier));
  const factors = context.compiled.settings.change_risk ? changeFactors(structures, model.losses, groups) : structures.journeys.map(() => 1);
  const shared: Shared = {
    values, states: new FailureStates(values, model.domains, structures.losses), losses: structures.losses, full: Float64Array.from(values.elements, (_, i) => values.fullCapacity(i)), offered: servedByElements(context, values), unanswered: unansweredShares(context),
    served: nodes.map((node) => node.served),
  };
  const refused = new Set<number>();
  structures.journeys.forEach((structure, j) => structure && refusedEdges(context, structure.hardness.required, j).forEach((edge) => refused.add(edge)));
  return {
    nodes, groups, hardCaches: [...structures.hardCaches].sort((a, b) => a - b), refused: [...refused].sort((a, b) => a - b),
    journeys: structures.journeys.map((structure, j) => journeyResult(context, shared, j, structure, factors[j] as number)),
  };
}
