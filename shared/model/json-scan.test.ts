import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from './json-scan.ts';

function accepted(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('scanJson', () => {
  it('agrees with JSON.parse on texts, valid and damaged', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, at, insert) => {
        const cut = at % (json.length + 1);
        for (const text of [json, json.slice(0, cut), json.slice(0, cut) + insert + json.slice(cut), json.slice(0, cut) + insert + json.slice(cut + 1)]) {
          expect(scanJson(text).error === null, text).toBe(accepted(text));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(['01', '-', '1.', '.5', '+1', '1e', 'nul', 'truee', '"\\x"', '"\\u12g4"', '"\t"', '[1,]', '{"a":1,}', '{,}', '[', '{"a"', '[1 2]', "{'a':1}", '{}}', '﻿{}', '"\u0000"', 'NaN', '\u00a0{}'])('refuses %j as JSON.parse does', (text) => {
    expect(accepted(text)).toBe(false);
    expect(scanJson(text).error).not.toBeNull();
  });

  it('names line, column and what was expected', () => {
    expect(scanJson('{\n  "a": 1\n  "b": 2\n}').error).toEqual({ line: 3, column: 3, expected: 'a comma or "}"', ended: false });
    expect(scanJson('{\n  "a": [1,\n').error).toMatchObject({ line: 3, ended: true });
  });

  it('finds keys that stand twice in one object, also when written differently, and counts beyond the listed ones', () => {
    expect(scanJson('{"a": {"x": 1, "y": {"x": 2}},\n "b": {"x": 3,\n "\\u0078": 4}}').duplicates).toEqual([{ key: 'x', line: 3 }]);
    const many = scanJson(`{${Array.from({ length: 101 }, () => '"k":0').join(',')}}`);
    expect([many.duplicates.length, many.duplicateCount]).toEqual([50, 100]);
  });

  it('reads a million nested lists', () => {
    const depth = 1_000_000;
    expect(scanJson('['.repeat(depth) + ']'.repeat(depth)).error).toBeNull();
    expect(scanJson('['.repeat(depth)).error?.ended).toBe(true);
  });
});
