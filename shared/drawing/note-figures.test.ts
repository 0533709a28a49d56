import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutNote, NOTE, noteHeight, noteLines } from './note-figures.ts';
import { parseNote, spokenNote } from './note-text.ts';

const words = (text: string): string => layoutNote(text, { width: 200, size: 13, limit: 1000 }).lines.map(({ marker, pieces }) => (marker ?? '') + pieces.map((piece) => piece.text).join('|')).join('\n');

describe('a note', () => {
  it('knows bold, lists and links, and nothing else', () => {
    expect(parseNote('a **b** c')[0]?.pieces.map(({ text, bold }) => [text, bold])).toEqual([['a ', false], ['b', true], [' c', false]]);
    expect(parseNote('- one\n2. two').map(({ marker }) => marker)).toEqual(['•', '2.']);
    expect(parseNote('see [docs](https://a.example/x) or https://b.example.')[0]?.pieces.map(({ text, link }) => [text, link])).toEqual([['see ', null], ['docs', 'https://a.example/x'], [' or ', null], ['https://b.example', 'https://b.example'], ['.', null]]);
    for (const text of ['[x](javascript:alert(1))', '<b>x</b>', '# title', '_x_', '** x**', 'file:///etc']) expect(parseNote(text)[0]?.pieces).toEqual([{ text, bold: false, link: null }]);
    expect(spokenNote('**Plan**\n- first\n- [second](https://a.example)')).toBe('Plan first second');
  });

  it('wraps by measured width and says what did not fit', () => {
    expect(words('Orders are written once and read often.')).toBe('Orders are written once and\nread often.');
    expect(words('pre**fix** x')).toBe('pre|fix|x');
    const long = 'line\n'.repeat(30);
    expect(noteHeight('')).toBe(NOTE.least);
    expect(noteHeight(long)).toBe(NOTE.most);
    expect(noteLines(long, { w: 200, h: 240 })).toMatchObject({ more: true });
    expect(noteLines('line\nline', { w: 200, h: 64 })).toMatchObject({ more: false });
  });

  it('of any text is set within its width, loses no letter and never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { lines } = layoutNote(text, { width: 200, size: 13, limit: 1000 });
        const shown = lines.flatMap(({ marker, pieces }) => [marker === '•' ? '' : (marker ?? ''), ...pieces.map((piece) => piece.text)]).join('').replace(/\s/g, '');
        const meant = parseNote(text).flatMap(({ marker, pieces }) => [marker === '•' ? '' : (marker ?? ''), ...pieces.map((piece) => piece.text)]).join('').replace(/\s/g, '');
        expect(shown).toBe(meant);
        for (const { pieces } of lines) for (const { x } of pieces) expect(x).toBeLessThan(200);
        const height = noteHeight(text);
        expect(height >= 64 && height <= 240).toBe(true);
        expect(height === 240 || !noteLines(text, { w: 200, h: height }).more).toBe(true);
      }),
    );
  });
});
