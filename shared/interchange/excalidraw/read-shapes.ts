import type { Rect } from '../layout/geometry.ts';
import { areaOf, holds, holdsPoint, middleOf } from './boxes.ts';
import { SHAPES, sortCaptions, type Captioned } from './captions.ts';
import { isWire, type Scene, type SceneElement } from './scene.ts';

/** A component of the drawing, before it is known what it is. */
export interface Part {
  readonly kind: 'part';
  readonly key: string;
  readonly name: string;
  /** Empty for a shape without a text that an arrow leads to. */
  readonly lines: readonly string[];
  readonly rect: Rect;
  readonly area: Area | null;
}

/** A rectangle or a frame around others. */
export interface Area {
  readonly kind: 'area';
  readonly key: string;
  readonly name: string;
  readonly frame: boolean;
  readonly rect: Rect;
  readonly area: Area | null;
}

/** A text that is neither a label nor a heading. */
export interface Remark {
  readonly key: string;
  readonly text: string;
  readonly rect: Rect;
  readonly area: Area | null;
}

/** What there is in a drawing besides its arrows. */
export interface Shapes {
  readonly title: string | null;
  readonly parts: readonly Part[];
  readonly areas: readonly Area[];
  readonly remarks: readonly Remark[];
  /** Texts of up to three words that belong to nothing. */
  readonly stray: readonly string[];
  /** Labels of arrows, by the arrow's id. */
  readonly labels: ReadonlyMap<string, string>;
  /** What an arrow that is attached to an element leads to. */
  readonly standsFor: ReadonlyMap<string, Part | Area>;
  /** Elements that were left out, by type. */
  readonly unread: ReadonlyMap<string, number>;
}

/** Longer labels are cut to their first line, and said in full beside it. */
const NAME = 60;
/** A box with so many lines that no arrow leads to explains something. */
const PANEL_LINES = 3;
/** A heading begins within this distance of the upper edge. */
const HEADING = 56;
/** Words that make a free text a note. */
const NOTE_WORDS = 4;
const TITLE_WORDS = 10;

const joined = (lines: readonly string[]): string => lines.join(' ').replace(/([/_-]) (?=\w)/g, '$1');
const wordCount = (text: string): number => text.split(' ').length;

function nameOf(lines: readonly string[], otherwise: string): string {
  const all = joined(lines);
  return (all.length <= NAME ? all : (lines[0] ?? '').slice(0, 200)) || otherwise;
}

function count<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** The heading of an area that has no label of its own: the largest text near its upper edge. */
function headingOf({ rect, loose }: Captioned): SceneElement | null {
  const near = loose.filter((text) => text.rect.y - rect.y <= HEADING && wordCount(text.lines.join(' ')) <= TITLE_WORDS);
  return [...near].sort((a, b) => b.fontSize - a.fontSize || a.rect.y - b.rect.y || a.rect.x - b.rect.x)[0] ?? null;
}

class Reader {
  private readonly captions;
  private readonly areas: Area[] = [];
  private readonly standsFor = new Map<string, Part | Area>();
  private readonly free: SceneElement[];
  private readonly long: { readonly key: string; readonly lines: readonly string[]; readonly rect: Rect }[] = [];

  constructor(private readonly scene: Scene, private readonly attached: ReadonlySet<string>) {
    this.captions = sortCaptions(scene, attached);
    this.free = [...this.captions.free];
  }

  /** The smallest area that holds the middle of a box; when the box says that it is in a frame, that or one inside it. */
  private home(rect: Rect, frame: string | null): Area | null {
    const middle = middleOf(rect);
    const smallest = this.areas.find((area) => areaOf(area.rect) > areaOf(rect) && holdsPoint(area.rect, middle)) ?? null;
    const named = frame === null ? undefined : this.standsFor.get(frame);
    if (named?.kind !== 'area' || !named.frame) return smallest;
    let at = smallest;
    while (at !== null && at !== named) at = at.area;
    return at === null ? named : smallest;
  }

  /** Which rectangles and frames are around others. Smallest areas first, as `home` looks for them. */
  private findAreas(): ReadonlySet<SceneElement> {
    const inside = this.captions.captioned;
    const byElement = new Map(inside.map((captioned) => [captioned.element, captioned]));
    const around = this.scene.elements.flatMap((element) => {
      const frame = element.type === 'frame' || element.type === 'magicframe';
      if (!frame && element.type !== 'rectangle') return [];
      const label = byElement.get(element);
      const held = inside.filter((other) => other.element !== element && (holds(element.rect, other.rect) || (frame && other.element.frame === element.id))).length;
      return held > (label || frame ? 0 : 1) ? [{ element, frame, label: label ?? null }] : [];
    });
    // larger ones first, so that each finds the one around it among those before; ties stand beside each other
    around.sort((a, b) => areaOf(b.element.rect) - areaOf(a.element.rect));
    for (const { element, frame, label } of around) {
      const heading = label && label.lines.length === 0 ? headingOf(label) : null;
      if (label) this.free.push(...label.loose.filter((text) => text !== heading));
      const lines = frame ? [element.name ?? ''] : (heading?.lines ?? label?.lines ?? []);
      const area: Area = { kind: 'area', key: element.id, name: nameOf(lines, frame ? 'Frame' : 'Unnamed group'), frame, rect: element.rect, area: this.areas.find(({ rect }) => holds(rect, element.rect)) ?? null };
      if (joined(lines).length > NAME) this.long.push({ key: `${element.id}\0`, lines, rect: element.rect });
      this.areas.unshift(area);
      for (const { id } of [element, ...(heading ? [heading] : []), ...(label?.members ?? [])]) this.standsFor.set(id, area);
    }
    return new Set(around.map(({ element }) => element));
  }

