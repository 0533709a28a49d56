import type { Behavior } from '../../contracts/behavior.ts';
import type { Component } from '../../contracts/component.ts';
import { edgeEnd, inferEdgeKind, type EdgeEnd } from '../../contracts/edge-kind.ts';
import type { EdgeKind, Params } from '../../model/design.ts';

/** The behavior of a component with these parameters; null when the catalogue refuses them. */
export function behaviorOf(component: Component, params: Params, managed: boolean): Behavior | null {
  const parsed = component.params.safeParse(params);
  if (!parsed.success) return null;
  return component.behavior(parsed.data as Readonly<Record<string, unknown>>, { stated: (key) => Object.hasOwn(params, key), managed, hot_set_bytes: 0 });
}

/** What edge inference needs of a component; plain when its parameters are refused. */
export function endOf(component: Component, params: Params): EdgeEnd {
  const behavior = behaviorOf(component, params, true) ?? behaviorOf(component, {}, true);
  return behavior ? edgeEnd(component.type, behavior) : { type: component.type, role: 'plain', memoryRoles: [] };
}

/** The kind as stored: absent where the ends already say it. */
export function storedKind(from: EdgeEnd, to: EdgeEnd, kind: EdgeKind): EdgeKind | null {
  return inferEdgeKind(from, to) === kind ? null : kind;
}

/** Kinds of connections as a report names them. */
export const KIND_WORDS: Readonly<Record<EdgeKind, string>> = {
  http: 'call', db: 'query', cache: 'cache access', publish: 'publish', consume: 'consume', trigger: 'trigger', replicate: 'replication', trace: 'telemetry', migrate: 'schema change', lookup: 'lookup', ws: 'open connection',
};
