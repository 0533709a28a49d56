import { noteTitle } from '../../../../shared/drawing/note-text.ts';
import type { Evaluation } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** How the drawing is listed. */
export type OutlineView = 'boundary' | 'journey';

/** One visible line of the outline. */
export interface OutlineRow {
  /** Stable while the thing stays where it is: "boundary:z/node:api". */
  readonly key: string;
  readonly kind: 'boundary' | 'node' | 'note' | 'journey';
  readonly id: string;
  readonly name: string;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

interface Item { readonly kind: OutlineRow['kind']; readonly id: string; readonly name: string; readonly children: () => readonly Item[] }

const NONE = (): readonly Item[] => [];

function rowsOf(items: readonly Item[], parent: string, level: number, closed: ReadonlySet<string>): OutlineRow[] {
  return items.flatMap((item, index) => {
    const key = `${parent}${item.kind}:${item.id}`;
    const children = item.children();
    const expandable = children.length > 0;
    const expanded = expandable && !closed.has(key);
    const row: OutlineRow = { key, kind: item.kind, id: item.id, name: item.name, level, position: index + 1, siblings: items.length, expandable, expanded };
    return expanded ? [row, ...rowsOf(children, `${key}/`, level + 1, closed)] : [row];
  });
}

/** First line of a note. */
function noteName(text: string): string {
  return noteTitle(text) || 'Empty note';
}

/** What stands on the paper (`null`) or in a boundary: boundaries, components, notes, each in the order they were drawn. */
function byParent(design: Design): ReadonlyMap<string | null, readonly Item[]> {
  const known = (id: string | null | undefined): string | null => (id != null && Object.hasOwn(design.boundaries, id) ? id : null);
  const out = new Map<string | null, Item[]>();
  const put = (parent: string | null, item: Item): void => void out.set(parent, [...(out.get(parent) ?? []), item]);
  for (const boundary of Object.values(design.boundaries)) {
    const parent = circular(design, boundary.id) ? null : known(boundary.parent);
    put(parent, { kind: 'boundary', id: boundary.id, name: boundary.name, children: () => (out.get(boundary.id) ?? []).filter((item) => item.id !== boundary.id) });
  }
  for (const node of Object.values(design.nodes)) put(known(node.boundary), { kind: 'node', id: node.id, name: node.name, children: NONE });
  for (const note of Object.values(design.notes)) put(known(note.boundary), { kind: 'note', id: note.id, name: noteName(note.text), children: NONE });
  return out;
}

/** Whether a boundary stands in itself, in a file that was written by hand: it is listed at the top then. */
function circular(design: Design, id: string): boolean {
  const seen = new Set<string>();
  for (let at = design.boundaries[id]?.parent ?? null; at !== null && !seen.has(at); at = design.boundaries[at]?.parent ?? null) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

/** Journeys with the components that each passes, in the order of its walk. */
function journeyItems(design: Design, journeys: Evaluation['journeys']): readonly Item[] {
  return Object.values(journeys).map((journey) => ({
    kind: 'journey', id: journey.id, name: journey.name,
    children: () => journey.nodes.flatMap((id): readonly Item[] => (design.nodes[id] ? [{ kind: 'node', id, name: design.nodes[id].name, children: NONE }] : [])),
  }));
}

/** The outline as lines, top to bottom; `closed` holds the keys of what is folded. Without an evaluation no journey is known. */
export function outlineRows(design: Design, evaluation: Evaluation | null, view: OutlineView, closed: ReadonlySet<string>): readonly OutlineRow[] {
  const top = view === 'boundary' ? (byParent(design).get(null) ?? []) : journeyItems(design, evaluation?.journeys ?? {});
  return rowsOf(top, '', 1, closed);
}

/** What a key does in the tree: go to a line, or open or close the one it stands on. */
export type TreeStep = { readonly to: number } | { readonly open: boolean } | null;

/** The meaning of an arrow, Home or End on a line (WAI-ARIA tree). */
export function treeStep(rows: readonly OutlineRow[], at: number, key: string): TreeStep {
  const row = rows[at];
  if (!row) return null;
  if (key === 'ArrowDown') return { to: Math.min(rows.length - 1, at + 1) };
  if (key === 'ArrowUp') return { to: Math.max(0, at - 1) };
  if (key === 'Home') return { to: 0 };
  if (key === 'End') return { to: rows.length - 1 };
  if (key === 'ArrowRight') return row.expandable ? (row.expanded ? { to: at + 1 } : { open: true }) : null;
  if (key !== 'ArrowLeft') return null;
  if (row.expanded) return { open: false };
  const parent = rows.slice(0, at).findLastIndex((other) => other.level < row.level);
  return parent < 0 ? null : { to: parent };
}

/** The next line whose name begins with what was typed, round and round; a single letter moves on from the line it stands on. */
export function typedLine(rows: readonly OutlineRow[], at: number, typed: string): number | null {
  const wanted = typed.toLowerCase();
  const start = typed.length === 1 ? at + 1 : at;
  for (let step = 0; step < rows.length; step++) {
    const index = (start + step) % rows.length;
    if (rows[index]?.name.toLowerCase().startsWith(wanted)) return index;
  }
  return null;
}
