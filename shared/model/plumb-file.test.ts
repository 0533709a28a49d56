import { describe, expect, it } from 'vitest';
import { DESIGN_VERSION, emptyDesign } from './design.ts';
import { parsePlumb, printPlumb, writePlumb } from './plumb-file.ts';

describe('parsePlumb', () => {
  it('opens a newer file read-only, in the words of the specification, and keeps what is new', () => {
    const read = parsePlumb(JSON.stringify({ version: 7, nodes: {}, novelty: { a: [1] } }));
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.readOnly).toBe(`This file was made by a newer Plumbline (format 7, this one reads ${DESIGN_VERSION}). It is open read-only; saving would lose what is new.`);
    expect(read.value.design).toMatchObject({ version: 7, novelty: { a: [1] } });
    expect(writePlumb(read.value.design).ok).toBe(false);
  });

  it('names the line of the first mistake', () => {
    expect(parsePlumb('{\n  "nodes": {}\n  "edges": {}\n}')).toEqual({
      ok: false,
      error: { level: 'error', code: 'not-json', message: 'Line 3, column 3: expected a comma or "}". Nothing was opened.', line: 3 },
    });
  });

  it('reports a key that stands twice with its line', () => {
    const read = parsePlumb('{"nodes": {\n"a": {"type": "x"},\n"a": {"type": "y"}}}');
    expect(read.ok && read.value.problems[0]).toMatchObject({ code: 'key-twice', line: 3 });
    expect(read.ok && read.value.design.nodes.a?.type).toBe('y');
  });
});

describe('writePlumb', () => {
  it('writes the same bytes whatever the order of keys, one changed value on one changed line', () => {
    const design = emptyDesign('A');
    const other = Object.fromEntries(Object.entries(design).reverse());
    const text = printPlumb(design);
    expect(printPlumb(other as typeof design)).toBe(text);
    const changed = printPlumb({ ...design, name: 'B' });
    expect(changed.split('\n').filter((line, index) => line !== text.split('\n')[index])).toEqual(['  "name": "B",']);
  });

  it('never writes a number that would not read back: it is left out and reported', () => {
    const design = emptyDesign('A');
    design.nodes.a = { id: 'a', type: 'x', name: 'a', params: { bad: NaN, good: 1 } };
    design.layout.nodes.a = { x: Infinity, y: 0 };
    const written = writePlumb(design);
    if (!written.ok) throw new Error(written.error.message);
    expect(written.value.problems.filter(({ code }) => code === 'not-data').map(({ where }) => where)).toEqual(['nodes.a.params.bad', 'layout.nodes.a.x']);
    const read = parsePlumb(written.value.text);
    expect(read.ok && read.value.problems).toEqual([]);
    expect(read.ok && read.value.design.nodes.a?.params).toEqual({ good: 1 });
  });

  it('does not complain about connections that end nowhere', () => {
    const design = emptyDesign('A');
    design.edges.e = { id: 'e', from: 'x', to: 'y', params: {} };
    expect(writePlumb(design)).toMatchObject({ ok: true, value: { problems: [] } });
  });
});
