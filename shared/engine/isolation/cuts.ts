/** Minimal cut sets of order 1 and 2 (evaluation 6.4): whose loss, alone or together, ends a journey. */
import type { CutSet, CutUnit } from '../../contracts/evaluation.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import type { AvailabilityResult } from '../availability/types.ts';
import { elementsOf, orderOf, type Program } from '../availability/program.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { unitsBeside, type FailureDomain } from '../availability/standings.ts';
import { servedWith, type Tier } from '../availability/tiers.ts';
import { FormulaState } from '../availability/formula-state.ts';
import { expectedSuccess } from '../availability/success.ts';
import type { EvaluationContext } from '../context.ts';
import { floats } from '../math/lists.ts';
import { failingPlaces, failingTiers } from './failing-places.ts';

/** Units of one journey that pairs are made of, the most probable first. */
const MAX_UNITS = 25;
/** Pairs that are reported. */
const MAX_PAIRS = 100;
const SECONDS_PER_YEAR = 31_536_000;

type Found = Map<string, { members: readonly string[]; units: readonly CutUnit[]; probability: number; journeys: string[] }>;

/** Something that is lost as a whole: a component, or the place where several stand. */
interface Loss extends CutUnit { readonly probability: number; readonly left: ReadonlyMap<number, number>; /** Failure domain, of a zone or a region. */ readonly domain: FailureDomain | null }

function note(found: Found, losses: readonly CutUnit[], probability: number, journey: string): void {
  const units = losses.map(({ kind, id, nodes }): CutUnit => (nodes ? { kind, id, nodes } : { kind, id })).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const key = units.map(({ kind, id }) => `${kind} ${id}`).join('\n');
  const entry = found.get(key) ?? { members: units.map(({ id }) => id), units, probability, journeys: [] };
  entry.journeys.push(journey);
  found.set(key, entry);
}

