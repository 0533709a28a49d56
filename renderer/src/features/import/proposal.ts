import { catalog } from '../../../../catalog/index.ts';
import { CONFIDENCES, type Confidence, type Guess, type GuessTarget, type ImportReport } from '../../../../shared/interchange/import-report.ts';
import { leaveOut, retypeNode } from '../../../../shared/interchange/revise.ts';
import type { Boundary, Design, EdgeKind } from '../../../../shared/model/design.ts';
import { removeObjects } from '../../document/edits/remove.ts';
import { setBoundaryKind, setEdgeKind, setNodeProperty } from '../../document/edits/set.ts';
import { resolvePart } from '../../document/parts.ts';

/** What a person decided about one guess. `part` is a component type or a preset; `edge: null` infers the kind from the ends. */
export type Choice =
  | { readonly kind: 'part'; readonly part: string }
  | { readonly kind: 'edge'; readonly edge: EdgeKind | null }
  | { readonly kind: 'boundary'; readonly boundary: Boundary['kind'] }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'out' };

/** Decisions by `rowKey`, in the order in which they were made. */
export type Choices = ReadonlyMap<string, Choice>;

/** One line of the dialog's table. */
export interface ImportRow {
  readonly key: string;
  readonly target: GuessTarget;
  readonly what: string;
  /** How sure the importer was; it decides where the row stands, whatever is decided afterwards. */
  readonly confidence: Confidence;
  /** What the importer said, before any decision. */
  readonly original: Guess;
}

const TARGET_ORDER: readonly GuessTarget['kind'][] = ['node', 'boundary', 'edge'];

/** The key of a guess among all of one import. */
export function rowKey({ kind, id }: GuessTarget): string {
  return `${kind} ${id}`;
}

/** Every guess that can be changed, least sure first, components before connections, else in the order of the files. */
export function rowsOf(report: ImportReport): readonly ImportRow[] {
  const rows = report.guesses
    .filter(({ target }) => TARGET_ORDER.includes(target.kind))
    .map((guess, index) => ({ guess, index }));
  const rank = ({ guess }: { readonly guess: Guess }): number => CONFIDENCES.indexOf(guess.confidence) * TARGET_ORDER.length + TARGET_ORDER.indexOf(guess.target.kind);
  return rows
    .sort((a, b) => rank(a) - rank(b) || a.index - b.index)
    .map(({ guess }) => ({ key: rowKey(guess.target), target: guess.target, what: guess.what, confidence: guess.confidence, original: guess }));
}

function withGuess(report: ImportReport, key: string, change: Partial<Guess>): ImportReport {
  return { ...report, guesses: report.guesses.map((guess) => (rowKey(guess.target) === key ? { ...guess, ...change } : guess)) };
}

function withDesign(report: ImportReport, recipe: (draft: Design) => void): ImportReport {
  const design = structuredClone(report.design);
  recipe(design);
  return { ...report, design };
}

const CHOSEN = { confidence: 'sure', because: 'chosen by you' } as const;

function choosePart(report: ImportReport, id: string, partId: string): ImportReport {
  const part = resolvePart(partId);
  if (!part) return report;
  const typed = retypeNode(report, id, part.component.type, catalog);
  const params = part.preset?.params ?? {};
  const preset = withDesign(typed, (draft) => {
    setNodeProperty(draft, id, 'guessed', undefined);
    Object.assign(draft.nodes[id]?.params ?? {}, structuredClone(params));
  });
  return withGuess(preset, rowKey({ kind: 'node', id }), { ...CHOSEN, became: part.title });
}

function without(report: ImportReport, { kind, id }: GuessTarget): ImportReport {
  if (kind === 'node') return leaveOut(report, id);
  const rest = withDesign(report, (draft) => removeObjects(draft, kind === 'edge' ? { edge: [id] } : { boundary: [id] }));
  const gone = ({ target }: Guess): boolean => rowKey(target) === rowKey({ kind, id }) || (target.kind === 'edge' && rest.design.edges[target.id] === undefined);
  return { ...rest, guesses: report.guesses.filter((guess) => !gone(guess)) };
}

