import { catalog } from '../../../catalog/index.ts';
import type { Component, Preset } from '../../../shared/contracts/component.ts';

/** Something that can be added or chosen as a type: a component type, or a vendor name on top of one. */
export interface Part {
  /** The component type, or the preset's id. */
  readonly id: string;
  readonly title: string;
  /** For a preset the title of its type. */
  readonly detail: string | null;
  readonly component: Component;
  readonly preset: Preset | null;
  readonly keywords: readonly string[];
}

function partsOf(component: Component): readonly Part[] {
  const type: Part = { id: component.type, title: component.title, detail: null, component, preset: null, keywords: [...component.keywords, ...(component.aliases ?? []), component.type] };
  const presets = (component.presets ?? []).map((preset): Part => ({ id: preset.id, title: preset.title, detail: component.title, component, preset, keywords: [...preset.keywords, preset.id] }));
  return [type, ...presets];
}

/** Every part in the catalogue's order, types before their presets. */
export const PARTS: readonly Part[] = [...catalog.components.values()].flatMap(partsOf);

const byId = new Map([...PARTS].reverse().map((part) => [part.id, part]));

/** Find a part by type, alias or preset id. */
export function resolvePart(id: string): Part | undefined {
  return byId.get(id) ?? PARTS.find((part) => part.preset === null && part.component.aliases?.includes(id));
}

/** Lower case without accents and punctuation. */
export function plain(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** How well `wanted` finds `text`: 4 equal, 3 start, 2 start of a word, 1 inside, 0 not. */
function match(text: string, wanted: string): number {
  const words = plain(text);
  if (words === wanted) return 4;
  if (words.startsWith(wanted)) return 3;
  if (words.includes(` ${wanted}`)) return 2;
  return wanted.length > 2 && words.includes(wanted) ? 1 : 0;
}

function rank(part: Part, wanted: string): number {
  const keyword = Math.max(0, ...part.keywords.map((word) => match(word, wanted)));
  return Math.max(match(part.title, wanted) * 2 + 1, keyword * 2) || 0;
}

/** Parts whose title or keywords fit, best first. An empty text gives the types in order. */
export function searchParts(text: string): readonly Part[] {
  const wanted = plain(text);
  if (wanted === '') return PARTS.filter((part) => part.preset === null);
  return PARTS.map((part, index) => ({ part, index, score: rank(part, wanted) }))
    .filter((hit) => hit.score > 1)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((hit) => hit.part);
}

/** Edits between two words (insert, delete, replace, swap of neighbours), for a suggestion after a slip of the finger. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_column, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.MAX_SAFE_INTEGER;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = rows[i];
      if (row) row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1), swapped ? at(i - 2, j - 2) + 1 : Number.MAX_SAFE_INTEGER);
    }
  return at(a.length, b.length);
}

/** The part a mistyped word most probably meant, or null when nothing is near. */
export function suggestPart(text: string): Part | null {
  const wanted = plain(text);
  if (wanted.length < 3) return null;
  const limit = wanted.length < 6 ? 1 : 2;
  let best: { readonly part: Part; readonly far: number } | null = null;
  for (const part of PARTS)
    for (const word of [part.title, ...part.keywords]) {
      const far = distance(wanted, plain(word).slice(0, wanted.length + 3));
      if (far <= limit && far < (best?.far ?? Infinity)) best = { part, far };
    }
  return best?.part ?? null;
}
