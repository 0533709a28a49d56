import { parseNote, type NotePiece } from './note-text.ts';
import { textWidth } from './text-width.ts';

/** Measures of a note, canvas units (ui 3.1, 3.3): width, heights, room around its lines, height of a line, size of its text. */
export const NOTE = { w: 200, least: 64, most: 240, top: 8, left: 14, right: 12, indent: 16, fold: 12, line: 20, size: 13 } as const;

/** A piece of a line, starting `x` right of the note's left edge. */
export interface PlacedPiece extends NotePiece { readonly x: number }

/** One line of a note: the mark of its list before it, or null, and its pieces from left to right. */
export interface NoteLine { readonly marker: string | null; readonly pieces: readonly PlacedPiece[] }

/** A note's text in lines; `more` when some of it is left out. */
export interface NoteLayout { readonly lines: readonly NoteLine[]; readonly more: boolean }

/** How a text is set: room for a line, size of the letters, and how many lines there may be. */
interface Setting { readonly width: number; readonly size: number; readonly limit: number }

interface Atom { readonly piece: NotePiece; readonly width: number; /** A space stands before it. */ readonly spaced: boolean }

const measure = (text: string, bold: boolean, size: number): number => textWidth(text, bold ? 'title' : 'text', size);

/** A word in parts that fit. */
function split(word: string, bold: boolean, room: number, size: number): readonly string[] {
  if (measure(word, bold, size) <= room) return [word];
  const parts: string[] = [''];
  for (const letter of word) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && measure(last + letter, bold, size) > room) parts.push(letter);
    else parts[parts.length - 1] = last + letter;
  }
  return parts;
}

/** Words with their styles; a change of style inside a word makes two that no space parts. */
function atomsOf(pieces: readonly NotePiece[], room: number, size: number): readonly Atom[] {
  const atoms: Atom[] = [];
  let spaced = false;
  for (const piece of pieces) {
    for (const word of piece.text.split(/(\s+)/)) {
      if (word === '') continue;
      if (/^\s+$/.test(word)) {
        spaced = true;
        continue;
      }
      for (const text of split(word, piece.bold, room, size)) {
        atoms.push({ piece: { ...piece, text }, width: measure(text, piece.bold, size), spaced });
        spaced = false;
      }
    }
  }
  return atoms;
}

/** Words of one line as few pieces: neighbours of one style are one. */
function placed(atoms: readonly Atom[], left: number, size: number): readonly PlacedPiece[] {
  const pieces: PlacedPiece[] = [];
  let x = left;
  atoms.forEach(({ piece, width, spaced }, index) => {
    const last = pieces.at(-1);
    const gap = index > 0 && spaced ? ' ' : '';
    if (last && last.bold === piece.bold && last.link === piece.link) pieces[pieces.length - 1] = { ...last, text: last.text + gap + piece.text };
    else pieces.push({ ...piece, x: x + measure(gap, piece.bold, size) });
    x += measure(gap, piece.bold, size) + width;
  });
  return pieces;
}

function wrapped(atoms: readonly Atom[], room: number, size: number): readonly (readonly Atom[])[] {
  const lines: Atom[][] = [[]];
  let taken = 0;
  for (const atom of atoms) {
    const gap = atom.spaced && (lines.at(-1)?.length ?? 0) > 0 ? measure(' ', atom.piece.bold, size) : 0;
    if (taken > 0 && taken + gap + atom.width > room) {
      lines.push([atom]);
      taken = atom.width;
    } else {
      lines.at(-1)?.push(atom);
      taken += gap + atom.width;
    }
  }
  return lines;
}

/** Set a note's text in lines that fit; what is beyond the limit is left out and told by `more`. */
export function layoutNote(text: string, { width, size, limit }: Setting): NoteLayout {
  const lines: NoteLine[] = [];
  for (const { marker, pieces } of parseNote(text)) {
    const indent = marker === null ? 0 : Math.max(NOTE.indent, Math.ceil(measure(`${marker} `, false, size)));
    const room = Math.max(size, width - NOTE.left - NOTE.right - indent);
    wrapped(atomsOf(pieces, room, size), room, size).forEach((atoms, index) => {
      lines.push({ marker: index === 0 ? marker : null, pieces: placed(atoms, NOTE.left + indent, size) });
    });
    if (lines.length > limit) return { lines: lines.slice(0, limit), more: true };
  }
  return { lines, more: false };
}

/** A note at full detail: as many lines as its height has room for, the last one given up to "More" when there is more. */
export function noteLines(text: string, box: { readonly w: number; readonly h: number }): NoteLayout {
  const room = Math.max(1, Math.floor((box.h - 2 * NOTE.top) / NOTE.line));
  const setting = { width: box.w, size: NOTE.size };
  const all = layoutNote(text, { ...setting, limit: room });
  return all.more ? layoutNote(text, { ...setting, limit: Math.max(1, room - 1) }) : all;
}

/** The height that a note of that width takes for its text: in steps of 8, from 64 to 240. */
export function noteHeight(text: string, width: number = NOTE.w): number {
  const limit = Math.ceil(NOTE.most / NOTE.line);
  const { lines } = layoutNote(text, { width, size: NOTE.size, limit });
  const wanted = Math.ceil((lines.length * NOTE.line + 2 * NOTE.top) / 8) * 8;
  return Math.min(NOTE.most, Math.max(NOTE.least, wanted));
}