function apply(report: ImportReport, target: GuessTarget, choice: Choice): ImportReport {
  const key = rowKey(target);
  if (choice.kind === 'part') return choosePart(report, target.id, choice.part);
  if (choice.kind === 'out') return without(report, target);
  if (choice.kind === 'confirm') {
    const certain = withGuess(report, key, { confidence: 'sure' });
    return target.kind === 'node' ? withDesign(certain, (draft) => setNodeProperty(draft, target.id, 'guessed', undefined)) : certain;
  }
  const decided = withGuess(report, key, CHOSEN);
  if (choice.kind === 'edge') return withDesign(decided, (draft) => setEdgeKind(draft, target.id, choice.edge ?? undefined));
  return withDesign(decided, (draft) => setBoundaryKind(draft, target.id, choice.boundary));
}

/** The proposal with every decision made: types first, because a new type lets its connections' kinds be inferred again. */
export function decided(base: ImportReport, choices: Choices): ImportReport {
  const targets = new Map(base.guesses.map(({ target }) => [rowKey(target), target]));
  const order = [...choices].sort(([, a], [, b]) => Number(b.kind === 'part') - Number(a.kind === 'part'));
  return order.reduce((report, [key, choice]) => {
    const target = targets.get(key);
    const present = report.guesses.some((guess) => rowKey(guess.target) === key);
    return target && present ? apply(report, target, choice) : report;
  }, base);
}

/** Rows that still stand for something: a connection goes with its end, unless it was taken out by itself. */
export function standingRows(rows: readonly ImportRow[], report: ImportReport, choices: Choices): readonly ImportRow[] {
  const present = new Set(report.guesses.map(({ target }) => rowKey(target)));
  return rows.filter(({ key }) => present.has(key) || choices.get(key)?.kind === 'out');
}

/** Decisions about one set of rows brought over to another reading of the same files and more. */
export function carried(before: readonly ImportRow[], choices: Choices, rows: readonly ImportRow[]): Choices {
  const name = ({ target, what }: ImportRow): string => `${target.kind} ${what}`;
  const made = new Map(before.flatMap((row) => (choices.has(row.key) ? [[name(row), choices.get(row.key)] as const] : [])));
  const found = new Map<string, Choice>();
  for (const row of rows) {
    const choice = made.get(name(row));
    if (choice) found.set(row.key, choice);
  }
  return found;
}

/**
 * What a correction is remembered by: the image without registry's tag or digest; without an image the service's name.
 * Null for what is no component.
 */
export function correctionKey({ target, because, what }: Guess): string | null {
  if (target.kind !== 'node') return null;
  const image = /^image (\S+?)(?:@\S+|:[^\s/:]+)?(?=[,;\s]|$)/.exec(because)?.[1];
  return image === undefined ? `service ${what}` : `image ${image}`;
}

/** Decisions that were remembered from earlier imports and fit this one. */
export function recalled(report: ImportReport, remembered: Readonly<Record<string, string>>): Choices {
  const known = report.guesses.flatMap((guess): [string, Choice][] => {
    const key = correctionKey(guess);
    const part = key === null || !Object.hasOwn(remembered, key) ? undefined : remembered[key];
    return part === undefined || resolvePart(part) === undefined ? [] : [[rowKey(guess.target), { kind: 'part', part }]];
  });
  return new Map(known);
}

/** The types that were chosen, by `correctionKey`. */
export function corrections(rows: readonly ImportRow[], choices: Choices): Readonly<Record<string, string>> {
  const found = rows.flatMap(({ key, original }): [string, string][] => {
    const choice = choices.get(key);
    const name = correctionKey(original);
    return choice?.kind === 'part' && name !== null ? [[name, choice.part]] : [];
  });
  return Object.fromEntries(found);
}
