import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { evaluate } from '../../engine/evaluate.ts';
import { emptyDesign } from '../../model/design.ts';
import { plainLine, table } from './escape.ts';
import { printMarkdown } from './print-markdown.ts';

/** Cells of a row as GitHub divides it: at bars that no backslash precedes. */
function cells(row: string): readonly string[] {
  const out: string[] = [''];
  for (let at = 0; at < row.length; at += 1) {
    if (row[at] === '\\') out[out.length - 1] += row.slice(at, (at += 1) + 1);
    else if (row[at] === '|') out.push('');
    else out[out.length - 1] += row[at] ?? '';
  }
  return out.slice(1, -1).map((cell) => cell.trim());
}

const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
const shown = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '').trim();
const label = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('|', '\\', '`', '*', '_', '<', '>', '&', '\n', '\r\n', '# ', '- ', '1. ', '](', 'https://', 'www.', '$', '~~', ' '), { maxLength: 12 }).map((parts) => parts.join('')));

describe('escaping', () => {
  test('any label stays in its cell and reads as it was', () => {
    fc.assert(fc.property(label, label, (a, b) => {
      const lines = table(['One', 'Two'], [[a, b]]).split('\n');
      expect(lines).toHaveLength(3);
      expect(cells(lines[2] ?? '').map((cell) => shown(unescaped(cell)))).toEqual([shown(a), shown(b)]);
    }), { numRuns: 500 });
  });

  test('nothing is markup: every special character has its backslash', () => {
    fc.assert(fc.property(label, (text) => {
      const bare = plainLine(text).replace(/\\[!-/:-@[-`{-~]/g, 'x');
      expect(bare).not.toMatch(/[`*_<>[\]|~&#$\\\n]/);
      expect(bare).not.toMatch(/^[-+=]|^\d{1,9}[.)](\s|$)/);
      expect(bare).not.toContain('://');
    }), { numRuns: 500 });
  });

  test('known cases', () => {
    expect(plainLine('a | b')).toBe('a \\| b');
    expect(plainLine('<img src=x onerror=alert(1)>')).toBe('\\<img src=x onerror=alert(1)\\>');
    expect(plainLine('1. first\n2. second')).toBe('1\\. first 2. second');
    expect(plainLine('see https://example.org and www.example.org')).toBe('see https\\://example.org and www\\.example.org');
  });
});

test('figures that no panel shows are told, with people beside the dollars', () => {
  const design = {
    ...emptyDesign('Figures'),
    nodes: { c: { id: 'c', type: 'client', name: 'Users', params: {} }, s: { id: 's', type: 'service', name: 'API', params: {} }, d: { id: 'd', type: 'rdbms', name: 'Orders', params: {} } },
    edges: { a: { id: 'a', from: 'c', to: 's', params: {} }, b: { id: 'b', from: 's', to: 'd', params: {} } },
  };
  const report = printMarkdown({ design, evaluation: evaluate(design, catalog), catalog });
  expect(report).toContain('| Orders | Calls at a time that the connection pools let through | 60 |');
  expect(report).toMatch(/Operational burden 0\.\d+ of 0\.5 full-time equivalents, about 8 pages a year\./);
});

test('names of the document cannot leave their place in a report', () => {
  const hostile = 'x |\n\n# <script>alert(1)</script>\n| [a](javascript:b) `c';
  const design = {
    ...emptyDesign(hostile),
    nodes: { n: { id: 'n', type: 'service', name: hostile, params: {} } },
    notes: { m: { id: 'm', text: hostile } },
  };
  const report = printMarkdown({ design, evaluation: null, catalog });
  expect(report).not.toContain('<script>');
  expect(report).not.toMatch(/[^\\]\[a/);
  expect(report.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
});
