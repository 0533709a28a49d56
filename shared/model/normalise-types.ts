import { LIMITS } from './limits.ts';
import { has, isData, quote, type Data } from './plain-data.ts';
import type { ProblemList } from './problem-list.ts';

/** Which component types exist and how else documents may spell them. Handed in: the model knows no catalogue. */
export interface TypeVocabulary {
  readonly knownTypes: ReadonlySet<string>;
  readonly typeAliases: ReadonlyMap<string, string>;
}

/** The type of a component that names none; no catalogue has it, so it passes traffic unchanged. */
export const UNKNOWN_TYPE = 'unknown';

/** The vocabulary of a catalogue's components, keyed by type. */
export function typeVocabulary(components: ReadonlyMap<string, { readonly aliases?: readonly string[] }>): TypeVocabulary {
  const typeAliases = new Map<string, string>();
  for (const [type, { aliases = [] }] of components) for (const alias of aliases) typeAliases.set(alias, type);
  return { knownTypes: new Set(components.keys()), typeAliases };
}

/** The catalogue's spelling of a type, or the type itself when the catalogue does not know it. */
export function canonicalType(type: string, { knownTypes, typeAliases }: TypeVocabulary): string {
  if (knownTypes.has(type)) return type;
  const kebab = type.trim().toLowerCase().replace(/[_\s]+/g, '-');
  return typeAliases.get(type) ?? (knownTypes.has(kebab) ? kebab : (typeAliases.get(kebab) ?? typeAliases.get(kebab.replaceAll('-', '_')) ?? type));
}

/** Spell a node's type as the catalogue does. Types that the catalogue does not know stay as they are. */
export function normaliseType(id: string, node: Data, vocabulary: TypeVocabulary | undefined, problems: ProblemList): void {
  if (typeof node.type !== 'string' || node.type === '' || vocabulary === undefined) return;
  const type = canonicalType(node.type, vocabulary);
  if (type === node.type) return;
  problems.add({ level: 'info', code: 'type-spelling', message: `The type ${quote(node.type)} is written "${type}" here.`, where: `nodes.${id}.type` });
  node.type = type;
}

/** Other names of connection parameters; where both stand, the first decides (semantics 1.5). */
const EDGE_SYNONYMS = [
  ['queries', 'queries_per_call'],
  ['mode', 'cache_mode'],
] as const;

function applySynonyms(params: Data, where: string, problems: ProblemList): void {
  for (const [name, other] of EDGE_SYNONYMS) {
    if (!has(params, other)) continue;
    if (has(params, name)) {
      problems.add({ level: 'info', code: 'synonym', message: `"${name}" and "${other}" mean the same; "${name}" counts.`, where });
      continue;
    }
    params[name] = params[other];
    delete params[other];
    problems.add({ level: 'info', code: 'synonym', message: `"${other}" is written "${name}" here.`, where });
  }
}

function limited(value: number, where: string, problems: ProblemList): number {
  const next = Math.min(Math.max(value, -LIMITS.number), LIMITS.number);
  if (next !== value) problems.add({ level: 'warning', code: 'number-limited', message: `${value} is beyond what can be computed; it was read as ${next}.`, where });
  return next;
}

const PROVENANCES: ReadonlySet<unknown> = new Set(['V', 'M', 'D', 'A', 'U', 'X']);

/** A range in order, with all three numbers. Objects without a number as `likely` are something else and stay. */
function orderedRange(value: Data, where: string, problems: ProblemList): Data {
  if (typeof value.likely !== 'number') return value;
  const likely = limited(value.likely, where, problems);
  const end = (key: 'low' | 'high'): number => (typeof value[key] === 'number' ? limited(value[key], where, problems) : likely);
  const [low, middle, high] = [end('low'), likely, end('high')].sort((a, b) => a - b);
  const range: Data = { ...value, low, likely: middle, high };
  if (has(range, 'provenance') && !PROVENANCES.has(range.provenance)) delete range.provenance;
  const same = Object.keys(value).length === Object.keys(range).length && (['low', 'likely', 'high'] as const).every((key) => value[key] === range[key]);
  if (same) return value;
  problems.add({ level: 'warning', code: 'range-changed', message: `A range was out of order or incomplete; it was read as ${String(low)}, ${String(middle)}, ${String(high)}.`, where });
  return range;
}

/** A structured value with the ranges among its members in order. */
function orderedMembers(value: Data, where: string, problems: ProblemList): Data {
  const isMember = (member: unknown): member is Data => isData(member) && has(member, 'likely');
  if (!Object.values(value).some(isMember)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, isMember(member) ? orderedRange(member, `${where}.${key}`, problems) : member]));
}

/** Parameters with finite numbers, ordered ranges and the names this program writes. Changes `owner.params`. */
export function normaliseParams(owner: Data, kind: 'nodes' | 'edges', id: string, problems: ProblemList): void {
  if (!isData(owner.params)) return;
  const params: Data = { ...owner.params };
  const where = `${kind}.${id}.params`;
  if (kind === 'edges') applySynonyms(params, where, problems);
  for (const [key, value] of Object.entries(params)) {
    if (typeof value === 'number') params[key] = limited(value, `${where}.${key}`, problems);
    else if (isData(value)) params[key] = has(value, 'likely') ? orderedRange(value, `${where}.${key}`, problems) : orderedMembers(value, `${where}.${key}`, problems);
  }
  if (kind === 'nodes' && params.algorithm === 'least_outstanding') params.algorithm = 'least_conn';
  owner.params = params;
}

/** Put the ranges among the own numbers of the workload, of a journey or of data in order. Changes `owner`. */
export function normaliseOwnRanges(owner: Data, where: string, problems: ProblemList): void {
  for (const [key, value] of Object.entries(owner)) if (isData(value) && has(value, 'likely')) owner[key] = orderedRange(value, `${where}.${key}`, problems);
}

/** The same for a journey, its steps and its demands. Changes `journey`. */
export function normaliseJourneyRanges(journey: Data, where: string, problems: ProblemList): void {
  normaliseOwnRanges(journey, where, problems);
  const parts = { steps: Array.isArray(journey.steps) ? journey.steps : [], demands: isData(journey.demands) ? journey.demands : {} };
  for (const [part, things] of Object.entries(parts)) {
    for (const [at, thing] of Object.entries(things)) if (isData(thing)) normaliseOwnRanges(thing, `${where}.${part}.${at}`, problems);
  }
}
