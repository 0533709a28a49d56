/** Evidence about zones, platforms, retries and redelivery against what another drawing shows. */
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const nodeEvidence = (drawn: DesignBuilder, id: string): Readonly<Record<string, number>> => evaluate(drawn.build(), catalog).nodes[id]?.evidence ?? {};
const edgeEvidence = (drawn: DesignBuilder, from: string, to: string): Readonly<Record<string, number>> => {
  const built = drawn.build();
  const id = Object.values(built.edges).find((edge) => edge.from === from && edge.to === to)?.id ?? '';
  return evaluate(built, catalog).edges[id]?.evidence ?? {};
};

const tier = (params: Params): DesignBuilder => design().client('c').service('api', { vcpu: 1, ...params }).connect('c', 'api').workload({ peak_rps: 100 });

test('a tier without a zone is as busy as one with the units that are left', () => {
  const found = nodeEvidence(tier({ instances: 7, cpu_ms: 30 }), 'api');
  const left = evaluate(tier({ instances: 4, cpu_ms: 30 }).build(), catalog).nodes['api'];
  expect(found['zone_loss_utilisation']).toBeCloseTo(left?.utilisation ?? 0, 9);
  expect(nodeEvidence(tier({ instances: found['zone_loss_units'] ?? 0, cpu_ms: 30 }), 'api')['zone_loss_utilisation']).toBeLessThanOrEqual(0.85);
  expect(nodeEvidence(tier({ instances: (found['zone_loss_units'] ?? 0) - 1, cpu_ms: 30 }), 'api')['zone_loss_utilisation']).toBeGreaterThan(0.85);
});

const job = (params: Params): DesignBuilder => design().client('c').node('lambda', 'job', { memory_mb: 1769, init_ms: 60_000, ...params }).connect('c', 'job').workload({ peak_rps: 0.01 });

test('runs of a function are cut off as often as their gamma says, without their cold starts', () => {
  expect(nodeEvidence(job({ cpu_ms: 1000, cs2: 1, timeout_s: 3 }), 'job')).toMatchObject({ limit_s: 3, over_limit_share: expect.closeTo(Math.exp(-3), 6), within_limit_s: expect.closeTo(Math.log(1000), 4) });
  expect(nodeEvidence(job({ cpu_ms: 1000, cs2: 1, timeout_s: 7 }), 'job')).not.toHaveProperty('limit_s');
});

test('the share of timeouts over an edge is the same with and without a limit behind it', () => {
  const drawn = (timeout_s: number): DesignBuilder => design().client('c').service('api').node('lambda', 'job', { cpu_ms: 300, timeout_s }).node('external-api', 'pay').connect('c', 'api').connect('api', 'job').connect('job', 'pay', { timeout_ms: 300 });
  expect(edgeEvidence(drawn(1), 'job', 'pay')['timeout_share']).toBe(edgeEvidence(drawn(900), 'job', 'pay')['timeout_share']);
});

test('retries multiply over the layers of the worst path and start anew behind a broker', () => {
  const drawn = design().client('c').service('a').service('b').service('d').rabbitmq('mq').celery('w').rdbms('db')
    .connect('c', 'a', { retries: 2 }).connect('a', 'b', { retries: 3 }).connect('a', 'd', { retries: 9, retry_budget: 0.1 }).connect('b', 'db', { retries: 1 }).connect('d', 'db', { retries: 4 })
    .connect('a', 'mq').connect('mq', 'w').connect('w', 'db', { retries: 5 });
  expect(edgeEvidence(drawn, 'b', 'db')).toMatchObject({ retry_worst: 24, retry_layers: 3 });
  expect(edgeEvidence(drawn, 'd', 'db')['retry_worst']).toBeCloseTo(16.5, 9);
  expect(edgeEvidence(drawn, 'w', 'db')).toMatchObject({ retry_worst: 6, retry_layers: 1 });
});

test('a message comes back before its work is done as the gamma says, by whoever hides it', () => {
  const drawn = (queue: Params, worker: Params): DesignBuilder => design().client('c', { rps: 0.1 }).service('api').node('sqs', 'q', queue).celery('w', { instances: 50, task_cpu_s: 200, task_io_s: 0, acks_late: true, ...worker }).chain('c', 'api', 'q', 'w');
  expect(edgeEvidence(drawn({ visibility_s: 600 }, {}), 'q', 'w')).toMatchObject({ work_s: 200, hidden_s: 600, again_share: expect.closeTo(Math.exp(-3), 9), work_p999_s: expect.closeTo(200 * Math.log(1000), 6) });
  expect(edgeEvidence(drawn({}, {}), 'q', 'w')['hidden_s']).toBe(1800);
  expect(edgeEvidence(drawn({ visibility_s: 600 }, { visibility_timeout_s: 900 }), 'q', 'w')['hidden_s']).toBe(900);
  expect(edgeEvidence(drawn({ visibility_s: 600 }, { acks_late: false }), 'q', 'w')).toEqual({});
});
