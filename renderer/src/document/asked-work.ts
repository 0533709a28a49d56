import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import type { Design, Journey } from '../../../shared/model/design.ts';
import { pointJourney, type PointDemand } from '../../../shared/model/point-journey.ts';
import { STAGE_KEYS, type Stage } from '../../../shared/model/stages.ts';
import { resolvePart } from './parts.ts';

/** What one journey asks of a component in place of the component's own figures. */
export interface AskedWork {
  readonly journey: string;
  readonly name: string;
  readonly demand: PointDemand;
  /** The stage for which it was given; null where it is stated for the component itself. */
  readonly stage: Stage | null;
}

function fieldsOf(design: Design, node: string): ReadonlySet<string> {
  return new Set(resolvePart(design.nodes[node]?.type ?? '')?.component.fields.map(({ key }) => key));
}

/** Own code that works on requests or messages; gateways and balancers only pass them on. */
function worksItself(design: Design, node: string): boolean {
  const component = resolvePart(design.nodes[node]?.type ?? '')?.component;
  const fields = fieldsOf(design, node);
  return component !== undefined && component.category !== 'edge' && ['cpu_ms', 'task_cpu_s'].some((key) => fields.has(key));
}

/** Components of a journey by the stage that they are for it: the first own code on each path, and the first behind a broker. */
function stagesOf(design: Design, evaluation: Evaluation, journey: Journey): { readonly entry: ReadonlySet<string>; readonly consumer: ReadonlySet<string> } {
  const found = { entry: new Set<string>(), consumer: new Set<string>() };
  const edges = (evaluation.journeys[journey.id]?.edges ?? []).flatMap((id) => design.edges[id] ?? []);
  const start = design.edges[journey.entry];
  const open: { readonly node: string; readonly before: boolean }[] = [{ node: start?.to ?? journey.entry, before: true }];
  const seen = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, before } = at;
    if (seen.has(`${node} ${before}`)) continue;
    seen.add(`${node} ${before}`);
    const works = worksItself(design, node);
    if (works && before) found.entry.add(node);
    for (const { id, from, to } of edges) {
      if (from !== node) continue;
      const kind = evaluation.edges[id]?.kind;
      const takesMessages = kind === 'consume' || kind === 'trigger';
      if (takesMessages && worksItself(design, to)) found.consumer.add(to);
      open.push({ node: to, before: before && !works && !takesMessages });
    }
  }
  return found;
}

/** What journeys ask of a component, in their order, where that takes the place of its own figures. */
export function askedOf(design: Design, evaluation: Evaluation | null, node: string): readonly AskedWork[] {
  if (evaluation === null) return [];
  const isStore = fieldsOf(design, node).has('read_cpu_ms');
  return Object.values(design.journeys).flatMap((journey): AskedWork[] => {
    const { demands = {} } = pointJourney(journey);
    const { id, name } = journey;
    if (Object.keys(demands).length === 0 || evaluation.journeys[id]?.nodes.includes(node) !== true) return [];
    const own = demands[node];
    if (own !== undefined) return [{ journey: id, name, demand: own, stage: null }];
    const stages = stagesOf(design, evaluation, journey);
    const homes = (['read', 'write'] as const).filter((use) => isStore && usesOf(design, journey, node).has(use) && isHome(design, journey[`${use}s`], node));
    const played: readonly Stage[] = [...(['entry', 'consumer'] as const).filter((stage) => stages[stage].has(node)), ...homes];
    return played.flatMap((stage) => {
      const demand = demands[STAGE_KEYS[stage]];
      return demand === undefined ? [] : [{ journey: id, name, demand, stage }];
    });
  });
}

/** Whether a journey reads or writes at a component: as it does on the whole, or as a step to it says. */
function usesOf(design: Design, { op = 'mixed', steps = [] }: Journey, node: string): ReadonlySet<string> {
  const said = steps.flatMap((step) => (design.edges[step.edge]?.to === node && step.op !== undefined && step.op !== 'auto' ? [step.op] : []));
  return new Set(said.length > 0 ? said : op === 'mixed' ? ['read', 'write'] : [op]);
}

/** True where the data of a journey is at home; without named data every relational store that it reaches keeps some. */
function isHome(design: Design, named: Journey['reads'] | Journey['writes'], node: string): boolean {
  return named === undefined || named.length === 0 || named.some(({ entity }) => design.entities[entity]?.home === node);
}
