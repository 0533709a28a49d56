import { INTER_WIDTHS } from './text-width-table.ts';

/** A bundled font: Inter at 400 or 600, or JetBrains Mono, whose characters are all equally wide. */
export type TextFont = 'text' | 'title' | 'mono';

/** Advance of JetBrains Mono, and of what the table does not hold, as shares of the font's size. */
const MONO_ADVANCE = 0.6;
const OTHER_ADVANCE = 0.66;

/** Scripts whose characters fill a square, and pictures. */
const SQUARE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Marks that stand over or under another character, and characters that only steer. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\u200b\ufe0f]/u;

function tableOf(weight: 400 | 600): ReadonlyMap<number, number> {
  const table = new Map<number, number>();
  for (const { first, widths } of INTER_WIDTHS[weight]) {
    widths.join(' ').split(' ').forEach((width, index) => table.set(first + index, Number(width) / 1000));
  }
  return table;
}

const tables = { text: tableOf(400), title: tableOf(600) };

function advance(character: string, font: TextFont): number {
  const known = font === 'mono' ? undefined : tables[font].get(character.codePointAt(0) ?? 0);
  if (known !== undefined) return known;
  if (WITHOUT_WIDTH.test(character)) return 0;
  if (SQUARE.test(character)) return font === 'mono' ? 2 * MONO_ADVANCE : 1;
  return font === 'mono' ? MONO_ADVANCE : OTHER_ADVANCE;
}

/** Width of a line of text in a bundled font of a size; without kerning, which only ever takes a little away. */
export function textWidth(text: string, font: TextFont, size: number): number {
  let width = 0;
  for (const character of text) width += advance(character, font);
  return width * size;
}

/** Whether the table holds every character of a text, so that its width is known and not estimated. */
export function isTabled(text: string): boolean {
  for (const character of text) if (!tables.title.has(character.codePointAt(0) ?? 0)) return false;
  return true;
}

/** Width of a component's name as it is drawn: 13 px at 600, canvas units. */
export function nameWidth(text: string): number {
  return textWidth(text, 'title', 13);
}
