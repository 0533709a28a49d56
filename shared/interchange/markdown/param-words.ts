import type { ParamField, Unit } from '../../contracts/params.ts';
import { formatBytes, formatDuration, formatMonthly, formatMs, formatNumber, formatPercent } from '../../lib/format.ts';

const plain = (unit: string) => (value: number): string => `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`;

const NUMBERS: Readonly<Record<Unit, (value: number) => string>> = {
  ms: formatMs,
  s: formatDuration,
  days: (value) => formatDuration(value * 86_400),
  kb: (value) => formatBytes(value * 1e3),
  mb: (value) => formatBytes(value * 1e6),
  gb: (value) => formatBytes(value * 1e9),
  rps: plain('rps'),
  ratio: formatPercent,
  count: plain(''),
  none: plain(''),
  per_year: plain('a year'),
  usd_month: formatMonthly,
  usd_hour: (value) => `$${formatNumber(value)}/h`,
  vcpu: plain('vCPU'),
  ops: plain('ops/s'),
  iops: plain('IOPS'),
  mb_s: plain('MB/s'),
  months: plain('months'),
  times: (value) => `${formatNumber(value)}x`,
  per_day: plain('a day'),
  bytes: (value) => formatBytes(value),
  fte: plain('FTE'),
};

/** A number of a unit in words: "2 vCPU", "38 ms". */
export function unitWords(unit: Unit, value: number): string {
  return NUMBERS[unit](value);
}

function members(value: object, fields: readonly ParamField[]): string {
  const stored = value as Readonly<Record<string, unknown>>;
  return fields.filter(({ key }) => stored[key] !== undefined).map((field) => `${field.label} ${paramWords(field, stored[field.key])}`).join(', ');
}

/** A parameter's value in words with its unit: "2 vCPU", "38 ms", "yes", "none". Sparse and odd values read as they are. */
export function paramWords(field: ParamField, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'number') return NUMBERS[field.unit ?? 'none'](value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return field.options?.[value] ?? value.replaceAll('_', ' ');
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((entry) => paramWords(field, entry)).join(', ');
  return field.members ? members(value, field.members) : JSON.stringify(value);
}
