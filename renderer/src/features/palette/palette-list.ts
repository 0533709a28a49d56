import { CATEGORIES, type Category } from '../../../../shared/contracts/component.ts';
import type { ParamField, Unit } from '../../../../shared/contracts/params.ts';
import { formatBytes, formatDuration, formatNumber, formatRate } from '../../../../shared/lib/format.ts';
import { BOUNDARY_GLYPHS } from '../../../../shared/drawing/boundary-figures.ts';
import type { Boundary } from '../../../../shared/model/design.ts';
import { BOUNDARY_DRAG_TYPES, PART_DRAG_TYPE } from '../../document/add-request.ts';
import { BOUNDARY_WORDS } from '../../document/commands/add-boundary.ts';
import { PARTS, plain, searchParts, type Part } from '../../document/parts.ts';

const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  edge: 'Edge',
  compute: 'Compute',
  data: 'Data',
  messaging: 'Messaging',
  platform: 'Platform',
  other: 'Other',
};

/** A row: something that can be put on the paper. */
export interface PaletteItem {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  /** What stands at the right of the name: a key figure, or the type of a preset. */
  readonly aside: string | null;
  /** The card: its heading, what it is, when not to use it. */
  readonly card: { readonly title: string; readonly what: string; readonly whenNot: string };
  /** What a drag carries: its data transfer type and text. */
  readonly drag: readonly [type: string, text: string];
}

/** Rows under one heading; `category` is what the rail opens. */
export interface PaletteSection {
  readonly title: string;
  readonly category: Category | 'boundaries' | null;
  readonly items: readonly PaletteItem[];
}

function partItem(part: Part): PaletteItem {
  const { docs, title, icon } = part.component;
  return {
    id: part.id,
    title: part.title,
    icon,
    aside: part.detail ?? keyFigure(part),
    card: { title: part.preset === null ? title : `${part.title}, ${title}`, what: docs.what, whenNot: docs.whenNot },
    drag: [PART_DRAG_TYPE, part.id],
  };
}

const BOUNDARY_PREFIX = 'boundary:';

/** The kind of boundary that a row stands for; null for a part. */
export function boundaryKind(id: string): Boundary['kind'] | null {
  return BOUNDARY_KINDS.find((kind) => id === `${BOUNDARY_PREFIX}${kind}`) ?? null;
}

const BOUNDARY_KINDS = ['region', 'zone', 'cluster', 'group'] as const;

const BOUNDARY_CARDS: Readonly<Record<Boundary['kind'], PaletteItem['card']>> = {
  region: { title: 'Region', what: 'A region of a provider: zones near each other. Calls that leave it travel far.', whenNot: 'Not for one data centre: that is a zone.' },
  zone: { title: 'Zone', what: 'An availability zone: what stands in it can fail together.', whenNot: 'Not for a team or a topic: draw a group.' },
  cluster: { title: 'Cluster', what: 'Machines under one control, as a Kubernetes cluster: what stands in it can fail together.', whenNot: 'Not for the instances of one service: set their number.' },
  group: { title: 'Group', what: 'A frame with a name. It changes no figure.', whenNot: 'Not for what fails together: draw a zone or a cluster.' },
};

const BOUNDARIES: readonly PaletteItem[] = BOUNDARY_KINDS.map((kind) => ({
  id: `${BOUNDARY_PREFIX}${kind}`,
  title: BOUNDARY_CARDS[kind].title,
  icon: BOUNDARY_GLYPHS[kind],
  aside: null,
  card: BOUNDARY_CARDS[kind],
  drag: [BOUNDARY_DRAG_TYPES[kind], kind],
}));

/** A boundary goes before the parts only by its whole name: "re" wants Redis more often than a region. */
function found(text: string): readonly PaletteItem[] {
  const wanted = plain(text);
  const words = (kind: Boundary['kind']): readonly string[] => [kind, ...BOUNDARY_WORDS[kind]].map(plain);
  const hits = BOUNDARY_KINDS.flatMap((kind, index) => (words(kind).some((word) => word.startsWith(wanted)) ? (BOUNDARIES[index] ?? []) : []));
  const exact = hits.filter((item) => plain(item.title) === wanted);
  return [...exact, ...searchParts(text).map(partItem), ...hits.filter((item) => !exact.includes(item))];
}

/** What the palette shows for a text: recent rows and categories, or one list of hits, best first. */
export function paletteSections(text: string, recent: readonly string[]): readonly PaletteSection[] {
  if (text.trim() !== '') return [{ title: 'Found', category: null, items: found(text) }];
  const known = recent.flatMap((id) => BOUNDARIES.find((item) => item.id === id) ?? PARTS.filter((part) => part.id === id).map(partItem));
  const types = searchParts('');
  const sections: readonly PaletteSection[] = [
    { title: 'Recent', category: null, items: known },
    ...CATEGORIES.map((category) => ({ title: CATEGORY_TITLES[category], category, items: types.filter((part) => part.component.category === category).map(partItem) })),
    { title: 'Boundaries', category: 'boundaries', items: BOUNDARIES },
  ];
  return sections.filter(({ items }) => items.length > 0);
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

/** Most recent rows first, each once. */
export function withRecent(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, 4);
}
