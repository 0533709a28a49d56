/** A stretch of a note's text in one style. `link` is an http or https address, or null. */
export interface NotePiece { readonly text: string; readonly bold: boolean; readonly link: string | null }

/** A paragraph of a note: what stands before it in a list ("•", "1."), or null, and its text. */
export interface NoteParagraph { readonly marker: string | null; readonly pieces: readonly NotePiece[] }

const LIST = /^\s*(?:([-*•])|(\d{1,3})[.)])\s+(?=\S)/;

/** Bold, a named link, a bare address: the whole of the markup. Addresses other than http and https stay text. */
const MARKS = /\*\*(?=\S)([^*]+?)(?<=\S)\*\*|\[([^\][]+)\]\((https?:\/\/[^\s()<>]+)\)|(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/g;

function plain(text: string, bold: boolean): NotePiece[] {
  return text === '' ? [] : [{ text, bold, link: null }];
}

function piecesOf(text: string, bold: boolean): NotePiece[] {
  const pieces: NotePiece[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    const [whole, strong, label, address, bare] = found;
    pieces.push(...plain(text.slice(at, found.index), bold));
    if (strong !== undefined) pieces.push(...piecesOf(strong, true));
    else pieces.push({ text: label ?? bare ?? whole, bold, link: address ?? bare ?? null });
    at = found.index + whole.length;
  }
  return [...pieces, ...plain(text.slice(at), bold)];
}

/** Read a note's markup: `**bold**`, lists with `-` or `1.`, `[words](https://…)` and bare addresses. Everything else is text; never fails. */
export function parseNote(text: string): readonly NoteParagraph[] {
  return text.split(/\r?\n/).map((line) => {
    const list = LIST.exec(line);
    if (!list) return { marker: null, pieces: piecesOf(line, false) };
    return { marker: list[2] === undefined ? '•' : `${list[2]}.`, pieces: piecesOf(line.slice(list[0].length), false) };
  });
}

/** The first line of a note without its markup: its name in lists. */
export function noteTitle(text: string): string {
  return (parseNote(text.trimStart())[0]?.pieces ?? []).map((piece) => piece.text).join('').trim();
}

/** The words of a note without its markup, on one line: its name for the ear. */
export function spokenNote(text: string): string {
  return parseNote(text).map(({ marker, pieces }) => [marker === '•' ? null : marker, pieces.map((piece) => piece.text).join('')].filter(Boolean).join(' ')).join(' ').replace(/\s+/g, ' ').trim();
}
