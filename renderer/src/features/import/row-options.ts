import { edgeEnd, inferEdgeKind, type EdgeEnd } from '../../../../shared/contracts/edge-kind.ts';
import { resolveParams } from '../../../../shared/contracts/params.ts';
import type { Guess } from '../../../../shared/interchange/import-report.ts';
import { EDGE_KINDS, type Boundary, type Design, type EdgeKind } from '../../../../shared/model/design.ts';
import { PARTS, resolvePart, searchParts } from '../../document/parts.ts';
import type { ComboboxOption } from '../../ui/Combobox.tsx';
import type { Choice, ImportRow } from './proposal.ts';

const OUT: ComboboxOption = { value: '-out', label: 'Leave out', keywords: ['skip', 'remove', 'ignore'] };
const INFERRED = '-inferred';

const KIND_WORDS: Readonly<Record<EdgeKind, string>> = {
  http: 'Calls', db: 'Queries', cache: 'Caches in', publish: 'Publishes to', consume: 'Is consumed by', trigger: 'Triggers',
  replicate: 'Replicates to', trace: 'Traces to', migrate: 'Migrates', lookup: 'Looks up', ws: 'Holds connections to',
};
const BOUNDARY_WORDS: Readonly<Record<Boundary['kind'], string>> = { group: 'Group', cluster: 'Cluster', zone: 'Zone', region: 'Region' };

const PART_OPTIONS: readonly ComboboxOption[] = PARTS.map((part) => ({
  value: part.id,
  label: part.title,
  icon: part.component.icon,
  group: 'All parts',
  ...(part.detail === null ? {} : { detail: part.detail }),
}));

function partOptions(guess: Guess): readonly ComboboxOption[] {
  const first = guess.alternatives.flatMap((id) => PART_OPTIONS.find(({ value }) => value === id) ?? []);
  const suggested = first.map((option) => ({ ...option, group: 'Suggested' }));
  return [...suggested, ...PART_OPTIONS.filter((option) => !first.includes(option)), { ...OUT, group: 'All parts' }];
}

/** Options of a row, and what a typed text finds among them. */
export interface RowOptions {
  readonly options: readonly ComboboxOption[];
  readonly search?: (query: string) => readonly string[];
}

function searchPart(query: string): readonly string[] {
  const out = OUT.label.toLowerCase().startsWith(query.trim().toLowerCase()) ? [OUT.value] : [];
  return [...searchParts(query).map(({ id }) => id), ...out];
}

const BOUNDARY_OPTIONS: readonly ComboboxOption[] = [...(['group', 'cluster', 'zone', 'region'] as const).map((kind) => ({ value: kind, label: BOUNDARY_WORDS[kind] })), OUT];

function endOf(design: Design, id: string | undefined): EdgeEnd | null {
  const node = id === undefined ? undefined : design.nodes[id];
  const component = node && resolvePart(node.type)?.component;
  if (!node || !component) return null;
  const { values, stated } = resolveParams(component.params, node.params);
  return edgeEnd(component.type, component.behavior(values, { stated, managed: node.managed ?? false, hot_set_bytes: 0 }));
}

/** The kind of a connection as its ends have it, in words; null when an end is not typed. */
function inferredWords(design: Design, id: string): string | null {
  const edge = design.edges[id];
  const [from, to] = [endOf(design, edge?.from), endOf(design, edge?.to)];
  return from && to ? KIND_WORDS[inferEdgeKind(from, to)] : null;
}

/** What a row can become. */
export function optionsFor({ target, original }: ImportRow, design: Design): RowOptions {
  if (target.kind === 'node') return { options: partOptions(original), search: searchPart };
  if (target.kind === 'boundary') return { options: BOUNDARY_OPTIONS };
  const inferred = inferredWords(design, target.id);
  const auto = { value: INFERRED, label: inferred ?? 'Auto', detail: 'as its ends say' };
  return { options: [auto, ...EDGE_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] })), OUT] };
}

/** The option that stands for what a row is now; null when nothing is chosen yet. */
export function valueOf({ target }: ImportRow, guess: Guess | undefined, choice: Choice | undefined, design: Design): string | null {
  if (choice?.kind === 'out') return OUT.value;
  if (choice?.kind === 'part') return choice.part;
  if (target.kind === 'boundary') return design.boundaries[target.id]?.kind ?? null;
  if (target.kind === 'edge') return design.edges[target.id]?.kind ?? INFERRED;
  const type = design.nodes[target.id]?.type;
  const named = PARTS.find((part) => part.component.type === type && part.title === guess?.became);
  return named?.id ?? (type === undefined ? null : (resolvePart(type)?.id ?? null));
}

/** The decision that picking an option means. */
export function choiceOf({ target }: ImportRow, value: string): Choice {
  if (value === OUT.value) return { kind: 'out' };
  if (target.kind === 'node') return { kind: 'part', part: value };
  if (target.kind === 'boundary') return { kind: 'boundary', boundary: value as Boundary['kind'] };
  return { kind: 'edge', edge: EDGE_KINDS.find((kind) => kind === value) ?? null };
}
