import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { evaluateExplained } from '../../shared/engine/evaluate.ts';
import { stableStringify } from '../../shared/lib/stable-json.ts';
import { design } from '../support/design-builder.ts';
import { rounded } from './rounded.ts';

const DESIGNS = {
  'three-box': design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').build(),
  'shop': design().client('web').kong('gateway').balancer('lb').service('shop', { instances: 6 }).service('pay').redis('cache').rdbms('orders', { ha: 'multi_az', replicas: 1 }).rabbitmq('tasks').celery('mailer', { task_cpu_s: 0.05 })
    .chain('web', 'gateway', 'lb', 'shop').chain('gateway', 'pay').connect('shop', 'orders', { queries: 3 }).connect('pay', 'orders').connect('shop', 'cache').chain('shop', 'tasks', 'mailer')
    .entity('product', 'orders', { keys: 50_000 }).workload({ peak_rps: 900 }).build(),
} as const;

test.each(Object.entries(DESIGNS))('%s evaluates as recorded', async (name, drawn) => {
  await expect(stableStringify(rounded(evaluateExplained(drawn, catalog)))).toMatchFileSnapshot(`./${name}.json`);
});
