import type { Problem } from '../../lib/result.ts';
import type { Confidence } from '../import-report.ts';
import { distanceTo } from './boxes.ts';
import type { Area, Part, Remark, Shapes } from './read-shapes.ts';
import { isWire, type Scene, type SceneElement, type WireEnd } from './scene.ts';

/** An arrow from one thing to another. */
export interface Wire {
  readonly from: Part | Area;
  readonly to: Part | Area;
  readonly label: string;
  readonly confidence: Confidence;
  readonly because: string;
}

/** The arrows of a drawing that lead somewhere, and what there is to say about the others. */
export interface Wires {
  readonly wires: readonly Wire[];
  readonly problems: readonly Problem[];
  /** Notes that mark where an arrow ends in empty space. */
  readonly marks: readonly Remark[];
}

/** An end that is attached to nothing belongs to the component that is nearest, this far off at most, canvas units. */
const REACH = 24;
/** Ends in empty space that are named one by one. */
const NAMED = 5;

interface Reached { readonly thing: Part | Area; readonly off: number }

const quoted = (name: string): string => `\`${name.replaceAll('`', "'").slice(0, 60)}\``;

function listed(items: readonly string[]): string {
  const shown = items.length > NAMED ? [...items.slice(0, NAMED), `${items.length - NAMED} more`] : items;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}` : shown.join('');
}

/** What one end leads to: what it is attached to, else the nearest component; null for empty space. */
function reach(end: WireEnd, { standsFor, parts }: Shapes): Reached | null {
  const bound = end.bound === null ? undefined : standsFor.get(end.bound);
  if (bound) return { thing: bound, off: 0 };
  let best: Reached | null = null;
  for (const thing of parts) {
    const off = distanceTo(thing.rect, end.at);
    if (off <= REACH && (best === null || off < best.off)) best = { thing, off };
  }
  // an end in empty space is never 0 away by being attached
  return best && { ...best, off: Math.max(1, Math.round(best.off)) };
}

function wireOf([a, b]: readonly [WireEnd, WireEnd], from: Reached, to: Reached, label: string): Wire {
  const back = a.head && !b.head;
  const [start, end] = back ? [to, from] : [from, to];
  const said = label === '' ? '' : `, labelled "${label.slice(0, 60)}"`;
  const near = [from, to].filter(({ off }) => off > 0).map(({ thing, off }) => `ends ${off} px from ${thing.name.slice(0, 40)}`);
  const because = near.length > 0 ? near.join(' and ') : a.head && b.head ? 'an arrow with two heads' : !a.head && !b.head ? 'a line without a head' : 'an arrow';
  const area = [start, end].some(({ thing }) => thing.kind === 'area');
  const confidence = near.length > 0 || a.head === b.head ? 'guess' : area ? 'likely' : 'sure';
  return { from: start.thing, to: end.thing, label, confidence, because: `${because}${said}` };
}

/** Ends in empty space that are marked one by one; more would cover the drawing. */
const MARKED = 40;
/** What a mark takes at least of the drawing that it comes from, canvas units. */
const MARK = { w: 160, h: 64 } as const;

/** A note where an arrow ends in empty space; one that is attached to nothing is marked where it leads. */
function markOf(id: string, [start, end]: readonly [WireEnd, WireEnd], from: Reached | null, to: Reached | null): Remark {
  const { at } = to === null ? end : start;
  const known = from ?? to;
  const name = known?.thing.name.replaceAll('*', '').slice(0, 60) ?? '';
  const said = known === null ? 'It was attached to nothing.' : known === from ? `It came from ${name}.` : `It led to ${name}.`;
  return { key: `${id} loose end`, text: `**An arrow ended here.** ${said} Connect what it meant, then delete this note.`, rect: { x: at.x - MARK.w / 2, y: at.y - MARK.h / 2, ...MARK }, area: null };
}

function looseProblem(loose: readonly string[], all: number, attached: number): Problem {
  const many = loose.length !== 1;
  return {
    level: 'warning', code: 'loose-arrows',
    message: `${attached} of ${all} connections attached. ${loose.length} arrow${many ? 's end' : ' ends'} in empty space: ${listed(loose)}; ${many ? 'they are' : 'it is'} marked on the drawing.`,
  };
}

/** Find out what the arrows connect. Nothing is made up: an arrow that ends in empty space is told, and marked by a note. */
export function readWires(scene: Scene, shapes: Shapes): Wires {
  const elements = scene.elements.filter(isWire);
  const wires: Wire[] = [];
  const loose: string[] = [];
  const marks: Remark[] = [];
  const circles: string[] = [];
  const seen = new Set<string>();
  let attached = 0;
  for (const { id, ends } of elements as readonly (SceneElement & { readonly ends: readonly [WireEnd, WireEnd] })[]) {
    const [from, to] = [reach(ends[0], shapes), reach(ends[1], shapes)];
    if (from === null || to === null) {
      const known = from ?? to;
      loose.push(known === null ? 'one attached to nothing' : `${known === from ? 'from' : 'into'} ${quoted(known.thing.name)}`);
      if (marks.length < MARKED) marks.push(markOf(id, ends, from, to));
      continue;
    }
    attached += 1;
    if (from.thing === to.thing) {
      circles.push(quoted(from.thing.name));
      continue;
    }
    const wire = wireOf(ends, from, to, shapes.labels.get(id) ?? '');
    const key = `${wire.from.key}\n${wire.to.key}\n${wire.label}`;
    if (!seen.has(key)) wires.push(wire);
    seen.add(key);
  }
  const problems: Problem[] = [];
  if (loose.length > 0) problems.push(looseProblem(loose, elements.length, attached));
  if (circles.length > 0) problems.push({ level: 'warning', code: 'arrow-to-itself', message: `${listed(circles)}: an arrow leads back to where it comes from. It carries nothing and was left out.` });
  return { wires, problems, marks };
}
