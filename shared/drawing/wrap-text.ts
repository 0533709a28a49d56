import { fitName, type Measure } from './names.ts';

/** One word in pieces that fit. */
function broken(word: string, width: number, measure: Measure): readonly string[] {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [''];
  for (const letter of word) {
    const last = pieces.at(-1) ?? '';
    if (last !== '' && measure(last + letter) > width) pieces.push(letter);
    else pieces[pieces.length - 1] = last + letter;
  }
  return pieces;
}

function wrapped(paragraph: string, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of paragraph.split(/\s+/).filter(Boolean).flatMap((whole) => broken(whole, width, measure))) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && measure(longer) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

/** A text in at most `limit` lines of a width, broken at spaces; what is left out is told by an ellipsis. */
export function wrapText(text: string, width: number, limit: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    lines.push(...wrapped(paragraph, width, measure));
    if (lines.length > limit) return [...lines.slice(0, limit - 1), fitName(`${lines[limit - 1] ?? ''} …`, width, measure)];
  }
  return lines;
}
