/** Minimal cut sets of order 1 and 2 (evaluation 6.4): whose loss, alone or together, ends a journey. */
import type { CutSet } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { Program } from '../availability/program.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { expectedSuccess } from '../availability/success.ts';
import type { AvailabilityResult } from '../availability/types.ts';

/** Hard units of one journey that pairs are made of, the most probable first. */
const MAX_UNITS = 25;
/** Pairs that are reported. */
const MAX_PAIRS = 100;

type Found = Map<string, { members: readonly string[]; probability: number; journeys: string[] }>;

function note(found: Found, members: readonly string[], probability: number, journey: string): void {
  const key = members.join('\n');
  const entry = found.get(key) ?? { members, probability, journeys: [] };
  entry.journeys.push(journey);
  found.set(key, entry);
}

function sorted(found: Found): CutSet[] {
  return [...found.values()].sort((a, b) => b.probability - a.probability || (a.members.join('\n') < b.members.join('\n') ? -1 : 1));
}

/** Order 1: nodes whose loss alone ends a journey, with the probability that they are down. */
export function singleCuts(context: EvaluationContext, availability: AvailabilityResult): CutSet[] {
  const found: Found = new Map();
  const { nodes, journeys } = context.compiled.graph;
  availability.journeys.forEach((journey, j) => {
    for (const node of journey.diesIf) {
      const probability = 1 - (availability.nodes[node]?.served ?? 1);
      if (probability > 0) note(found, [nodes[node]?.id ?? ''], probability, journeys[j]?.id ?? '');
    }
  });
  return sorted(found);
}

/** Pairs of nodes of one journey that end it together and not alone; and both units of a tier of two. */
function pairsOf(context: EvaluationContext, model: RiskModel, availability: AvailabilityResult, program: Program, add: (members: readonly string[], probability: number) => void): void {
  const { values } = model;
  const id = (node: number): string => context.compiled.nodes[node]?.view.id ?? '';
  const u = (node: number): number => 1 - (availability.nodes[node]?.served ?? 1);
  const alone = new Set(program.must.flatMap((element) => (values.elements[element]?.kind === 'node' ? values.nodesOf(element) : [])));
  const nodes = [...new Set(program.elements.flatMap((element) => values.nodesOf(element)))].filter((node) => u(node) > 0).sort((a, b) => u(b) - u(a) || a - b);
  for (const node of nodes) {
    const tier = values.tier(node);
    if (tier.failure.redundancy !== 'instance' || tier.units !== 2 || !alone.has(node)) continue;
    const independent = (1 - context.compiled.settings.beta) * (1 - tier.failure.unit_availability);
    add([id(node), id(node)], independent * independent);
  }
  const candidates = nodes.filter((node) => !alone.has(node)).slice(0, MAX_UNITS);
  const up = new Float64Array(values.elements.length).fill(1);
  candidates.forEach((first, i) => {
    for (const second of candidates.slice(i + 1)) {
      const left = new Map([[first, 0], [second, 0]]);
      for (const element of program.elements) up[element] = values.surviving(element, left);
      if (expectedSuccess(program, up, model.structures.losses) < 1e-9) add([id(first), id(second)].sort(), u(first) * u(second));
    }
  });
}

/** Order 2, on demand: at most 25 hard units of each journey, the most probable pairs first. */
export function pairCuts(context: EvaluationContext, model: RiskModel, availability: AvailabilityResult): CutSet[] {
  const found: Found = new Map();
  model.structures.journeys.forEach((structure, j) => {
    const journey = context.compiled.journeys[j]?.id ?? '';
    if (structure) pairsOf(context, model, availability, structure.whole, (members, probability) => note(found, members, probability, journey));
  });
  return sorted(found).slice(0, MAX_PAIRS);
}