function sorted(found: Found): CutSet[] {
  const keyOf = ({ members }: CutSet): string => members.join('\n');
  return [...found.values()].sort((a, b) => b.probability - a.probability || (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Order 1 over components: nodes whose loss alone ends a journey, with the probability that they are down. */
export function singleCuts(context: EvaluationContext, availability: AvailabilityResult): CutSet[] {
  const { nodes, journeys } = context.compiled.graph;
  const ended = new Map<number, string[]>();
  for (let j = 0; j < journeys.length; j++) {
    const { id } = journeys[j] as JourneyView;
    for (const node of availability.journeys[j]?.diesIf ?? []) {
      const known = ended.get(node);
      if (known) known.push(id);
      else ended.set(node, [id]);
    }
  }
  const cuts: CutSet[] = [];
  for (const [node, ends] of ended) {
    const probability = 1 - (availability.nodes[node]?.served ?? 1);
    if (probability > 0) cuts.push({ members: [nodes[node]?.id ?? ''], probability, journeys: ends });
  }
  return cuts.sort((a, b) => b.probability - a.probability || ((a.members[0] ?? '') < (b.members[0] ?? '') ? -1 : 1));
}

/** Zones, regions and clusters as units of their own: down for so many seconds a year. */
function placeLosses(context: EvaluationContext, model: RiskModel): Loss[] {
  return failingPlaces(context, model, failingTiers(context, model)).map(({ kind, id, left: lost, domain, perYear, durationS }) => {
    const left = new Map(lost.keys().map((node) => [node, lost.get(node) ?? 0]));
    const nodes = [...left.keys()].map((node) => context.compiled.nodes[node]?.view.id ?? '');
    return { kind, id, nodes, left, domain, probability: Math.min(1, (perYear * durationS) / SECONDS_PER_YEAR) };
  });
}

/** Everything that one journey may lose, the most probable first. */
function lossesOf(context: EvaluationContext, model: RiskModel, availability: AvailabilityResult, program: Program, places: readonly Loss[]): Loss[] {
  const { values } = model;
  const nodes = new Set([...elementsOf(program)].flatMap((element) => values.nodesOf(element)));
  const own = [...nodes].map((node): Loss => ({ kind: 'node', id: context.compiled.nodes[node]?.view.id ?? '', left: new Map([[node, 0]]), domain: null, probability: 1 - (availability.nodes[node]?.served ?? 1) }));
  const around = places.filter(({ left }) => [...left.keys()].some((node) => nodes.has(node)));
  return [...own, ...around].filter(({ probability }) => probability > 0).sort((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
}

/** What is left of each node when two things are lost: units that stand in neither of two places. */
function both(model: RiskModel, a: Loss, b: Loss): ReadonlyMap<number, number> {
  const apart = a.domain !== null && b.domain !== null && a.domain !== b.domain;
  const left = new Map(a.left);
  for (const [node, units] of b.left) {
    const before = left.get(node);
    left.set(node, before === undefined ? units : Math.min(before, units, apart ? unitsBeside(model.values.tier(node).standing, a.domain, b.domain) : units));
  }
  return left;
}

/** Unit pairs inside one tier that leave nothing to serve, where the loss of one unit still leaves something. */
function insideTier(tier: Tier, beta: number): number | null {
  const { units, failure } = tier;
  if (failure.redundancy === 'service' || units < 2 || servedWith(tier, units - 2) > 0 || servedWith(tier, units - 1) <= 0) return null;
  const independent = (1 - beta) * (1 - failure.unit_availability);
  return ((units * (units - 1)) / 2) * independent * independent;
}

/** One journey's cut sets up to order 2. A step for each unit that was paired with all others, as a share of them. */
function* cutsOf(context: EvaluationContext, model: RiskModel, availability: AvailabilityResult, program: Program, places: readonly Loss[], add: (units: readonly CutUnit[], probability: number, order: 1 | 2) => void): Generator<number, void, void> {
  const { values } = model;
  const up = floats(values.elements.length).fill(1);
  const ends = (left: ReadonlyMap<number, number>): boolean => {
    for (const element of elementsOf(program)) up[element] = values.surviving(element, left);
    return expectedSuccess(program, new FormulaState(program.graph, up, orderOf(program)), model.structures.losses) < 1e-9;
  };
  const losses = lossesOf(context, model, availability, program, places);
  const alone = losses.filter((loss) => ends(loss.left));
  for (const loss of alone) add([loss], loss.probability, 1);
  for (const loss of alone) {
    const [node] = loss.left.keys();
    const pairs = loss.kind === 'node' && node !== undefined ? insideTier(values.tier(node), context.compiled.settings.beta) : null;
    if (pairs !== null) add([{ kind: 'instance', id: loss.id }, { kind: 'instance', id: loss.id }], pairs, 2);
  }
  const candidates = losses.filter((loss) => !alone.includes(loss)).slice(0, MAX_UNITS);
  for (const [i, first] of candidates.entries()) {
    for (const second of candidates.slice(i + 1)) if (ends(both(model, first, second))) add([first, second], first.probability * second.probability, 2);
    yield (i + 1) / candidates.length;
  }
}

/** Cut sets by their order: 1 whole, the most probable hundred of order 2. */
export interface CutsByOrder { readonly 1: readonly CutSet[]; readonly 2: readonly CutSet[] }

/** The steps of `cutSets`, of all journeys or of one by its id. Stop asking to cancel. */
export function* cutSteps(context: EvaluationContext, model: RiskModel, availability: AvailabilityResult, journey: string | null): Generator<{ readonly done: number; readonly total: number }, CutsByOrder, void> {
  const found: Readonly<Record<1 | 2, Found>> = { 1: new Map(), 2: new Map() };
  const places = placeLosses(context, model);
  const wanted = model.structures.journeys.flatMap((structure, j) => {
    const id = context.compiled.journeys[j]?.id ?? '';
    return structure && (journey === null || journey === id) ? [{ id, program: structure.whole }] : [];
  });
  for (const [done, { id, program }] of wanted.entries()) {
    for (const share of cutsOf(context, model, availability, program, places, (units, probability, order) => note(found[order], units, probability, id))) yield { done: done + share, total: wanted.length };
  }
  return { 1: sorted(found[1]), 2: sorted(found[2]).slice(0, MAX_PAIRS) };
}

/** Cut sets over components, units of a tier, zones, regions and clusters, on demand: order 1 whole, the most probable hundred pairs. */
export function cutSets(context: EvaluationContext, model: RiskModel, availability: AvailabilityResult, order: 1 | 2): readonly CutSet[] {
  const steps = cutSteps(context, model, availability, null);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value[order];
  }
}
