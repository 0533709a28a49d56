import type { ResourceName } from '../../../shared/contracts/evaluation.ts';

/** Resources in words. */
export const RESOURCE_WORDS: Readonly<Record<ResourceName, string>> = {
  cpu: 'CPU',
  slots: 'worker slots',
  io: 'disk operations',
  conn: 'connections',
  quota: 'quota',
  ops: 'operations',
  memory: 'memory',
  partitions: 'partitions',
  bandwidth: 'bandwidth',
  throughput: 'throughput',
  concurrency: 'concurrency',
  apply: 'replica apply',
  lock: 'locks',
};