  private part(captioned: Captioned): Part {
    const { element, rect, loose, members } = captioned;
    const lines = [...captioned.lines, ...loose.flatMap((text) => text.lines)];
    const bare = element.type === 'image' ? 'Image' : 'Unnamed box';
    const part: Part = { kind: 'part', key: element.id, name: nameOf(lines, bare), lines, rect, area: this.home(rect, element.frame) };
    if (joined(lines).length > NAME) this.long.push({ key: `${element.id}\0`, lines, rect });
    for (const { id } of [element, ...members, ...loose]) this.standsFor.set(id, part);
    return part;
  }

  /** Elements of a group with one component in it stand for that component. */
  private shareGroups(parts: readonly Captioned[]): void {
    const only = new Map<string, Captioned | null>();
    for (const one of parts) if (one.element.group !== null) only.set(one.element.group, only.has(one.element.group) ? null : one);
    for (const { id, group } of this.scene.elements) {
      const captioned = group === null ? null : only.get(group);
      const part = captioned ? this.standsFor.get(captioned.element.id) : undefined;
      if (part && !this.standsFor.has(id)) this.standsFor.set(id, part);
    }
  }

  /** The drawing's title: the text in the largest letters, above everything. */
  private takeTitle(parts: readonly Captioned[]): string | null {
    const size = Math.max(0, ...this.free.map(({ fontSize }) => fontSize));
    const largest = this.free.filter(({ fontSize }) => fontSize === size);
    const [title] = largest;
    const top = Math.min(...parts.map(({ rect }) => rect.y), ...this.areas.map(({ rect }) => rect.y));
    if (title === undefined || largest.length > 1 || parts.length === 0 || title.rect.y + title.rect.h > top || wordCount(joined(title.lines)) > TITLE_WORDS) return null;
    this.free.splice(this.free.indexOf(title), 1);
    return joined(title.lines).slice(0, 200);
  }

  read(): Shapes {
    const around = this.findAreas();
    const boxes = this.captions.captioned.filter(({ element }) => !around.has(element));
    const panel = ({ element, lines, loose, members }: Captioned): boolean =>
      SHAPES.has(element.type) && lines.length + loose.length >= PANEL_LINES && joined([...lines, ...loose.flatMap((text) => text.lines)]).length > NAME && ![element, ...members].some(({ id }) => this.attached.has(id));
    const parts = boxes.filter((box) => !panel(box));
    const title = this.takeTitle(boxes);
    const drawn = parts.map((box) => this.part(box));
    this.shareGroups(parts);
    const panels = boxes.filter(panel).map(({ element: { id, frame }, rect, lines, loose }) => ({ key: id, rect, text: [...lines, ...loose.flatMap((text) => text.lines)].join('\n'), area: this.home(rect, frame) }));
    const texts = this.free.filter(({ lines }) => wordCount(joined(lines)) >= NOTE_WORDS).map(({ id, frame, rect, lines }) => ({ key: id, rect, text: lines.join('\n'), area: this.home(rect, frame) }));
    const full = this.long.map(({ key, lines, rect }) => ({ key, rect, text: lines.join('\n'), area: this.home(rect, null) }));
    const known = new Set([...this.standsFor.keys(), ...panels.map(({ key }) => key)]);
    const left = this.scene.elements.filter(({ id, type, ends }) => type !== 'text' && !known.has(id) && !isWire({ type, ends }));
    return {
      title, parts: drawn, areas: [...this.areas].reverse(), remarks: [...panels, ...full, ...texts], stray: this.free.filter(({ lines }) => wordCount(joined(lines)) < NOTE_WORDS).map(({ lines }) => joined(lines)),
      labels: this.captions.wires, standsFor: this.standsFor, unread: count(left, ({ type }) => type),
    };
  }
}

/** Sort a drawing's shapes and texts into components, areas around them, notes, and what is left over. */
export function readShapes(scene: Scene): Shapes {
  const attached = new Set(scene.elements.flatMap(({ ends }) => ends?.flatMap(({ bound }) => bound ?? []) ?? []));
  return new Reader(scene, attached).read();
}
