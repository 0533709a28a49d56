import { describe, expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import { parseCompose } from '../../../../shared/interchange/compose/parse-compose.ts';
import type { ImportReport } from '../../../../shared/interchange/import-report.ts';
import { createCounterIds } from '../../../../shared/model/ids.ts';
import { carried, corrections, correctionKey, decided, recalled, rowsOf, standingRows, type Choice, type ImportRow } from './proposal.ts';
import { choiceOf, optionsFor, valueOf } from './row-options.ts';
import { importedNotice, placeOf, sourcesText } from './words.ts';
import { elkLayouter } from '../../../../tests/support/elk.ts';

const COMPOSE = `services:
  web:
    image: registry.example:5000/acme/web:2.1
    depends_on: [db]
    ports: ["80:80"]
  db:
    image: postgres:16
`;

async function read(text = COMPOSE): Promise<ImportReport> {
  const result = await parseCompose([{ name: 'compose.yaml', text }], { catalog, layouter: elkLayouter, ids: createCounterIds() });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function rowOf(rows: readonly ImportRow[], what: string): ImportRow {
  const row = rows.find((one) => one.target.kind === 'node' && one.what === what);
  if (!row) throw new Error(`No row for ${what}`);
  return row;
}

const choices = (...entries: readonly (readonly [ImportRow, Choice])[]): ReadonlyMap<string, Choice> => new Map(entries.map(([row, choice]) => [row.key, choice]));

describe('a proposal', () => {
  test('is the same for the same files, with the least sure rows first', async () => {
    const [first, second] = [await read(), await read()];
    expect(first).toEqual(second);
    const order = rowsOf(first).map(({ confidence }) => ['guess', 'likely', 'sure'].indexOf(confidence));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('takes another type or preset, and forgets that it was guessed', async () => {
    const base = await read();
    const rows = rowsOf(base);
    const web = rowOf(rows, 'web');
    const report = decided(base, choices([web, choiceOf(web, 'celery-worker')]));
    expect(report.design.nodes[web.target.id]).toMatchObject({ type: 'celery-worker', name: 'web' });
    expect(report.design.nodes[web.target.id]?.guessed).toBeUndefined();
    const guess = report.guesses.find(({ target }) => target.id === web.target.id);
    expect(guess).toMatchObject({ confidence: 'sure', because: 'chosen by you' });
    expect(valueOf(web, guess, { kind: 'part', part: 'celery-worker' }, report.design)).toBe('celery-worker');
    expect(base.design.nodes[web.target.id]?.type).not.toBe('celery-worker');
  });

  test('confirming clears the mark and changes nothing else', async () => {
    const base = await read();
    const web = rowOf(rowsOf(base), 'web');
    const report = decided(base, choices([web, { kind: 'confirm' }]));
    const { guessed: _gone, ...before } = base.design.nodes[web.target.id] ?? {};
    expect(report.design.nodes[web.target.id]).toEqual(before);
  });

  test('leaving a part out takes its connections along; the row stays to bring it back', async () => {
    const base = await read();
    const rows = rowsOf(base);
    const db = rowOf(rows, 'db');
    const out = choices([db, { kind: 'out' }]);
    const report = decided(base, out);
    expect(Object.values(report.design.edges).some(({ from, to }) => from === db.target.id || to === db.target.id)).toBe(false);
    const standing = standingRows(rows, report, out);
    expect(standing).toContain(db);
    expect(standing.filter(({ target }) => target.kind === 'edge').every(({ target }) => target.id in report.design.edges)).toBe(true);
  });

  test('a connection can get another kind or go', async () => {
    const base = await read();
    const edge = rowsOf(base).find(({ target }) => target.kind === 'edge');
    if (!edge) throw new Error('No connection was read');
    expect(optionsFor(edge, base.design).options.map(({ value }) => value)).toContain('cache');
    expect(decided(base, choices([edge, choiceOf(edge, 'cache')])).design.edges[edge.target.id]?.kind).toBe('cache');
    expect(decided(base, choices([edge, choiceOf(edge, '-out')])).design.edges).not.toHaveProperty(edge.target.id);
  });
});

describe('corrections', () => {
  test('are kept by image without its tag, else by service', () => {
    const guess = { target: { kind: 'node', id: 'n1' }, what: 'web', became: '', confidence: 'guess', alternatives: [] } as const;
    expect(correctionKey({ ...guess, because: 'image registry.example:5000/acme/web:2.1' })).toBe('image registry.example:5000/acme/web');
    expect(correctionKey({ ...guess, because: 'image acme/web@sha256:00ff, port 80' })).toBe('image acme/web');
    expect(correctionKey({ ...guess, because: 'image acme/web' })).toBe('image acme/web');
    expect(correctionKey({ ...guess, because: 'has a build' })).toBe('service web');
    expect(correctionKey({ ...guess, target: { kind: 'edge', id: 'e1' }, because: 'depends_on' })).toBeNull();
  });

  test('come back in the next import of the same thing, and only as types that exist', async () => {
    const base = await read();
    const rows = rowsOf(base);
    const web = rowOf(rows, 'web');
    const kept = corrections(rows, choices([web, { kind: 'part', part: 'monolith' }]));
    expect(Object.values(kept)).toEqual(['monolith']);
    expect([...recalled(base, kept)]).toEqual([[web.key, { kind: 'part', part: 'monolith' }]]);
    expect(recalled(base, Object.fromEntries(Object.keys(kept).map((key) => [key, 'no-such-part']))).size).toBe(0);
  });

  test('decisions survive files that join', async () => {
    const [before, after] = [rowsOf(await read()), rowsOf(await read(`${COMPOSE}  extra:\n    image: redis:7\n`))];
    const made = choices([rowOf(before, 'db'), { kind: 'confirm' }]);
    expect([...carried(before, made, after)]).toEqual([[rowOf(after, 'db').key, { kind: 'confirm' }]]);
  });
});

test('words', async () => {
  expect(sourcesText(['a.yml'])).toBe('a.yml');
  expect(sourcesText(['a.yml', 'b.yml'])).toBe('a.yml and b.yml');
  expect(sourcesText(['.env', 'a.yml', 'b.yml', 'd', 'e'])).toBe('a.yml, b.yml and 3 more');
  expect(placeOf({ level: 'warning', code: 'x', message: 'a.yml, line 3: no.', where: 'a.yml', line: 3 })).toBeNull();
  expect(placeOf({ level: 'warning', code: 'x', message: 'Not read.', where: 'a.yml', line: 3 })).toBe('a.yml, line 3');
  expect(importedNotice(await read())).toMatch(/^Imported 3 components and 2 connections\./);
});
