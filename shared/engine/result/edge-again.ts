/** What comes a second time over a connection: calls that are tried again, and messages that reappear while someone works on them. */
import type { EdgeResult } from '../../contracts/evaluation.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import { redelivery } from '../consistency/message-hazards.ts';
import type { EvaluationContext } from '../context.ts';
import { retryLayers } from '../solve/retry-layers.ts';

type Evidence = EdgeResult['evidence'];

function retryEvidence({ compiled, flows: { retries } }: EvaluationContext, index: number): Evidence {
  const { worst, layers } = retryLayers(compiled);
  return {
    attempts: retries?.attempts[index] ?? 1, retry_worst: worst[index] as number, retry_layers: layers[index] as number,
    ...(retries?.metastable[index] === 1 ? { metastable: 1 } : {}),
  };
}

/**
 * Evidence with, where callers try again, `attempts` (mean for each call), `retry_worst` and `retry_layers` (of the worst path
 * that ends here) and `metastable`; where a queue only hides what is in work `work_s`, `work_p999_s`, `hidden_s` and
 * `again_share` (comes back before it is done).
 */
export function withRepeats(context: EvaluationContext, view: EdgeView, evidence: Evidence): Evidence {
  if (view.idleReason) return evidence;
  const tries = view.params.values.retries > 0;
  const again = redelivery(context, view);
  if (!tries && again === null) return evidence;
  return {
    ...evidence, ...(tries ? retryEvidence(context, view.index) : {}),
    ...(again === null ? {} : { work_s: again.workS, work_p999_s: again.workP999S, hidden_s: again.hiddenS, again_share: again.share }),
  };
}
