import type { EdgeResult } from '../../../../shared/contracts/evaluation.ts';
import type { Ends } from '../../../../shared/contracts/uncertainty.ts';
import { lineOf, numberParam, rateOf } from '../../../../shared/drawing/edge-figures.ts';
import { RANGED, ranged, unitWriting } from '../../../../shared/drawing/range-figures.ts';
import { formatMs, formatNumber } from '../../../../shared/lib/format.ts';
import type { Design, DesignEdge } from '../../../../shared/model/design.ts';
import { drawnKind } from '../connect-rules.ts';

/** The full line: "http, 1 call, 2.02k rps, no timeout, 1 ms network"; where no figures are shown (`plain`) the kind alone. `ends` is its rate as a range. */
export function fullLabel(design: Design, edge: DesignEdge, result: EdgeResult | undefined, plain: boolean, ends?: Ends): string {
  const kind = result?.kind ?? drawnKind(design, edge) ?? 'kind not known';
  if (plain) return kind;
  const calls = numberParam(edge, 'calls') ?? 1;
  const timeout = numberParam(edge, 'timeout_ms');
  const asynchronous = lineOf(result?.kind ?? drawnKind(design, edge)) !== 'sync';
  return [
    kind,
    `${formatNumber(calls)} ${calls === 1 ? 'call' : 'calls'}`,
    ...(result ? [ranged(ends, lineOf(result.kind) === 'async' ? unitWriting(' msg/s') : RANGED.rate, rateOf(result)[0] ?? '')] : []),
    ...(asynchronous ? [] : [timeout === null ? 'no timeout' : `timeout ${formatMs(timeout)}`]),
    ...(result ? [`${formatMs(result.rtt_s * 1000)} network`] : []),
  ].join(', ');
}

/** The connection for the ear: "Shortener API calls Postgres primary, 180 per second, no timeout"; `plain` without figures, `onMiss` where a cache is asked first. */
export function edgeSentence(design: Design, edge: DesignEdge, result: EdgeResult | undefined, plain: boolean, onMiss = false): string {
  const name = (id: string): string => design.nodes[id]?.name ?? design.boundaries[id]?.name ?? 'nothing';
  const line = lineOf(result?.kind ?? drawnKind(design, edge));
  const verb = line === 'async' ? 'sends messages to' : line === 'replicate' ? 'replicates to' : 'calls';
  const timeout = numberParam(edge, 'timeout_ms');
  const ends = `${name(edge.from)} ${verb} ${name(edge.to)}`;
  if (plain) return ends;
  const parts = onMiss ? [ends, 'on a miss'] : [ends];
  if (result?.idle_reason) parts.push(result.idle_reason);
  else if (result) parts.push(`${formatNumber(result.rps)} per second`);
  if (line === 'sync') parts.push(timeout === null ? 'no timeout' : `timeout ${formatMs(timeout)}`);
  return parts.join(', ');
}
