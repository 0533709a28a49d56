import type { Component } from '../../contracts/component.ts';
import type { EdgeEnd } from '../../contracts/edge-kind.ts';
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
