import type { Design } from '../model/design.ts';

/** Measures a name in the canvas's name font, canvas units. */
export type Measure = (text: string) => number;

/** Widths a component may have, with the room for its name (ui 3.2). */
export const WIDTHS = [184, 216, 248] as const;
export type ComponentWidth = (typeof WIDTHS)[number];

/** What stands beside the name: padding 12, glyph 20, gap 8, padding 12. */
const BESIDE_NAME = 52;
const ELLIPSIS = '…';

/** Room for the name in a component of that width. */
export function nameSlot(width: number): number {
  return width - BESIDE_NAME;
}

/** The narrowest width whose slot holds the name; the widest when none does. Depends on nothing but the name. */
export function widthForName(name: string, measure: Measure): ComponentWidth {
  const wanted = measure(name);
  return WIDTHS.find((width) => wanted <= nameSlot(width)) ?? WIDTHS[2];
}

/** Largest count of characters kept for which `build` fits. */
function longest(length: number, fits: (kept: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The name cut to a slot by measured width: at the end, or in the middle. Whole when it fits. */
export function fitName(name: string, slot: number, measure: Measure, where: 'end' | 'middle' = 'end'): string {
  if (measure(name) <= slot) return name;
  const letters = Array.from(name);
  if (where === 'end') {
    const build = (kept: number): string => letters.slice(0, kept).join('').trimEnd() + ELLIPSIS;
    return build(longest(letters.length, (kept) => measure(build(kept)) <= slot));
  }
  const build = (kept: number): string => {
    const tail = Math.floor(kept / 2);
    return letters.slice(0, kept - tail).join('').trimEnd() + ELLIPSIS + letters.slice(letters.length - tail).join('').trimStart();
  };
  return build(longest(letters.length - 1, (kept) => measure(build(kept)) <= slot));
}

/** A name as it is drawn. */
export interface ShownName { readonly text: string; readonly width: number }

/**
 * Shown names of a whole drawing: cut at the end, and in the middle where two different names would be cut to the same
 * text. `widths` are stored widths; others follow from the name.
 */
export function showNames(names: ReadonlyMap<string, string>, widths: ReadonlyMap<string, number>, measure: Measure): ReadonlyMap<string, ShownName> {
  const shown = new Map<string, ShownName>();
  const cutTo = new Map<string, string[]>();
  for (const [id, name] of names) {
    const width = widths.get(id) ?? widthForName(name, measure);
    const text = fitName(name, nameSlot(width), measure);
    shown.set(id, { text, width });
    if (text !== name) cutTo.set(text, [...(cutTo.get(text) ?? []), id]);
  }
  for (const ids of cutTo.values()) {
    if (new Set(ids.map((id) => names.get(id))).size < 2) continue;
    for (const id of ids) {
      const width = shown.get(id)?.width ?? WIDTHS[2];
      shown.set(id, { text: fitName(names.get(id) ?? '', nameSlot(width), measure, 'middle'), width });
    }
  }
  return shown;
}

/** Wraps a measure with a memory, since one name is asked for again with every change of the drawing. */
export function rememberWidths(measure: Measure, limit = 20_000): Measure {
  const known = new Map<string, number>();
  return (text) => {
    let width = known.get(text);
    if (width === undefined) {
      if (known.size >= limit) known.clear();
      known.set(text, (width = measure(text)));
    }
    return width;
  };
}

/** Names as drawn, with the width that each gives its component; a width stored in the layout is kept. */
export function namesOf(design: Design, measure: Measure): ReadonlyMap<string, ShownName> {
  const names = new Map<string, string>();
  const widths = new Map<string, number>();
  for (const node of Object.values(design.nodes)) {
    names.set(node.id, node.name);
    const stored = design.layout.nodes[node.id]?.w;
    if (stored !== undefined && stored >= WIDTHS[0] && stored <= WIDTHS[2]) widths.set(node.id, stored);
  }
  return showNames(names, widths, measure);
}
