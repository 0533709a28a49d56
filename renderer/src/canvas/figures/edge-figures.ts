import type { EdgeResult, Evaluation } from '../../../../shared/contracts/evaluation.ts';
import { formatMs, formatNumber, formatRate, formatUtilisation } from '../../../../shared/lib/format.ts';
import type { Design, DesignEdge, EdgeKind } from '../../../../shared/model/design.ts';
import { isRange, likely } from '../../../../shared/model/quantity.ts';
import { drawnKind } from '../connect-rules.ts';
import { heatStep } from '../heat.ts';
import { lineWidth } from '../routing/path.ts';

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

const ASYNC: ReadonlySet<EdgeKind> = new Set<EdgeKind>(['publish', 'consume', 'trigger']);

/** The line of a kind. */
export function lineOf(kind: EdgeKind | null): LineKind {
  if (kind === null) return 'sync';
  if (ASYNC.has(kind)) return 'async';
  if (kind === 'replicate') return 'replicate';
  return kind === 'trace' || kind === 'migrate' ? 'platform' : 'sync';
}

/** The look of a connection; without a result only what its ends say. */
export function edgeLook(design: Design, edge: DesignEdge, result: EdgeResult | undefined, plain: boolean): EdgeLook {
  const line = lineOf(result?.kind ?? drawnKind(design, edge));
  if (line === 'platform') return { line, width: 1, hot: 0 };
  if (plain || !result) return { line, width: PLAIN_WIDTH, hot: 0 };
  const step = result.utilisation === null ? 0 : heatStep(result.utilisation);
  return { line, width: lineWidth(result.rps), hot: step === 6 || step === 7 ? step : 0 };
}

function numberParam(edge: DesignEdge, key: string): number | null {
  const value = Object.hasOwn(edge.params, key) ? edge.params[key] : undefined;
  return typeof value === 'number' ? value : isRange(value) ? likely(value) : null;
}

function rateOf(result: EdgeResult): Wordings {
  const bare = formatNumber(result.rps);
  return [lineOf(result.kind) === 'async' ? `${bare} msg/s` : formatRate(result.rps), bare];
}

/** Stores that stand behind a cache: their reads come on a miss. */
function readsOnMiss(edge: DesignEdge, result: EdgeResult, evaluation: Evaluation, siblings: readonly DesignEdge[]): boolean {
  if (result.kind !== 'db') return false;
  return siblings.some((other) => other.id !== edge.id && (evaluation.edges[other.id]?.hit_ratio ?? null) !== null && evaluation.edges[other.id]?.kind === 'cache');
}

/** What a connection's short label says: why it is shown first, then the rate. */
function shortLabel(edge: DesignEdge, result: EdgeResult, evaluation: Evaluation, siblings: readonly DesignEdge[]): Wordings {
  const [rate = '', bare = ''] = rateOf(result);
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

/** Wordings of the short labels of some connections. */
export function labelWordings(design: Design, evaluation: Evaluation, ids: readonly string[]): ReadonlyMap<string, Wordings> {
  const siblings = groupByCaller(design);
  const out = new Map<string, Wordings>();
  for (const id of ids) {
    const edge = design.edges[id];
    const result = evaluation.edges[id];
    if (edge && result) out.set(id, shortLabel(edge, result, evaluation, siblings.get(edge.from) ?? []));
  }
  return out;
}

/** The full line: "http, 1 call, 2.02k rps, no timeout, 1 ms network"; where no figures are shown (`plain`) the kind alone. */
export function fullLabel(design: Design, edge: DesignEdge, result: EdgeResult | undefined, plain: boolean): string {
  const kind = result?.kind ?? drawnKind(design, edge) ?? 'kind not known';
  if (plain) return kind;
  const calls = numberParam(edge, 'calls') ?? 1;
  const timeout = numberParam(edge, 'timeout_ms');
  const asynchronous = lineOf(result?.kind ?? drawnKind(design, edge)) !== 'sync';
  return [
    kind,
    `${formatNumber(calls)} ${calls === 1 ? 'call' : 'calls'}`,
    ...(result ? [rateOf(result)[0]] : []),
    ...(asynchronous ? [] : [timeout === null ? 'no timeout' : `timeout ${formatMs(timeout)}`]),
    ...(result ? [`${formatMs(result.rtt_s * 1000)} network`] : []),
  ].join(', ');
}

/** The connection for the ear: "Shortener API calls Postgres primary, 180 per second, no timeout"; `plain` without figures. */
export function edgeSentence(design: Design, edge: DesignEdge, result: EdgeResult | undefined, plain: boolean): string {
  const name = (id: string): string => design.nodes[id]?.name ?? design.boundaries[id]?.name ?? 'nothing';
  const line = lineOf(result?.kind ?? drawnKind(design, edge));
  const verb = line === 'async' ? 'sends messages to' : line === 'replicate' ? 'replicates to' : 'calls';
  const timeout = numberParam(edge, 'timeout_ms');
  const ends = `${name(edge.from)} ${verb} ${name(edge.to)}`;
  if (plain) return ends;
  const parts = [ends];
  if (result?.idle_reason) parts.push(result.idle_reason);
  else if (result) parts.push(`${formatNumber(result.rps)} per second`);
  if (line === 'sync') parts.push(timeout === null ? 'no timeout' : `timeout ${formatMs(timeout)}`);
  return parts.join(', ');
}
