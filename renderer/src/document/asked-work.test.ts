import { expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { scenarios } from '../../../catalog/scenarios/index.ts';
import { compileDesign } from '../../../shared/engine/compile/compile.ts';
import { evaluate } from '../../../shared/engine/evaluate.ts';
import { askedOf } from './asked-work.ts';

it('says of every component of the worked scenarios what the engine computes it with', () => {
  let told = 0;
  for (const { id, reference } of scenarios) {
    const evaluation = evaluate(reference.design, catalog);
    const { journeys } = compileDesign(reference.design, catalog);
    for (const node of Object.keys(reference.design.nodes)) {
      const byJourney = new Map<string, Record<string, unknown>>();
      for (const { journey, demand, stage } of askedOf(reference.design, evaluation, node)) {
        const { cpu_ms, ...rest } = demand;
        const here = cpu_ms === undefined || (stage !== 'read' && stage !== 'write') ? demand : stage === 'read' ? { read_cpu_ms: cpu_ms } : { ...rest, write_cpu_ms: cpu_ms };
        byJourney.set(journey, { ...byJourney.get(journey), ...here });
        told += 1;
      }
      const used = new Map(journeys.filter((view) => view.demands[node] !== undefined && evaluation.journeys[view.id]?.nodes.includes(node) === true).map((view) => [view.id, { ...view.demands[node] }]));
      expect(Object.fromEntries(byJourney), `${id} ${node}`).toEqual(Object.fromEntries(used));
    }
  }
  expect(told).toBeGreaterThan(20);
});
