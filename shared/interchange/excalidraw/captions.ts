import { hullOf, type Rect } from '../layout/geometry.ts';
import { areaOf, distanceTo, holdsPoint, middleOf } from './boxes.ts';
import type { Scene, SceneElement } from './scene.ts';

/** Types of elements that may be a component. */
export const SHAPES: ReadonlySet<string> = new Set(['rectangle', 'diamond', 'ellipse']);
const PICTURES: ReadonlySet<string> = new Set(['image']);

/** A text is no label of a shape that is much narrower than it is. */
const OVERHANG = 1.2;
/** How far below an image its caption may begin, canvas units. */
const BELOW = 24;
/** Words of a caption under an icon; more is an explanation. */
const CAPTION_WORDS = 8;

/** Something with a text: a shape, an image, a text that is connected, or several elements drawn as one. */
export interface Captioned {
  readonly element: SceneElement;
  readonly rect: Rect;
  /** Its label, from top to bottom. */
  readonly lines: readonly string[];
  /** Texts that stand in it without being its label. */
  readonly loose: readonly SceneElement[];
  /** Other elements that stand for it. */
  readonly members: readonly SceneElement[];
}

/** Who belongs to which text. */
export interface Captions {
  readonly captioned: readonly Captioned[];
  /** Labels of arrows, by the arrow's id. */
  readonly wires: ReadonlyMap<string, string>;
  /** Texts that belong to nothing. */
  readonly free: readonly SceneElement[];
}

const wordsOf = (lines: readonly string[]): number => lines.join(' ').split(' ').length;

function byPlace(a: SceneElement, b: SceneElement): number {
  return a.rect.y - b.rect.y || a.rect.x - b.rect.x;
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

class Sorter {
  private readonly byId: ReadonlyMap<string, SceneElement>;
  private readonly bound = new Map<string, SceneElement[]>();
  private readonly standing = new Map<string, SceneElement[]>();
  private readonly groups = new Map<string, SceneElement[]>();
  private free: SceneElement[] = [];

  constructor(private readonly scene: Scene, private readonly attached: ReadonlySet<string>) {
    this.byId = new Map(scene.elements.map((element) => [element.id, element]));
    for (const element of scene.elements) if (element.group !== null) addTo(this.groups, element.group, element);
    for (const text of scene.elements) {
      if (text.type !== 'text' || text.lines.length === 0) continue;
      const container = text.container === null ? undefined : this.byId.get(text.container);
      if (container && (SHAPES.has(container.type) || container.ends !== null)) addTo(this.bound, container.id, text);
      else this.free.push(text);
    }
  }

  /** Texts that nobody bound to a shape, but that stand in one: the smallest, of their own group when they are in one. */
  private stand(): void {
    const shapes = this.scene.elements.filter(({ type }) => SHAPES.has(type)).sort((a, b) => areaOf(a.rect) - areaOf(b.rect));
    const rest: SceneElement[] = [];
    for (const text of this.free) {
      const middle = middleOf(text.rect);
      const around = shapes.find(({ rect, group }) => text.rect.w <= rect.w * OVERHANG && holdsPoint(rect, middle) && (text.group === null || group === text.group));
      if (around && !this.attached.has(text.id)) addTo(this.standing, around.id, text);
      else rest.push(text);
    }
    this.free = rest;
  }

  private shapes(): Captioned[] {
    return this.scene.elements.filter(({ type }) => SHAPES.has(type)).flatMap((element): Captioned[] => {
      const label = (this.bound.get(element.id) ?? []).flatMap(({ lines }) => lines);
      const loose = [...(this.standing.get(element.id) ?? [])].sort(byPlace);
      return label.length + loose.length === 0 ? [] : [{ element, rect: element.rect, lines: label, loose, members: this.bound.get(element.id) ?? [] }];
    });
  }

  /** Icons made of several elements, with a caption in their group. */
  private icons(shapes: readonly Captioned[]): Captioned[] {
    const taken = new Set(shapes.map(({ element }) => element.group));
    const texts = new Map<string, SceneElement[]>();
    for (const text of this.free) if (text.group !== null && !taken.has(text.group)) addTo(texts, text.group, text);
    return [...texts].flatMap(([group, captions]): Captioned[] => {
      const members = this.groups.get(group) ?? [];
      const lines = [...captions].sort(byPlace).flatMap((text) => text.lines);
      const drawn = members.filter(({ type }) => type !== 'text');
      const [element] = drawn;
      if (element === undefined || wordsOf(lines) > CAPTION_WORDS) return [];
      this.free = this.free.filter((text) => !captions.includes(text));
      return [{ element, rect: hullOf(drawn.map(({ rect }) => rect)) ?? element.rect, lines, loose: [], members }];
    });
  }

  /** Images with a caption below them, and images that an arrow leads to. */
  private images(icons: readonly Captioned[]): Captioned[] {
    const used = new Set(icons.flatMap(({ members }) => members.map(({ id }) => id)));
    return this.scene.elements.filter(({ type, id }) => PICTURES.has(type) && !used.has(id)).flatMap((element): Captioned[] => {
      const { rect } = element;
      const caption = this.free.find((text) => {
        const { x } = middleOf(text.rect);
        return x >= rect.x && x <= rect.x + rect.w && text.rect.y >= rect.y + rect.h - BELOW && distanceTo(rect, { x, y: text.rect.y }) <= BELOW && wordsOf(text.lines) <= CAPTION_WORDS;
      });
      if (caption) this.free = this.free.filter((text) => text !== caption);
      return caption || this.attached.has(element.id) ? [{ element, rect, lines: caption?.lines ?? [], loose: [], members: caption ? [caption] : [] }] : [];
    });
  }

  /** Shapes without a text and texts without a shape that an arrow leads to: it must lead somewhere. */
  private connected(known: readonly Captioned[]): Captioned[] {
    const used = new Set(known.flatMap(({ element, members }) => [element.id, ...members.map(({ id }) => id)]));
    const groups = new Set(known.flatMap(({ element }) => element.group ?? []));
    const bare = this.scene.elements.filter(({ id, type, group }) => SHAPES.has(type) && this.attached.has(id) && !used.has(id) && (group === null || !groups.has(group)));
    const texts = this.free.filter(({ id }) => this.attached.has(id));
    this.free = this.free.filter((text) => !texts.includes(text));
    return [...bare, ...texts].map((element) => ({ element, rect: element.rect, lines: element.lines, loose: [], members: [] }));
  }

  sort(): Captions {
    this.stand();
    const shapes = this.shapes();
    const icons = this.icons(shapes);
    const images = this.images([...shapes, ...icons]);
    const connected = this.connected([...shapes, ...icons, ...images]);
    const wires = new Map<string, string>();
    for (const [id, texts] of this.bound) if (this.byId.get(id)?.ends) wires.set(id, texts.flatMap(({ lines }) => lines).join(' '));
    const order = new Map(this.scene.elements.map(({ id }, index) => [id, index]));
    const captioned = [...shapes, ...icons, ...images, ...connected].sort((a, b) => (order.get(a.element.id) ?? 0) - (order.get(b.element.id) ?? 0));
    return { captioned, wires, free: this.free };
  }
}

/** Find out which text says what: `attached` are the ids that arrows are attached to. */
export function sortCaptions(scene: Scene, attached: ReadonlySet<string>): Captions {
  return new Sorter(scene, attached).sort();
}
