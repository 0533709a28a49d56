import { inferEdgeKind, type EdgeEnd } from '../contracts/edge-kind.ts';
import type { EdgeLoad, EdgeResult, Evaluation } from '../contracts/evaluation.ts';
import type { Ends } from '../contracts/uncertainty.ts';
import { formatNumber, formatRate, formatUtilisation } from '../lib/format.ts';
import type { Design, DesignEdge, DesignNode, EdgeKind } from '../model/design.ts';
import { isRange, likely } from '../model/quantity.ts';
import { heatStep } from './heat.ts';
import { RANGED, rangeText, unitWriting } from './range-figures.ts';
import { lineWidth } from './routing/path.ts';

/** How a connection is drawn: told apart by line and head, not by colour. */
export type LineKind = 'sync' | 'async' | 'replicate' | 'platform';

/** Everything of a connection's look that load can change. */
export interface EdgeLook {
  readonly line: LineKind;
  /** Canvas units. */
  readonly width: number;
  /** Heat of the connection's own limit, only from step 6 up. */
  readonly hot: 0 | 6 | 7;
}

/** Wordings of a label, longest first. */
export type Wordings = readonly string[];

/** Width before the first answer and in Whiteboard. */
export const PLAIN_WIDTH = 1.5;

/** Dots smaller than this cannot be seen. */
const LEAST_DOT = 2.5;

const ASYNC: ReadonlySet<EdgeKind> = new Set<EdgeKind>(['publish', 'consume', 'trigger']);

/** The line of a kind. */
export function lineOf(kind: EdgeKind | null): LineKind {
  if (kind === null) return 'sync';
  if (ASYNC.has(kind)) return 'async';
  if (kind === 'replicate') return 'replicate';
  return kind === 'trace' || kind === 'migrate' ? 'platform' : 'sync';
}

/** The kind of a connection between two components: stated, or inferred from its ends; null when an end is untyped. */
export function kindOf(design: Design, edge: Pick<DesignEdge, 'from' | 'to' | 'kind'>, endOf: (node: DesignNode) => EdgeEnd | null): EdgeKind | null {
  if (edge.kind !== undefined) return edge.kind;
  const from = design.nodes[edge.from];
  const to = design.nodes[edge.to];
  if (!from || !to) return null;
  const [a, b] = [endOf(from), endOf(to)];
  return a && b ? inferEdgeKind(a, b) : null;
}

/** The look of a connection; without a result only what its ends say (`kind`). `plain` shows no load. */
export function edgeLook(kind: EdgeKind | null, result: EdgeLoad | undefined, plain: boolean): EdgeLook {
  const line = lineOf(result?.kind ?? kind);
  if (line === 'platform') return { line, width: 1, hot: 0 };
  const least = line === 'replicate' ? LEAST_DOT : 0;
  if (plain || !result) return { line, width: Math.max(least, PLAIN_WIDTH), hot: 0 };
  const step = result.utilisation === null ? 0 : heatStep(result.utilisation);
  return { line, width: Math.max(least, lineWidth(result.rps)), hot: step === 6 || step === 7 ? step : 0 };
}

/** A parameter of a connection as a number, a range's likely value; null when it is not set. */
export function numberParam(edge: DesignEdge, key: string): number | null {
  const value = Object.hasOwn(edge.params, key) ? edge.params[key] : undefined;
  return typeof value === 'number' ? value : isRange(value) ? likely(value) : null;
}

/** What travels a connection in a second, with its unit and without; where it is uncertain to the digits that are known. */
export function rateOf(result: EdgeResult, ends?: Ends): Wordings {
  const async = lineOf(result.kind) === 'async';
  const text = ends && rangeText(ends, unitWriting(''));
  const bare = text?.figure ?? formatNumber(result.rps);
  const known = ends && !async ? rangeText(ends, RANGED.rate)?.figure : undefined;
  return [async ? `${bare} msg/s` : (known ?? formatRate(result.rps)), bare];
}

/** Stores that stand behind a cache of the same data: their reads come on a miss. */
function readsOnMiss(edge: DesignEdge, result: EdgeResult, evaluation: Evaluation, siblings: readonly DesignEdge[]): boolean {
  if (result.kind !== 'db' || edge.params['op'] === 'write') return false;
  const { entity = '' } = edge.params;
  const sameData = ({ params }: DesignEdge): boolean => entity === '' || (params['entity'] ?? '') === '' || params['entity'] === entity;
  return siblings.some((other) => other.id !== edge.id && sameData(other) && (evaluation.edges[other.id]?.hit_ratio ?? null) !== null && evaluation.edges[other.id]?.kind === 'cache');
}

