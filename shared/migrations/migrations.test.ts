import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DESIGN_VERSION } from '../model/design.ts';
import { printPlumb } from '../model/plumb-file.ts';
import { migrateDocument, migrations } from './index.ts';
import type { Migration } from './migration.ts';
import { readPlumb } from './read-plumb.ts';

const folder = new URL('.', import.meta.url);
const fixture = (version: number): string => readFileSync(new URL(`../../tests/fixtures/plumb/version-${version}.plumb`, import.meta.url), 'utf8');

describe('migrations', () => {
  it('are contiguous, named after their files, and lead to the present format', () => {
    const files = readdirSync(folder).filter((file) => /^\d{4}-.*\.ts$/.test(file)).map((file) => file.replace('.ts', '')).sort();
    expect(migrations.map(({ name }) => name)).toEqual(files);
    migrations.forEach(({ to, name }, index) => {
      expect(to).toBe(index + 1);
      expect(name.slice(0, 4)).toBe(String(to).padStart(4, '0'));
    });
    expect(migrations.at(-1)?.to).toBe(DESIGN_VERSION);
  });

  it('each run on a document from before them, once and in order', () => {
    const result = migrateDocument({ nodes: {}, kept: 1 });
    expect(result.ok && result.value.ran).toEqual(migrations.map(({ name }) => name));
    expect(result.ok && result.value.raw).toMatchObject({ version: DESIGN_VERSION, kept: 1 });
  });

  it('start after the version of the document and leave newer ones alone', () => {
    const steps: Migration[] = [1, 2, 3].map((to) => ({ to, name: `000${to}-step`, up: (raw) => ({ ...raw, [`step${to}`]: true }) }));
    const from2 = migrateDocument({ version: 2 }, steps, 3);
    expect(from2).toEqual({ ok: true, value: { raw: { version: 3, step3: true }, ran: ['0003-step'] } });
    const raw = { version: 9 };
    const newer = migrateDocument(raw, steps, 3);
    expect(newer.ok && newer.value.raw).toBe(raw);
  });

  it('refuse a document when a step throws, without changing it', () => {
    const raw = { version: 1, nodes: {} };
    const step: Migration = { to: 2, name: '0002-broken', up: () => { throw new TypeError('no'); } };
    const result = migrateDocument(raw, [step], 2);
    expect(!result.ok && result.error.message).toContain('0002-broken');
    expect(raw).toEqual({ version: 1, nodes: {} });
  });

  it('do not change their input', () => {
    for (const { up } of migrations) {
      const raw = Object.freeze({ nodes: Object.freeze({}), unknown: Object.freeze([1]) });
      expect(up(raw)).toMatchObject({ nodes: {}, unknown: [1] });
    }
  });
});

describe('golden files', () => {
  it('of format 1 reads without a problem and is written back byte for byte', () => {
    const read = readPlumb(fixture(1));
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.problems).toEqual([]);
    expect(read.value.readOnly).toBeNull();
    expect(printPlumb(read.value.design)).toBe(fixture(1));
    expect(read.value.design.nodes.n4).toMatchObject({ type: 'some-plugin-type', 'x-plugin': { kept: true } });
  });
});
