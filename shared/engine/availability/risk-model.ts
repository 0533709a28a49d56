/** What the availability and the isolation stage share: formulas, tiers, failure domains and change groups of one evaluation. */
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { changeGroups } from './changes.ts';
import { domainsOf, type Domain } from './domains.ts';
import { ElementValues } from './element-values.ts';
import { Losses } from './losses.ts';
import { structuresOf, type Structures } from './structures.ts';
import type { FailureDomain } from './standings.ts';
import { tiersOf, type Tier } from './tiers.ts';
import type { ChangeGroup } from './types.ts';

/** One evaluation's model of failures. */
export interface RiskModel {
  readonly structures: Structures;
  readonly values: ElementValues;
  readonly losses: Losses;
  readonly domains: readonly Domain[];
  /** Regions are failure units of their own: more than one is in use. */
  readonly regional: boolean;
  readonly groups: readonly ChangeGroup[];
}

/** More than one region is in use. */
function isRegional({ compiled: { connected } }: EvaluationContext, tiers: readonly Tier[]): boolean {
  let first: FailureDomain | null = null;
  for (const { node, standing: { regions } } of tiers) {
    if (!connected[node]) continue;
    for (const region of regions) {
      first ??= region;
      if (region !== first) return true;
    }
  }
  return false;
}

/** The model of a context; made once. */
export const riskModelOf = oncePer((context: EvaluationContext): RiskModel => {
  const { compiled } = context;
  const structures = structuresOf(context);
  const tiers = tiersOf(context);
  const regional = isRegional(context, tiers);
  const values = new ElementValues(structures.book.elements, tiers, compiled.settings.beta, regional);
  return { structures, values, regional, losses: new Losses(structures, values), domains: domainsOf(values, regional), groups: changeGroups(context, structures, values) };
});
