import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { catalog, componentOf } from '../../catalog/index.ts';
import type { Behavior } from '../../shared/contracts/behavior.ts';
import type { Component } from '../../shared/contracts/component.ts';
import { resolveParams, type ParamField } from '../../shared/contracts/params.ts';
import type { Params } from '../../shared/model/design.ts';
import { pathPoints } from './svg-path.ts';

const folder = fileURLToPath(new URL('../../catalog/components', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const componentFiles = files.filter((file) => dirname(file) !== 'common');
const components = [...catalog.components.values()];

function behave(component: Component, params: Params, managed = true): Behavior {
  const resolved = resolveParams(component.params, params);
  expect(resolved.invalid, `${component.type} ${JSON.stringify(params)}`).toEqual([]);
  return component.behavior(deepFreeze(resolved.values), { stated: resolved.stated, managed, hot_set_bytes: 0 });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function numbersOf(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => numbersOf(member, `${path}.${key}`));
}

function allFields(fields: readonly ParamField[]): ParamField[] {
  return fields.flatMap((field) => [field, ...allFields(field.members ?? [])]);
}

/** Values worth trying for one field: its ends and every option. */
function probes(field: ParamField): unknown[] {
  if (field.kind === 'number') return [field.min, field.max].filter((value) => value !== undefined);
  if (field.kind === 'choice') return [...(field.values ?? [])];
  if (field.kind === 'subset') return [[], ...(field.values ?? []).map((value) => [value]), [...(field.values ?? [])]];
  if (field.kind === 'flag') return [true, false];
  if (field.kind === 'numbers') return [[], [0, 0], [1], [1, 2, 3, 4, 5, 6]];
  return field.kind === 'group' ? [null, {}] : ['', 'x'];
}

function expectSound(component: Component, params: Params, managed: boolean): void {
  const behavior = behave(component, params, managed);
  const label = `${component.type} ${JSON.stringify(params)} managed ${managed}`;
  for (const [path, value] of numbersOf(behavior)) {
    expect(Number.isFinite(value), `${label} ${path}`).toBe(true);
    expect(value, `${label} ${path}`).toBeGreaterThanOrEqual(0);
    if (path.endsWith('.units') && !path.includes('quantity')) expect(value, `${label} ${path}`).toBeGreaterThanOrEqual(1);
  }
  for (const line of behavior.costs) expect(catalog.priceBook.prices, label).toHaveProperty([line.price]);
  expect(behavior.failure.unit_availability).toBeLessThanOrEqual(1);
  expect(behave(component, params, managed)).toEqual(behavior);
}

describe('registry', () => {
  it('holds every component file, under its own name and category', () => {
    const inFolder = componentFiles.map((file) => `${dirname(file)}/${basename(file, '.ts')}`).sort();
    expect(components.length).toBeGreaterThan(0);
    expect(components.map(({ category, type }) => `${category}/${type}`).sort()).toEqual(inFolder);
  });

  it('is sorted by folder and name', () => {
    const order = components.map(({ category, type }) => `${category}/${type}`);
    expect(order).toEqual([...order].sort());
  });

  it('keeps files short', () => {
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8').split('\n').length, file).toBeLessThan(250);
  });

  it('resolves ids in kebab-case and snake_case, aliases, and nothing else', () => {
    for (const component of components) {
      for (const name of [component.type, component.type.replaceAll('-', '_'), ...(component.aliases ?? [])]) expect(componentOf(name), name).toBe(component);
    }
    expect(componentOf('no-such-type')).toBeUndefined();
    expect(componentOf('__proto__')).toBeUndefined();
    expect(componentOf('constructor')).toBeUndefined();
  });

  it.each(['aliases', 'keywords', 'words', 'images', 'ports', 'schemes'] as const)('gives each of its %s to one type only', (kind) => {
    const owner = new Map<string, string>();
    for (const component of components) {
      const presets = component.presets ?? [];
      const keywords = [component.type, component.title, ...component.keywords, ...presets.flatMap((preset) => [preset.id, preset.title, ...preset.keywords])];
      const recognition = component.recognition ?? {};
      const own = { aliases: [component.type, ...(component.aliases ?? [])], keywords, words: recognition.words, images: recognition.images, ports: recognition.ports, schemes: recognition.schemes }[kind] ?? [];
      for (const word of new Set(own.map((entry) => String(entry).toLowerCase()))) {
        expect(owner.get(word), `${word} of ${component.type}`).toBeUndefined();
        owner.set(word, component.type);
      }
    }
  });

  it.each([
    ['Django', 'monolith'], ['Flask', 'monolith'], ['uWSGI', 'monolith'], ['FastAPI', 'service'], ['Gunicorn', 'service'], ['Nginx', 'nginx'], ['Kong', 'gateway-kong'],
    ['ALB', 'lb-managed'], ['NLB', 'lb-managed'], ['Redis', 'redis'], ['ElastiCache', 'redis'], ['PostgreSQL', 'rdbms'], ['MySQL', 'rdbms'], ['Aurora', 'rdbms'],
    ['RabbitMQ', 'rabbitmq'], ['Amazon MQ', 'rabbitmq'], ['Celery', 'celery-worker'],
  ])('finds %s as %s', (name, type) => {
    const found = components.filter(({ title, keywords, presets = [] }) =>
      [title, ...keywords, ...presets.flatMap((preset) => [preset.title, ...preset.keywords])].some((word) => word.toLowerCase() === name.toLowerCase()));
    expect(found.map((component) => component.type)).toEqual([type]);
  });

  it('draws a glyph of its own for each type, inside the 20 grid', () => {
    expect(new Set(components.map(({ icon }) => icon.replace(/\s+/g, ' ').trim())).size).toBe(components.length);
    for (const { type, icon } of components) {
      const points = pathPoints(icon);
      expect(points.length, type).toBeGreaterThan(4);
      for (const { x, y } of points) {
        expect(Math.min(x, y), `${type} ${x},${y}`).toBeGreaterThanOrEqual(1);
        expect(Math.max(x, y), `${type} ${x},${y}`).toBeLessThanOrEqual(19);
      }
    }
  });
});

describe.each(components.map((component) => [component.type, component] as const))('%s', (_, component) => {
  const fields = allFields(component.fields);

  it('says of each parameter what it is and where its default comes from', () => {
    for (const field of fields) {
      expect(field.label.trim(), field.key).not.toBe('');
      expect(field.help, field.key).toMatch(/[.]$/);
      expect(field.key, field.key).toMatch(/^[a-z][a-z0-9_]*$/);
      if (field.kind === 'number' && field.unit === undefined) expect.unreachable(`${field.key} has no unit`);
      if (['V', 'M', 'D'].includes(field.provenance)) expect(field.source, field.key).toBeDefined();
      if (field.source !== undefined) expect(catalog.sources.has(field.source), `${field.key}: ${field.source}`).toBe(true);
      if (field.practice) expect(field.question, field.key).toMatch(/[?]$/);
      for (const value of field.values ?? []) expect(field.options?.[value], `${field.key} ${value}`).toBeDefined();
    }
    const labels = component.fields.map((field) => field.label);
    expect(new Set(labels).size, labels.join()).toBe(labels.length);
  });

  it('uses only characters that the fonts have', () => {
    const { what, when, whenNot } = component.docs;
    const texts = [component.title, what, when, whenNot, ...(component.presets ?? []).map((preset) => preset.title), ...fields.flatMap((field) => [field.label, field.help, field.question ?? '', ...Object.values(field.options ?? {})])];
    for (const text of texts) expect(text).toMatch(/^[\x20-\x7e’“”±·×–]*$/);
    for (const text of [what, when, whenNot]) expect(text.length).toBeGreaterThan(40);
  });

  it('has defaults that its own schema accepts', () => {
    const parsed = component.params.parse({});
    expect(component.params.parse(parsed)).toEqual(parsed);
    expect(resolveParams(component.params, {}).values).toEqual(parsed);
  });

  it('describes sound behavior at the ends of every range and for every option', () => {
    for (const managed of [true, false]) {
      expectSound(component, {}, managed);
      for (const field of component.fields) {
        for (const value of probes(field)) expectSound(component, { [field.key]: value } as Params, managed);
      }
    }
  });

  it('names only its own parameters in presets and examples', () => {
    const known = new Set(component.fields.map((field) => field.key));
    for (const { params } of [...(component.presets ?? []), ...component.examples]) {
      for (const key of Object.keys(params)) expect(known.has(key), key).toBe(true);
      expectSound(component, params, true);
    }
    expect(component.examples.length).toBeGreaterThan(0);
  });

  it.each(component.examples.map((example) => [example.title, example] as const))('%s', (__, example) => {
    expect(example.expect(behave(component, example.params))).toBe(true);
  });
});

describe('known answers', () => {
  const hours = 730;
  const find = (type: string): Component => componentOf(type) ?? expect.unreachable(type);
  const fixedCost = (behavior: Behavior): number => behavior.costs.reduce((sum, { price, quantity, pricing_multiplier = 1 }) => {
    const usd = (catalog.priceBook.prices[price]?.usd ?? Number.NaN) * pricing_multiplier;
    if (quantity.per === 'hours') return sum + quantity.units * hours * usd;
    if (quantity.per === 'gb_month') return sum + quantity.gb * quantity.copies * usd;
    return quantity.per === 'count' ? sum + quantity.count * usd : sum;
  }, 0);

  it('prices the parts of the reference designs', () => {
    expect(fixedCost(behave(find('service'), {}))).toBeCloseTo(140.16, 2);
    expect(fixedCost(behave(find('rdbms'), {}))).toBeCloseTo(147.83, 2);
    expect(fixedCost(behave(find('rdbms'), { ha: 'multi_az' })) / fixedCost(behave(find('rdbms'), {}))).toBeCloseTo(2, 12);
    expect(fixedCost(behave(find('redis'), { memory_gb: 3.1 }))).toBeCloseTo(74.68, 2);
    expect(fixedCost(behave(find('rabbitmq'), {}))).toBeCloseTo(630.72, 2);
  });

  it('counts stores that the team runs itself by their copies', () => {
    const failure = (type: string, params: Params) => behave(find(type), params, false).failure;
    expect(failure('rdbms', {})).toMatchObject({ redundancy: 'instance', units: 1, unit_availability: 0.99, failures_per_year: 3, failover_s: 0 });
    expect(failure('rdbms', { ha: 'multi_az' })).toMatchObject({ redundancy: 'standby', units: 2, failover_s: 90, outage_s: 90 });
    expect(failure('redis', { replicas_per_shard: 2 })).toMatchObject({ redundancy: 'standby', units: 3 });
    expect(failure('rabbitmq', {})).toMatchObject({ redundancy: 'quorum', units: 3, regional: false });
    expect(behave(find('redis'), {}, false).operations.burden).toBe('self-hosted-stateful');
    expect(behave(find('redis'), {}, false).costs.map((line) => line.price)).toEqual(['ec2_vcpu_h']);
    expect(behave(find('rdbms'), { ha: 'aurora' }, false).failure.redundancy).toBe('service');
  });

  it('never gives more availability for less', () => {
    const availability = (params: Params): number => behave(find('rdbms'), params).failure.unit_availability;
    expect(availability({})).toBeLessThan(availability({ ha: 'multi_az' }));
    expect(availability({ ha: 'multi_az' })).toBeLessThan(availability({ ha: 'aurora' }));
    expect(availability({ ha: 'aurora', availability: 0.995 })).toBe(0.995);
  });
});
