import type { Component } from '../../contracts/component.ts';
import type { Params } from '../../model/design.ts';
import type { Recognised } from './recognise.ts';
import type { Reference } from './references.ts';
import type { ServicePart } from './service-part.ts';

/** Types of which one container is one node of a cluster, with the preset and parameters that say so. */
const SINGLE: Readonly<Record<string, Params>> = {
  kafka: { brokers: 1, rf: 1, min_isr: 1 },
  rabbitmq: { nodes: 1, queue: 'classic' },
  redis: { replicas_per_shard: 0 },
  search: { instances: 1, index_copies: 0 },
};

const CLUSTER: Readonly<Record<string, (count: number) => Params>> = {
  kafka: (brokers) => ({ brokers, rf: Math.min(3, brokers), min_isr: brokers > 2 ? 2 : 1 }),
  rabbitmq: (nodes) => ({ nodes, queue: nodes > 2 ? 'quorum' : 'classic' }),
  redis: (nodes) => ({ replicas_per_shard: nodes - 1 }),
  search: (instances) => ({ instances, index_copies: Math.min(1, instances - 1) }),
};

/** Roles of an in-memory store, from the variables that name it. */
function memoryRoles(mentions: readonly Reference[], byWorker: boolean): string[] {
  const roles = new Set<string>();
  for (const { key } of mentions) {
    if (key === null) continue;
    if (/BROKER|CELERY|QUEUE|SIDEKIQ/i.test(key)) roles.add('broker');
    else if (/PUBSUB|CHANNEL/i.test(key)) roles.add('pubsub');
    else if (/SESSION/i.test(key)) roles.add('session');
    else if (/RATE_?LIMIT|THROTTLE/i.test(key)) roles.add('rate_limiter');
    else roles.add('cache');
  }
  if (byWorker) roles.add('broker');
  return [...roles].sort();
}

/** What else decides the parameters of a service. */
export interface SizeFacts {
  /** Mentions of this service by others. */
  readonly mentions: readonly Reference[];
  /** True when a queue worker names it and no other broker is there. */
  readonly byWorker: boolean;
  /** Containers that were drawn as one. */
  readonly copies: number;
}

function range(component: Component, key: string, value: number): number | null {
  const field = component.fields.find((candidate) => candidate.key === key);
  if (field?.kind !== 'number') return null;
  const limited = Math.min(Math.max(value, field.min ?? value), field.max ?? value);
  return field.integer === true ? Math.max(1, Math.round(limited)) : limited;
}

/** Parameters that the file states, as far as the component has them: copies, cores, memory, health check, roles. */
export function sizesOf(component: Component, recognised: Recognised, part: ServicePart, facts: SizeFacts): Params {
  const preset = recognised.preset?.params ?? {};
  const params: Params = { ...(SINGLE[component.type] ?? {}), ...preset };
  const put = (key: string, value: number | undefined): void => {
    const fitted = value === undefined ? null : range(component, key, value);
    if (fitted !== null) params[key] = fitted;
  };
  const copies = (part.replicas ?? 1) * facts.copies;
  const cluster = copies > 1 ? CLUSTER[component.type] : undefined;
  if (cluster) Object.assign(params, cluster(copies));
  else put('instances', Math.max(1, copies));
  // a part of a core cannot be said; the smallest whole one is nearest
  put('vcpu', part.cpus === undefined ? undefined : Math.max(1, Math.ceil(part.cpus)));
  put(component.type === 'redis' ? 'memory_gb' : 'mem_gb', part.memoryGb);
  const check = part.healthcheck;
  if (check && component.fields.some(({ key, kind }) => key === 'health_check' && kind === 'group')) {
    params['health_check'] = check.enabled ? { ...(check.interval_s !== null && check.interval_s >= 1 ? { interval_s: check.interval_s } : {}), ...(check.retries === null ? {} : { threshold: check.retries }) } : { enabled: false };
  }
  if (component.type === 'redis' && !('roles' in preset) && recognised.preset?.id !== 'memcached') {
    const roles = memoryRoles(facts.mentions, facts.byWorker);
    if (roles.length > 0 && roles.join() !== 'cache') params['roles'] = roles;
  }
  return params;
}
