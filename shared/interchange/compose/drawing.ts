import type { Behavior } from '../../contracts/behavior.ts';
import type { Component } from '../../contracts/component.ts';
import { edgeEnd, inferEdgeKind, type EdgeEnd } from '../../contracts/edge-kind.ts';
import type { EdgeKind, Params } from '../../model/design.ts';
import type { Confidence } from '../import-report.ts';
import type { Recognised } from './recognise.ts';
import type { Reference } from './references.ts';
import type { ServicePart } from './service-part.ts';

/** A service that will be drawn. */
export interface Drawn {
  readonly name: string;
  readonly part: ServicePart;
  readonly component: Component;
  readonly recognised: Recognised;
  readonly params: Params;
  readonly references: readonly Reference[];
  readonly end: EdgeEnd;
}

/** A connection that will be drawn. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  /** Set where the ends alone would say something else. */
  readonly kind: EdgeKind | null;
  readonly shown: EdgeKind;
  readonly confidence: Confidence;
  readonly because: string;
  /** Drawn from a public address only: the way may lead through the browser. */
  readonly outside: boolean;
}

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

/** Everything that connections lead to from these services, themselves included. */
export function downstream(starts: readonly string[], edges: readonly Connection[]): Set<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const seen = new Set(starts);
  for (const at of seen) for (const to of next.get(at) ?? []) seen.add(to);
  return seen;
}
