import type { NodeLoad, NodeResult } from '../contracts/evaluation.ts';
import type { Ends, NodeRanges } from '../contracts/uncertainty.ts';
import { formatNumber, formatUtilisation, NO_FIGURE } from '../lib/format.ts';
import type { ComponentFacts } from './component-facts.ts';
import { DEFAULT_KNEE, heatStep, heatWord, type HeatStep } from './heat.ts';
import { endsText, RANGED, rangeText, unitWriting } from './range-figures.ts';

/** The discrete part of a component's load: changes only when a threshold is passed. Step 0 draws no heat. */
export interface NodeHeat { readonly step: HeatStep | 0; readonly knee: number }

/** The words and figures of a component. */
export interface NodeText {
  readonly metric: string;
  readonly figure: string;
  /** The same for the ear: "92 percent, hot, 20 writes per second". */
  readonly spoken: string;
}

/** Advance of one character of the 12 px figures, canvas units. */
const CHARACTER = 7.2;
const PADDING = 24;
const GAP = 8;

/** Units of a component's first figure, longest wording first. */
const UNITS: Readonly<Record<ComponentFacts['figures']['primary'], readonly string[]>> = {
  rps: [' rps', '/s'],
  reads: [' reads/s', ' r/s', '/s'],
  writes: [' writes/s', ' w/s', '/s'],
  ops: [' ops/s', '/s'],
  messages: [' msg/s', '/s'],
  jobs: [' jobs/s', '/s'],
  connections: [' connections', ' conn'],
};

const SPOKEN_UNITS: Readonly<Record<ComponentFacts['figures']['primary'], string>> = {
  rps: 'requests per second', reads: 'reads per second', writes: 'writes per second', ops: 'operations per second',
  messages: 'messages per second', jobs: 'jobs per second', connections: 'connections',
};

function primary(result: NodeResult, kind: ComponentFacts['figures']['primary']): number {
  if (kind === 'reads') return result.reads_rps;
  if (kind === 'writes') return result.writes_rps;
  return kind === 'connections' ? (result.evidence['connections'] ?? result.arrival_rps) : result.arrival_rps;
}

/** Whether the type shows load at all: a client causes load, it has none. */
function hasLoad<T extends Pick<NodeLoad, 'utilisation'>>(facts: ComponentFacts, result: T): result is T & { readonly utilisation: number } {
  return facts.silhouette !== 'client' && facts.silhouette !== 'unknown' && result.utilisation !== null;
}

/** Bar length: utilisation as a share of the bar, 0 to 1; null where there is no bar. */
export function barShare(facts: ComponentFacts, result: NodeLoad): number | null {
  return hasLoad(facts, result) ? Math.min(1, Math.max(0, result.utilisation)) : null;
}

/** Heat of a component. */
export function nodeHeat(facts: ComponentFacts, result: NodeLoad): NodeHeat {
  if (!hasLoad(facts, result)) return { step: 0, knee: DEFAULT_KNEE };
  const binding = result.resources.find((resource) => resource.resource === result.binding);
  return { step: heatStep(result.utilisation), knee: binding?.knee ?? DEFAULT_KNEE };
}

/** Percent that agrees with the step: below saturation it never reads 100 %. */
function percent(utilisation: number): string {
  return formatUtilisation(utilisation < 1 ? Math.min(utilisation, 0.994) : utilisation);
}

const NO_RANGES: NodeRanges = {};

/** The second figure, longest wording first; where it is uncertain from end to end. */
function secondary(facts: ComponentFacts, result: NodeResult, ranges: NodeRanges): readonly string[] {
  const waiting = result.backlog?.messages.value ?? null;
  if (facts.figures.secondary === 'backlog' && waiting !== null && waiting >= 1) {
    const ends = endsText(ranges.backlog, unitWriting(''));
    return [...(ends === null ? [] : [`${ends} waiting`, ends]), `${formatNumber(waiting)} waiting`, formatNumber(waiting)];
  }
  if (facts.silhouette === 'client') return [''];
  return [endsText(ranges.utilisation, RANGED.utilisation) ?? (result.utilisation === null ? '' : percent(result.utilisation))];
}

/** Which range belongs to the first figure. */
function primaryEnds(ranges: NodeRanges, kind: ComponentFacts['figures']['primary']): Ends | undefined {
  if (kind === 'reads') return ranges.reads_rps;
  if (kind === 'writes') return ranges.writes_rps;
  return kind === 'connections' ? (ranges.connections ?? ranges.arrival_rps) : ranges.arrival_rps;
}

/** The first figure, longest wording first: from end to end, else the likely one without the digits that nobody knows. */
function primaryWordings(facts: ComponentFacts, result: NodeResult, ranges: NodeRanges): readonly string[] {
  const kind = facts.figures.primary;
  const ends = primaryEnds(ranges, kind);
  const text = ends && rangeText(ends, unitWriting(''));
  const value = text?.figure ?? formatNumber(primary(result, kind));
  return [...(text ? UNITS[kind].map((unit) => text.ends + unit) : []), ...UNITS[kind].map((unit) => value + unit), value];
}

/** The longest wordings that stand side by side with a gap; figures are never cut, only their units. */
export function fitFigures(left: readonly string[], right: readonly string[], width: number): readonly [string, string] {
  const room = (width - PADDING - GAP) / CHARACTER;
  for (const second of right) for (const first of left) if (first.length + second.length <= room) return [first, second];
  return [left.at(-1) ?? '', right.at(-1) ?? ''];
}

function spoken(facts: ComponentFacts, result: NodeResult, ranges: NodeRanges): string {
  const kind = facts.figures.primary;
  const rate = `${endsText(primaryEnds(ranges, kind), unitWriting('')) ?? formatNumber(primary(result, kind))} ${SPOKEN_UNITS[kind]}`;
  if (!hasLoad(facts, result)) return rate;
  return `${(endsText(ranges.utilisation, RANGED.utilisation) ?? percent(result.utilisation)).replace(' %', '')} percent, ${heatWord(heatStep(result.utilisation))}, ${rate}`;
}

/** Words and figures of a component at the evaluated load, for its width; as ranges where those are known. */
export function nodeText(facts: ComponentFacts, result: NodeResult, width: number, ranges: NodeRanges = NO_RANGES): NodeText {
  const [metric, figure] = fitFigures(result.saturated ? ['Saturated'] : primaryWordings(facts, result, ranges), secondary(facts, result, ranges), width);
  return { metric, figure, spoken: spoken(facts, result, ranges) };
}

/** Shown before the first answer. */
export const NO_TEXT: NodeText = { metric: NO_FIGURE, figure: NO_FIGURE, spoken: 'no result yet' };
