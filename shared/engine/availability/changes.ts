/** Bad deploys: changes are shared by the deployable groups, so that splitting a system does not multiply them (semantics 9.7). */
import type { NodeView } from '../../contracts/graph-view.ts';
import type { EvaluationContext } from '../context.ts';
import { changeUnavailability } from '../math/availability.ts';
import { addBits, numbersIn, noBits } from './bits.ts';
import type { ElementValues } from './element-values.ts';
import { lostBy } from './lane-losses.ts';
import type { Losses } from './losses.ts';
import type { Structures } from './structures.ts';
import type { ChangeGroup } from './types.ts';

/** Share of changes that fail and the hours until one is repaired, DORA-style [A] (evaluation 6.3). */
export const CHANGE_FAILURE_RATE = 0.05;
export const CHANGE_REPAIR_H = 0.5;

/** Groups of own code that are hard on a journey, with their changes per year. */
export function changeGroups(context: EvaluationContext, structures: Structures, values: ElementValues): ChangeGroup[] {
  const { compiled } = context;
  const used = noBits(values.elements.length);
  for (const journey of structures.journeys) if (journey) addBits(used, journey.whole.used);
  const members = new Map<string, number[]>();
  for (const node of values.nodesOfAll(numbersIn(used))) {
    const view = compiled.nodes[node]?.view;
    if (!view?.behavior.failure.own_code) continue;
    const group = members.get(view.deployableGroup);
    if (group) group.push(node);
    else members.set(view.deployableGroup, [node]);
  }
  const equal = compiled.workload.changes_per_year / Math.max(1, members.size);
  const groups: ChangeGroup[] = [];
  for (const [group, nodes] of members) {
    let stated: number | null = null;
    let canary = 0;
    for (const node of nodes) {
      const { deploys_per_year, canary: share } = (compiled.graph.nodes[node] as NodeView).behavior.failure;
      if (deploys_per_year !== null) stated = stated === null ? deploys_per_year : Math.max(stated, deploys_per_year);
      canary = Math.max(canary, share);
    }
    const changesPerYear = stated ?? equal;
    groups.push({ group, nodes, changesPerYear, canary, unavailability: changeUnavailability(changesPerYear, CHANGE_FAILURE_RATE, CHANGE_REPAIR_H, canary) });
  }
  return groups;
}

/** For each journey, the share that no bad deploy hits: a group costs what the journey loses without it. */
export function changeFactors(structures: Structures, losses: Losses, groups: readonly ChangeGroup[]): number[] {
  const factors = structures.journeys.map(() => 1);
  for (const group of groups) {
    if (!(group.unavailability > 0)) continue;
    const lost = losses.without(group.nodes);
    if (lost) for (let j = 0; j < factors.length; j++) factors[j] = (factors[j] as number) * (1 - group.unavailability * lostBy(lost, j));
  }
  return factors;
}