/** What a connection's short label says: why it is shown first, then the rate. */
function shortLabel(edge: DesignEdge, result: EdgeResult, evaluation: Evaluation, siblings: readonly DesignEdge[], ends?: Ends): Wordings {
  const [rate = '', bare = ''] = rateOf(result, ends);
  const calls = numberParam(edge, 'calls');
  if (result.utilisation !== null && result.utilisation >= 0.85) return [`pool ${formatUtilisation(result.utilisation)}`];
  if (readsOnMiss(edge, result, evaluation, siblings)) return [`on miss ${rate}`, `on miss ${bare}`, 'on miss'];
  if (calls !== null && calls !== 1) return [`${formatNumber(calls)} calls, ${rate}`, `${formatNumber(calls)} calls`];
  return [rate, bare];
}

/** Connections that carry a label unasked: the largest inflow of each component, reads on a miss, calls other than 1. */
export function labelled(design: Design, evaluation: Evaluation): readonly string[] {
  const largest = new Map<string, { readonly id: string; readonly rps: number }>();
  const out = new Set<string>();
  const siblings = groupByCaller(design);
  for (const edge of Object.values(design.edges)) {
    const result = evaluation.edges[edge.id];
    if (!result || result.idle_reason !== null || lineOf(result.kind) === 'platform') continue;
    const calls = numberParam(edge, 'calls');
    const hot = result.utilisation !== null && result.utilisation >= 0.85;
    if (hot || (calls !== null && calls !== 1) || readsOnMiss(edge, result, evaluation, siblings.get(edge.from) ?? [])) out.add(edge.id);
    if (result.rps > (largest.get(edge.to)?.rps ?? 0)) largest.set(edge.to, { id: edge.id, rps: result.rps });
  }
  for (const { id } of largest.values()) out.add(id);
  return [...out];
}

function groupByCaller(design: Design): ReadonlyMap<string, readonly DesignEdge[]> {
  const out = new Map<string, DesignEdge[]>();
  for (const edge of Object.values(design.edges)) {
    const group = out.get(edge.from);
    if (group) group.push(edge);
    else out.set(edge.from, [edge]);
  }
  return out;
}

/** Wordings of the short labels of some connections, with the rates that are known as ranges. */
export function labelWordings(design: Design, evaluation: Evaluation, ids: readonly string[], ranges: Readonly<Record<string, Ends>> = {}): ReadonlyMap<string, Wordings> {
  const siblings = groupByCaller(design);
  const out = new Map<string, Wordings>();
  for (const id of ids) {
    const edge = design.edges[id];
    const result = evaluation.edges[id];
    if (edge && result) out.set(id, shortLabel(edge, result, evaluation, siblings.get(edge.from) ?? [], ranges[id]));
  }
  return out;
}

/** How much of the line the head replaces: a triangle's stroke ends at its base, the others' at their middle. */
export function shortening(look: EdgeLook, head: number): number {
  if (look.line === 'sync') return head - 0.5;
  return look.line === 'replicate' ? DISC_RADIUS : look.line === 'async' ? look.width * 0.8 : 0;
}

/** Half the height of a head over its length, and the radius of the disc that copies. */
const HEAD_SLOPE = 0.46;
export const DISC_RADIUS = 4;

const hundredth = (value: number): number => Math.round(value * 100) / 100;

/** Path of the filled triangle that waits for an answer; its tip is at 0 0 and it points to the right. */
export function trianglePath(length: number): string {
  const half = hundredth(length * HEAD_SLOPE);
  return `M${hundredth(-length)} ${-half}L0 0L${hundredth(-length)} ${half}z`;
}

/** Path of the open chevron of a message. */
export function chevronPath(length: number, width: number): string {
  const half = hundredth(length * HEAD_SLOPE + 1);
  return `M${hundredth(-length)} ${-half}L${hundredth(-width * 0.4)} 0L${hundredth(-length)} ${half}`;
}

/** Width of a chevron's stroke. */
export function chevronWidth(width: number): number {
  return Math.max(1.5, Math.min(2.5, hundredth(width * 0.7)));
}
