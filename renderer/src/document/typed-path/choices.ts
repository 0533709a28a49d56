import type { Design } from '../../../../shared/model/design.ts';
import { resolvePart, searchParts, type Part } from '../parts.ts';
import { itemAt, parseLine, written, type TypedItem } from './parse.ts';
import type { Plan, PlannedItem } from './plan.ts';
import type { Span } from './tokens.ts';
import { exactParts, forcedPart, nearestPart, plainPart } from './words.ts';

/** Something else that the word at the caret may become: what the line says then. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** SVG path data on a 20 x 20 grid. */
  readonly icon: string | null;
  readonly text: string;
  readonly caret: number;
}

/** How many parts of the catalogue are offered. */
const MOST_PARTS = 7;

interface Change { readonly word?: string; readonly kind?: string | null; readonly fresh?: boolean; readonly both?: boolean }

/** The line with one item written anew. */
function rewrite(text: string, item: TypedItem, change: Change): { readonly text: string; readonly caret: number } {
  const { word = item.quoted ? `"${item.word}"` : item.word, kind = item.kind, fresh = item.fresh, both = item.both } = change;
  const remarks = [...(kind === null ? [] : [kind]), ...(fresh ? ['new'] : []), ...(both ? ['both'] : [])];
  const parts = [word, ...(remarks.length > 0 ? [`(${remarks.join(', ')})`] : []), ...(item.units === null ? [] : [`x${item.units}`]), ...(item.zones === null ? [] : [`z${item.zones}`])];
  const shown = parts.filter((part) => part !== '').join(' ');
  return { text: text.slice(0, item.span.start) + shown + text.slice(item.span.end), caret: item.span.start + shown.length };
}

/** How a part is written in a line: by its title where that finds it, else by its id. */
function kindText(part: Part): string {
  const title = part.title.toLowerCase();
  return !/[,()>=:"]/.test(title) && exactParts(title)[0] === part && forcedPart(title) === part ? title : part.id;
}

function partChoices(text: string, item: PlannedItem): readonly Choice[] {
  const { typed } = item;
  const near = item.unknown ? nearestPart(typed.word) : null;
  const words = typed.word.split(' ');
  const found = [...(near ? [near] : []), ...item.parts, ...searchParts(typed.word), ...(words.length > 1 ? searchParts(words.at(-1) ?? '') : [])];
  const current = item.existing === null ? item.part : null;
  const offered = [...new Set(found)].filter((part) => part !== current && part !== plainPart()).slice(0, MOST_PARTS);
  const plain = current === plainPart() ? [] : [plainPart()];
  return [...offered, ...plain].map((part): Choice => {
    const label = part === plainPart() ? `Plain box named "${typed.word}"` : part.title;
    const meant = part === near ? { word: kindText(part), kind: null } : { kind: part === plainPart() ? 'plain' : kindText(part) };
    return { id: `part ${part.id}`, label, detail: part.detail ?? '', icon: part.component.icon, ...rewrite(text, typed, { ...meant, fresh: item.existing !== null && item.becomes === null }) };
  });
}

function existingChoices(text: string, item: PlannedItem, design: Design): readonly Choice[] {
  const nodes = item.others.flatMap((id) => design.nodes[id] ?? []);
  const use = nodes.map((node): Choice => {
    const part = resolvePart(node.type);
    return { id: `node ${node.id}`, label: node.name, detail: 'existing', icon: part?.component.icon ?? null, ...rewrite(text, item.typed, { word: written(node.name), kind: null, fresh: false }) };
  });
  if (item.existing === null && item.same === null) return use;
  return [...use, { id: 'new', label: `Another one, not the existing ${item.name}`, detail: item.part?.title ?? '', icon: item.part?.component.icon ?? null, ...rewrite(text, item.typed, { fresh: true }) }];
}

function cacheChoices(text: string, plan: Plan, index: number): readonly Choice[] {
  const item = plan.items[index];
  if (!item) return [];
  const first = plan.caches.find((cache) => cache.item === index && cache.own);
  if (first) return [{ id: 'both', label: `Call ${item.name} and its store each time`, detail: 'no cache before the store', icon: null, ...rewrite(text, item.typed, { both: true }) }];
  return item.typed.both ? [{ id: 'aside', label: `Read ${item.name}, then the store on a miss`, detail: '', icon: null, ...rewrite(text, item.typed, { both: false }) }] : [];
}

/** What else the word at the caret may become. */
export function choicesAt(text: string, caret: number, plan: Plan, design: Design): readonly Choice[] {
  const index = itemAt(parseLine(text), caret);
  const item = index === null ? undefined : plan.items[index];
  if (!item || index === null) return [];
  return [...cacheChoices(text, plan, index), ...existingChoices(text, item, design), ...(item.typed.quoted ? [] : partChoices(text, item))];
}

/** The rest of the word at the caret. */
export interface Completion { readonly shown: string; readonly text: string; readonly caret: number }

function complete(text: string, span: Span, word: string): Completion {
  return { shown: word, text: text.slice(0, span.start) + word + text.slice(span.end), caret: span.start + word.length };
}

/** The title or keyword of a part that goes on from what was typed. */
function partWord(prefix: string): string | null {
  const starts = (word: string): boolean => word.length > prefix.length && word.toLowerCase().startsWith(prefix.toLowerCase()) && written(word) === word;
  for (const part of searchParts(prefix)) {
    const title = part.title.toLowerCase().startsWith(prefix.toLowerCase()) ? part.title : null;
    const word = [...(title ? [title] : []), ...part.keywords].find(starts);
    if (word !== undefined) return word === part.title && !/\p{Lu}/u.test(prefix) && exactParts(word.toLowerCase())[0] === part ? word.toLowerCase() : word;
  }
  return null;
}

/** What Tab makes of the word that ends at the caret: a name of the drawing, a part, or what was probably meant. Null when there is nothing to complete. */
export function completionAt(text: string, caret: number, plan: Plan, design: Design): Completion | null {
  const index = itemAt(parseLine(text), caret);
  const item = index === null ? undefined : plan.items[index];
  if (!item || item.typed.quoted || item.typed.wordSpan.end !== caret) return null;
  const { wordSpan, word } = item.typed;
  const name = Object.values(design.nodes).find((node) => node.name.length > word.length && node.name.toLowerCase().startsWith(word.toLowerCase()))?.name;
  if (name !== undefined && (item.existing === null || design.nodes[item.existing]?.name === name)) return complete(text, wordSpan, written(name));
  if (item.existing !== null || item.typed.kind !== null) return null;
  const known = exactParts(word).length > 0;
  const whole = known ? null : partWord(word);
  if (whole !== null) return complete(text, wordSpan, whole);
  const start = text.lastIndexOf(' ', caret - 1) + 1;
  const last = start > wordSpan.start && exactParts(text.slice(start, caret)).length === 0 ? text.slice(start, caret) : '';
  const tail = last.length > 1 ? partWord(last) : null;
  if (tail !== null) return complete(text, { start, end: caret }, tail);
  const near = item.unknown ? nearestPart(word) : null;
  return near ? complete(text, wordSpan, kindText(near)) : null;
}
