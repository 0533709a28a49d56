import { CATEGORIES, type Category } from '../../../../shared/contracts/component.ts';
import type { ParamField, Unit } from '../../../../shared/contracts/params.ts';
import { formatBytes, formatDuration, formatNumber, formatRate } from '../../../../shared/lib/format.ts';
import { PARTS, searchParts, type Part } from '../../document/parts.ts';

const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  edge: 'Edge',
  compute: 'Compute',
  data: 'Data',
  messaging: 'Messaging',
  platform: 'Platform',
  other: 'Other',
};

/** Rows under one heading. */
export interface PaletteSection {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** What the palette shows for a text: recent parts and categories, or one list of hits, best first. */
export function paletteSections(text: string, recent: readonly string[]): readonly PaletteSection[] {
  if (text.trim() !== '') return [{ title: 'Found', parts: searchParts(text) }];
  const known = recent.flatMap((id) => PARTS.find((part) => part.id === id) ?? []);
  const types = searchParts('');
  const categories = CATEGORIES.map((category) => ({ title: CATEGORY_TITLES[category], parts: types.filter((part) => part.component.category === category) }));
  return [{ title: 'Recent', parts: known }, ...categories].filter((section) => section.parts.length > 0);
}

const FIGURES: Partial<Readonly<Record<Unit, (value: number) => string>>> = {
  rps: (value) => formatRate(value),
  ops: (value) => formatRate(value, 'ops/s'),
  iops: (value) => formatRate(value, 'IOPS'),
  vcpu: (value) => `${formatNumber(value)} vCPU`,
  gb: (value) => formatBytes(value * 1e9),
  mb: (value) => `${formatNumber(value)} MB`,
  ms: (value) => formatDuration(value / 1000),
};

function keyField(fields: readonly ParamField[]): ParamField | undefined {
  const shown = fields.filter((field) => typeof field.default === 'number' && field.default > 0 && field.unit !== undefined && FIGURES[field.unit] !== undefined);
  return shown.find((field) => field.group === 'capacity') ?? shown[0];
}

/** The figure that tells a part's size: its first capacity as it comes. Null when it has none. */
export function keyFigure(part: Part): string | null {
  const field = keyField(part.component.fields);
  if (field?.unit === undefined) return null;
  const stated = part.preset?.params[field.key];
  const value = typeof stated === 'number' ? stated : field.default;
  return typeof value === 'number' ? (FIGURES[field.unit]?.(value) ?? null) : null;
}

/** Most recent parts first, each once. */
export function withRecent(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, 4);
}
