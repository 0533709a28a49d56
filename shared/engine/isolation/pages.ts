/** How often somebody is called: failures that do not heal by themselves (evaluation 7.4, an opinion model). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { AvailabilityResult } from '../availability/types.ts';
import type { EvaluationContext } from '../context.ts';

/** Share of the failures that are over without anybody where something else takes over at once [A]. */
const AUTO_HEAL = 0.9;
/** A failover that takes no longer is nobody's work: outages of this many seconds and more count in full (semantics 10). */
const SHORT_S = 300;

/** A spare unit or a standby carries on. Places, other people's services and bad deploys have none. */
function takesOver({ compiled }: EvaluationContext, { nodes }: AvailabilityResult, { kind, target, duration_s }: BlastResult): boolean {
  if (kind !== 'instance' && kind !== 'node' && kind !== 'shard') return false;
  if (duration_s <= SHORT_S) return true;
  const index = compiled.graph.nodeById.get(target)?.index;
  return index !== undefined && nodes[index]?.spare === true;
}

/** Pages a year: sum of f x (1 - auto-heal) over all failure units, connected parts only. */
export function pagesPerYear(context: EvaluationContext, availability: AvailabilityResult, blast: readonly BlastResult[]): number {
  let pages = 0;
  for (const unit of blast) if (unit.per_year > 0) pages += unit.per_year * (takesOver(context, availability, unit) ? 1 - AUTO_HEAL : 1);
  return pages;
}
