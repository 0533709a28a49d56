/** What follows from a behavior alone: its resources by kind. */
import type { Behavior, Resource } from '../../contracts/behavior.ts';
import type { NodeFacts } from '../types.ts';

/** The part of `NodeFacts` that a behavior decides. */
export type BehaviorFacts = Pick<NodeFacts, 'process' | 'pool' | 'store' | 'cache' | 'broker' | 'fn' | 'balancer' | 'edgeCache' | 'others' | 'capped' | 'units'>;

const NAMED: ReadonlySet<Resource['kind']> = new Set<Resource['kind']>([
  'process-server', 'consumer-pool', 'replicated-store', 'cache', 'message-broker', 'function', 'balancer', 'edge-cache', 'capped',
]);

function pick<K extends Resource['kind']>(resources: readonly Resource[], kind: K): Extract<Resource, { kind: K }> | null {
  const found = resources.find((resource) => resource.kind === kind);
  return (found as Extract<Resource, { kind: K }> | undefined) ?? null;
}

function drawnUnits({ resources, failure }: Behavior): number {
  for (const resource of resources) {
    if (resource.kind === 'process-server' || resource.kind === 'consumer-pool' || resource.kind === 'fcfs' || resource.kind === 'capped') return Math.max(1, resource.units);
    if (resource.kind === 'message-broker') return Math.max(1, resource.nodes);
  }
  return Math.max(1, failure.units);
}

/** Resources of each kind, the first where there are several, and the units drawn. */
export function behaviorFacts(behavior: Behavior): BehaviorFacts {
  const { resources } = behavior;
  return {
    process: pick(resources, 'process-server'), pool: pick(resources, 'consumer-pool'), store: pick(resources, 'replicated-store'), cache: pick(resources, 'cache'),
    broker: pick(resources, 'message-broker'), fn: pick(resources, 'function'), balancer: pick(resources, 'balancer'), edgeCache: pick(resources, 'edge-cache'),
    others: resources.filter((resource) => !NAMED.has(resource.kind)), capped: resources.filter((resource) => resource.kind === 'capped'), units: drawnUnits(behavior),
  };
}
