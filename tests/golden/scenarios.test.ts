import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { scenarios } from '../../catalog/scenarios/index.ts';
import { judgeTargets } from '../../shared/contracts/scenario.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { stableStringify } from '../../shared/lib/stable-json.ts';
import { rounded } from './rounded.ts';

/** What is worth a look when it moves: scores, bill, times, room to grow, findings. */
test('reference designs evaluate as recorded', async () => {
  const record = Object.fromEntries(scenarios.map((scenario) => {
    const { design } = scenario.reference;
    const evaluation = evaluate(design, catalog);
    return [scenario.id, {
      overall: evaluation.overall.value,
      scores: Object.fromEntries(Object.entries(evaluation.scores).map(([axis, { score }]) => [axis, score.value])),
      usd_month: evaluation.cost.usd_month,
      burden: evaluation.burden.index,
      headroom: { now: evaluation.headroom.now.value, auto: evaluation.headroom.auto.value, elastic: evaluation.headroom.elastic.value },
      journeys: Object.fromEntries(Object.entries(evaluation.journeys).map(([id, journey]) => [id, { p99_ms: journey.p99_ms.value, availability: journey.availability.value, done_s: journey.done_s.value }])),
      first_break: evaluation.breaks[0] ?? null,
      findings: evaluation.findings.map(({ rule, kind, severity, targets }) => `${kind} ${severity ?? ''} ${rule} ${targets.map(({ id }) => id).join(' ')}`),
      targets: Object.fromEntries(judgeTargets(scenario, design, evaluation).map(({ id, state }) => [id, state])),
    }];
  }));
  await expect(`${stableStringify(rounded(record))}\n`).toMatchFileSnapshot('./scenarios.json');
});
