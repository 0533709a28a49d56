import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { designSchema, type Design } from '../../shared/model/design.ts';
import { normaliseDesign } from '../../shared/model/normalise.ts';
import { printPlumb, writePlumb } from '../../shared/model/plumb-file.ts';
import { readPlumb } from '../../shared/migrations/read-plumb.ts';
import { createRandom, PLUMB_CASES, SOUND } from './plumb-cases.ts';

// the runner ends a case that does not come to an end
vi.setConfig({ testTimeout: 8000 });
afterAll(() => vi.resetConfig());

const prototypeKeys = JSON.stringify(Reflect.ownKeys(Object.prototype).map(String));

afterEach(() => {
  expect(JSON.stringify(Reflect.ownKeys(Object.prototype).map(String))).toBe(prototypeKeys);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

function expectReadable(message: string): void {
  expect(message).toMatch(/^["A-Z0-9].*\.$/s);
  expect(message).not.toMatch(/undefined|\[object|TypeError|at position|[≥≤→←∞≈▲▼!]/);
  expect(message.length).toBeLessThan(400);
}

/** No object anywhere has a prototype of its own making. */
function expectPlain(design: Design): void {
  const open: unknown[] = [design];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    expect(Object.getPrototypeOf(value)).toBe(Array.isArray(value) ? Array.prototype : Object.prototype);
    for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) open.push(child);
  }
}

function expectSound(design: Design): void {
  const checked = designSchema.safeParse(design);
  expect(checked.success ? [] : checked.error.issues).toEqual([]);
  const again = normaliseDesign(design).design;
  expect(printPlumb(again) === printPlumb(design)).toBe(true);
}

describe('bad .plumb files', () => {
  it('are many, and each has its own name', () => {
    expect(PLUMB_CASES.length).toBeGreaterThanOrEqual(40);
    expect(new Set(PLUMB_CASES.map(({ name }) => name)).size).toBe(PLUMB_CASES.length);
  });

  it.each(PLUMB_CASES)('$name', ({ text, expect: expected }) => {
    const body = text();
    const read = readPlumb(body);
    if ('refused' in expected) {
      if (read.ok) throw new Error('was opened');
      expect(read.error).toMatchObject({ level: 'error', code: expected.refused });
      expectReadable(read.error.message);
      return;
    }
    if (!read.ok) throw new Error(`was refused: ${read.error.message}`);
    const { design, problems, readOnly } = read.value;
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining([...expected.opens]));
    if (expected.opens.length === 0) expect(problems.filter(({ code }) => code !== 'placed')).toEqual([]);
    for (const { message } of problems) expectReadable(message);
    expect(readOnly !== null).toBe(expected.readOnly === true);
    expectSound(design);
    if (Object.keys(design.nodes).length < 1000) expectPlain(design);
    const written = writePlumb(design);
    expect(written.ok).toBe(expected.readOnly !== true);
  });
});

describe('seeded damage', () => {
  const random = createRandom(20_240_607);
  const bytes = new TextEncoder().encode(SOUND);

  it.each(Array.from({ length: 16 }, (_, index) => index))('flipped bits, round %i: opened soundly or refused with a sentence', () => {
    for (let round = 0; round < 60; round += 1) {
      const copy = bytes.slice();
      for (let flips = 1 + Math.floor(random() * 4); flips > 0; flips -= 1) {
        const at = Math.floor(random() * copy.length);
        copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      const read = readPlumb(new TextDecoder().decode(copy));
      if (read.ok) expectSound(read.value.design);
      else expectReadable(read.error.message);
    }
  });

  it('lines left out or doubled: opened soundly or refused with a line', () => {
    const lines = SOUND.split('\n');
    for (let round = 0; round < 200; round += 1) {
      const at = Math.floor(random() * lines.length);
      const damaged = round % 2 === 0 ? lines.toSpliced(at, 1) : lines.toSpliced(at, 0, lines[at] ?? '');
      const read = readPlumb(damaged.join('\n'));
      if (read.ok) expectSound(read.value.design);
      else expect(read.error.line).toBeGreaterThan(0);
    }
  });
});

describe('properties', () => {
  it('any JSON under "nodes" opens soundly or is refused, and nothing changes Object.prototype', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (nodes, more) => {
        const read = readPlumb(`{"nodes":${nodes},"edges":${more},"__proto__":${more}}`);
        if (read.ok) expectSound(read.value.design);
        else expectReadable(read.error.message);
      }),
      { numRuns: 400 },
    );
  });

  it('what was written reads back as the same document', () => {
    const name = fc.string({ unit: 'binary', maxLength: 12 });
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const parameter = fc.oneof(fc.double({ noNaN: true, min: -1e15, max: 1e15 }), fc.string(), fc.boolean(), fc.constant(null), fc.json().map((text): unknown => JSON.parse(text)));
    const raw = fc.record({
      nodes: fc.dictionary(id, fc.record({ type: fc.constantFrom('service', 'future-type'), name, params: fc.dictionary(name, parameter), plugin: fc.jsonValue() })),
      edges: fc.dictionary(id, fc.record({ from: id, to: id, params: fc.dictionary(name, parameter) })),
      reserved: fc.jsonValue(),
    });
    fc.assert(
      fc.property(raw, (value) => {
        const { design } = normaliseDesign(value);
        const written = writePlumb(design);
        if (!written.ok) throw new Error(written.error.message);
        const read = readPlumb(written.value.text);
        if (!read.ok) throw new Error(read.error.message);
        expect(printPlumb(read.value.design)).toBe(printPlumb(design));
        expect(read.value.design).toEqual(design);
      }),
      { numRuns: 300 },
    );
  });
});
