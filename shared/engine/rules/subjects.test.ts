import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Finding } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const findingsOf = (drawn: DesignBuilder, rule: string): Finding[] => evaluate(drawn.build(), catalog).findings.filter((finding) => finding.rule === rule && finding.kind === 'finding');

/** A shop whose payments hold its ten slots, and whose mails may give up late or early. */
const shop = (pay: Params, mail: Params): DesignBuilder => design()
  .client('users').node('monolith', 'shop', { workers: 5, cpu_ms: 5 }).node('external-api', 'pay').node('external-api', 'mail')
  .connect('users', 'shop').connect('shop', 'pay', { circuit_breaker: false, ...pay }).connect('shop', 'mail', mail)
  .journey('checkout', { rate_rps: 20, entry: 'users>shop', op: 'write', steps: [{ edge: 'users>shop' }, { edge: 'shop>pay' }] })
  .journey('notify', { rate_rps: 1, entry: 'users>shop', op: 'write', steps: [{ edge: 'users>shop' }, { edge: 'shop>mail' }] })
  .journey('browse', { rate_rps: 30, entry: 'users>shop', op: 'read', steps: [{ edge: 'users>shop' }] });

test('a call without a timeout is why it can take the caller down, on its own connection only', () => {
  const own = findingsOf(shop({ timeout_ms: 600_000 }, { timeout_ms: 1000, circuit_breaker: true }), 'no-bulkhead').find(({ data }) => data['callee'] === 'pay');
  expect(JSON.parse(own?.caused_by ?? '[]')).toEqual(['missing-timeout', 'hangs', 'edge:shop>pay', 'node:shop']);
  const other = findingsOf(shop({ timeout_ms: 30_000 }, { timeout_ms: 600_000, circuit_breaker: true }), 'no-bulkhead').find(({ data }) => data['callee'] === 'pay');
  expect(other?.caused_by).toBeNull();
});

test('one of what is said never to fail is no single point of failure', () => {
  const drawn = (params: Params): DesignBuilder => design().client('users').node('custom', 'box', params).connect('users', 'box');
  expect(findingsOf(drawn({}), 'spof-single-instance')).toHaveLength(1);
  expect(findingsOf(drawn({ availability: 0.9999 }), 'spof-single-instance')).toHaveLength(1);
  expect(findingsOf(drawn({ availability: 1 }), 'spof-single-instance')).toEqual([]);
});

test('a finding counts what its subject takes: jobs at a worker, requests at a service', () => {
  const drawn = design().client('users').service('api', { cpu_ms: 30, instances: 1 }).rabbitmq('tasks').celery('worker', { task_cpu_s: 0.5 }).chain('users', 'api', 'tasks', 'worker').workload({ peak_rps: 200 });
  const texts = findingsOf(drawn, 'station-overload').concat(findingsOf(drawn, 'consumer-deficit')).map(({ targets, message }) => [targets[0]?.id, message] as const);
  const about = (id: string): string => texts.filter(([target]) => target === id).map(([, message]) => message).join(' ');
  expect(about('worker')).toMatch(/\d jobs\/s/);
  expect(about('worker')).not.toContain('rps');
  expect(about('api')).toMatch(/\d rps arrive/);
});
