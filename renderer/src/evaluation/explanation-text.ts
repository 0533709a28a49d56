import type { Explanation } from '../../../shared/contracts/evaluation.ts';
import {
  formatAvailability, formatBytes, formatCount, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatQuantity, formatRate,
} from '../../../shared/lib/format.ts';
import type { Provenance } from '../../../shared/model/quantity.ts';
import { wholeScore } from './axis-titles.ts';

/** Shares near 1 are availabilities: three figures of them would all read 100 %. */
const NEARLY_ALL = 0.99;

function formatShare(share: number): string {
  return share > NEARLY_ALL && share <= 1 ? formatAvailability(share) : formatPercent(share);
}

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  ms: formatMs,
  s: formatDuration,
  kb: (value) => formatBytes(value * 1e3),
  mb: (value) => formatBytes(value * 1e6),
  gb: (value) => formatBytes(value * 1e9),
  rps: (value) => formatRate(value),
  ops: (value) => formatRate(value, 'ops/s'),
  iops: (value) => formatRate(value, 'IOPS'),
  mb_s: (value) => formatRate(value, 'MB/s'),
  ratio: formatShare,
  count: formatCount,
  per_year: (value) => `${formatNumber(value)} a year`,
  usd_month: formatMonthly,
  usd_hour: (value) => `${formatMoney(value)}/hour`,
  vcpu: (value) => `${formatNumber(value)} vCPU`,
  days: (value) => `${formatNumber(value)} days`,
  points: (value) => (value < 0 || value > 100 ? formatNumber(value) : String(wholeScore(value))),
  times: formatMultiple,
};

/** A number in its unit as a tree shows it. An unknown unit is left out rather than guessed. */
export function formatIn(unit: string | undefined, value: number): string {
  return (FORMATS[unit ?? ''] ?? ((plain: number) => formatNumber(plain)))(value);
}

/** The value of a line; empty where the line is words only ("Algorithm: least outstanding"). */
export function valueText({ value, unit }: Pick<Explanation, 'value' | 'unit'>): string {
  if (value.state === 'not_applicable') return '';
  if (value.state === 'not_modelled') return 'not modelled';
  return formatQuantity(value, (number) => formatIn(unit, number));
}

/** Origins in words. */
export const PROVENANCE_WORDS: Readonly<Record<Provenance, string>> = {
  V: 'read in the source',
  M: 'published value',
  D: 'derived from other values',
  A: 'assumed',
  U: 'yours',
  X: 'measured by you',
};

/** A change of points with its sign: "+5.2", "−0.4". */
export function pointsChange(change: number): string {
  if (Math.abs(change) < 0.05) return '0';
  const size = Math.abs(change);
  return `${change < 0 ? '−' : '+'}${size < 10 ? size.toFixed(1).replace(/\.0$/, '') : String(Math.round(size))}`;
}
