import { formatAvailability, formatBytes, formatCount, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatRate, formatUtilisation } from '../lib/format.ts';
import type { NodeFigures } from './component.ts';
import type { Finding } from './evaluation.ts';
import type { Rule } from './rule.ts';

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  number: formatNumber, rate: formatRate, percent: formatPercent, ms: formatMs, s: formatDuration, usd: formatMonthly, money: formatMoney, count: formatCount,
  multiple: formatMultiple, utilisation: formatUtilisation, availability: formatAvailability,
  kb: (value) => formatBytes(value * 1e3), gb: (value) => formatBytes(value * 1e9),
};

/** What a rate counts at parts that take no requests, as the drawing writes it. */
export const RATE_UNITS: Readonly<Partial<Record<NodeFigures['primary'], string>>> = { jobs: 'jobs/s', messages: 'msg/s' };

/** A rate as `formatRate` writes it, counted in another unit. What is counted by the hour or the day has none. */
export function rateIn(text: string, unit: string | undefined): string {
  return unit === undefined ? text : text.replace(/ rps$/, ` ${unit}`);
}

/** A unit at the end of a key, said by the figure itself. */
const UNIT = /(?<=.) (rps|ms|s|usd|usd month|gb|kb|mb)$/;

/** A key as words: "spareShare" and "spare_share" are "spare share", "arrival_rps" is "arrival". */
export function keyWords(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase().replace(UNIT, '');
}

/** A number behind a finding: under which key it stands in the finding's data, and how it reads. */
export interface EvidenceFigure { readonly key: string; readonly text: string }

/** The numbers behind a finding, in the order of its message and each in its unit: "share 100 %", "availability 99.5 %". */
export function findingFigures(finding: Finding, rule: Pick<Rule, 'messages'> | undefined): readonly EvidenceFigure[] {
  const template = rule?.messages[finding.messageId] ?? '';
  const found = new Map<string, EvidenceFigure>();
  for (const [, key = '', format = 'number'] of template.matchAll(/\{(\w+)(?::(\w+))?\}/g)) {
    const value = finding.data[key];
    const write = FORMATS[format];
    const text = typeof value === 'number' && write ? `${keyWords(key)} ${write(value)}` : null;
    if (text !== null && !found.has(text)) found.set(text, { key, text });
  }
  return [...found.values()];
}

/** The same as words only. */
export function findingEvidence(finding: Finding, rule: Pick<Rule, 'messages'> | undefined): readonly string[] {
  return findingFigures(finding, rule).map(({ text }) => text);
}
