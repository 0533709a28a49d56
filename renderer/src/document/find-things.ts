import { noteTitle } from '../../../shared/drawing/note-text.ts';
import type { Design, DesignNode } from '../../../shared/model/design.ts';
import { plain, resolvePart } from './parts.ts';

/** A thing of the drawing that fits what was typed. */
export interface Hit {
  readonly kind: 'node' | 'boundary' | 'note' | 'journey';
  readonly id: string;
  readonly name: string;
  /** Its type in words: "Relational database", "zone", "note", "journey". */
  readonly detail: string;
  /** Name of the boundary it stands in, or null. */
  readonly where: string | null;
  /** SVG path data on a 20 x 20 grid, or null. */
  readonly glyph: string | null;
}

interface Searched extends Hit {
  /** Further words that find it. */
  readonly words: readonly string[];
}

/** Vendor names whose settings a component has: "PostgreSQL" for a database with what that preset sets. */
function presetsOf(node: DesignNode): readonly string[] {
  const component = resolvePart(node.type)?.component;
  const value = (key: string): unknown => node.params[key] ?? component?.fields.find((field) => field.key === key)?.default;
  return (component?.presets ?? []).flatMap(({ title, keywords, params }) => {
    const set = Object.entries(params);
    return set.length > 0 && set.every(([key, wanted]) => JSON.stringify(value(key)) === JSON.stringify(wanted)) ? [title, ...keywords] : [];
  });
}

function searched(design: Design): readonly Searched[] {
  const where = (id: string | null | undefined): string | null => (id == null ? null : (design.boundaries[id]?.name ?? null));
  return [
    ...Object.values(design.nodes).map((node): Searched => {
      const part = resolvePart(node.type);
      const place = where(node.boundary);
      return {
        kind: 'node', id: node.id, name: node.name, detail: part?.component.title ?? 'Not typed yet', where: place, glyph: part?.component.icon ?? null,
        words: [part?.title ?? node.type, ...(part?.keywords ?? []), ...presetsOf(node), ...(place === null ? [] : [place])],
      };
    }),
    ...Object.values(design.boundaries).map((boundary): Searched => ({ kind: 'boundary', id: boundary.id, name: boundary.name, detail: boundary.kind, where: where(boundary.parent), glyph: null, words: [boundary.kind] })),
    ...Object.values(design.notes).map((note): Searched => ({ kind: 'note', id: note.id, name: noteTitle(note.text), detail: 'note', where: where(note.boundary), glyph: null, words: [note.text] })),
    ...Object.values(design.journeys).map((journey): Searched => ({ kind: 'journey', id: journey.id, name: journey.name, detail: 'journey', where: null, glyph: null, words: ['journey'] })),
  ];
}

/** How well a text fits: 5 the whole name, 4 its start, 3 the start of a word in it, 2 inside it, 1 other words; 0 not. */
function fit(thing: Searched, wanted: string): number {
  const name = plain(thing.name);
  if (name === wanted) return 5;
  if (name.startsWith(wanted)) return 4;
  if (name.includes(` ${wanted}`)) return 3;
  if (wanted.length > 1 && name.includes(wanted)) return 2;
  const said = [thing.detail, ...thing.words].map(plain);
  return said.some((word) => word.startsWith(wanted) || word.includes(` ${wanted}`)) || wanted.split(' ').every((part) => [name, ...said].some((word) => ` ${word}`.includes(` ${part}`))) ? 1 : 0;
}

/**
 * What a text finds in a drawing: components by name, type, preset and boundary, boundaries and journeys by name, notes
 * by their text. Best first, then by name. Nothing for an empty text.
 */
export function findThings(design: Design, text: string): readonly Hit[] {
  const wanted = plain(text);
  if (wanted === '') return [];
  return searched(design)
    .map((thing) => ({ thing, score: fit(thing, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.thing.name < b.thing.name ? -1 : a.thing.name > b.thing.name ? 1 : a.thing.id < b.thing.id ? -1 : 1))
    .map(({ thing: { words: _words, ...hit } }) => hit);
}
