import { expect, test } from 'vitest';
import { printPlumb } from '../../../shared/model/plumb-file.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { CliIo } from '../io.ts';
import { run } from '../run.ts';
import { evaluateCommand } from './evaluate.ts';
import { oracleCommand } from './oracle.ts';

async function cli(argv: readonly string[], files: Readonly<Record<string, string>>): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io: CliIo = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readText: (file) => Promise.resolve(files[file] ?? ''),
    readRelated: () => Promise.resolve({}) as never,
    write: () => Promise.resolve(),
  };
  const code = await run([evaluateCommand, oracleCommand], argv, io, '0.0.0');
  return { code, out, err };
}

const sketch = printPlumb(design().client('Web').service('Api').rdbms('Db').chain('Web', 'Api', 'Db').build());

test('evaluate prints journeys, components and the first break', async () => {
  const { code, out } = await cli(['evaluate', 'a.plumb', '--multiple', '2'], { 'a.plumb': sketch });
  expect(code).toBe(0);
  expect(out).toContain('Load 2x, 200 rps');
  expect(out).toMatch(/Api +200 rps +20 % cpu +4\.25x/);
  expect(out).toContain('First break: Api (cpu) at 10x, 1k rps');
});

test('evaluate --json is the whole result; wrong input and wrong words are refused', async () => {
  const { out } = await cli(['evaluate', '--json', 'a.plumb'], { 'a.plumb': sketch });
  expect((JSON.parse(out) as { total_rps: number }).total_rps).toBe(100);
  expect((await cli(['evaluate', 'b.plumb'], { 'b.plumb': '{' })).code).toBe(2);
  expect((await cli(['evaluate', 'a.plumb', '--multiple', 'much'], { 'a.plumb': sketch })).code).toBe(3);
  expect((await cli(['evaluate'], {})).code).toBe(3);
});

test('oracle counts known answers and fails on a wrong one', async () => {
  const cases = [{ id: 'half', model: 'utilisation', inputs: { lambda_per_min: 30, service_min: 1, workers: 60 }, expected: 0.5, tolerance: { abs: 1e-9 } }];
  expect(await cli(['oracle', 'o.json'], { 'o.json': JSON.stringify(cases) })).toMatchObject({ code: 0, out: '1 passed, 0 failed\n' });
  const wrong = await cli(['oracle', 'o.json'], { 'o.json': JSON.stringify(cases.map((item) => ({ ...item, expected: 0.6 }))) });
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain('half (utilisation');
});

test('evaluate --ranges adds ranges to the JSON, the same bytes for the same seed', async () => {
  const ranged = printPlumb(design().client('Web').service('Api', { cpu_ms: { low: 10, likely: 15, high: 30, provenance: 'U' } }).chain('Web', 'Api').build());
  const args = ['evaluate', 'a.plumb', '--ranges', '--runs', '20', '--seed'];
  const { code, out } = await cli([...args, '7'], { 'a.plumb': ranged });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ total_rps: 100, ranges: { seed: 7, runs: 20, inputs: [{ label: 'Api CPU per request', low: 10, high: 30 }] } });
  expect((await cli([...args, '7'], { 'a.plumb': ranged })).out).toBe(out);
  expect((await cli([...args, '8'], { 'a.plumb': ranged })).out).not.toBe(out);
  expect((await cli([...args, '1.5'], { 'a.plumb': ranged })).code).toBe(3);
  expect((await cli(['evaluate', 'a.plumb', '--seed', '1'], { 'a.plumb': ranged })).code).toBe(3);
});

test('evaluate --prices puts own prices and discounts over the list, and names a key that the list lacks', async () => {
  const cost = async (prices: string): Promise<number> => {
    const { out } = await cli(['evaluate', '--json', 'a.plumb', '--prices', 'own.json'], { 'a.plumb': sketch, 'own.json': prices });
    return (JSON.parse(out) as { cost: { usd_month: number } }).cost.usd_month;
  };
  const own = (body: object): string => JSON.stringify({ name: 'Contract', date: '2026-11', ...body });
  const list = await cost(own({}));
  expect(await cost(own({ discounts: { '*': 0.2 } }))).toBeCloseTo(list * 0.8, 6);
  const refused = await cli(['evaluate', 'a.plumb', '--prices', 'own.json'], { 'a.plumb': sketch, 'own.json': own({ prices: { ec2_vpcu_h: 1 } }) });
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('prices.ec2_vpcu_h: The price list has no such price')]);
  expect((await cli(['evaluate', 'a.plumb', '--prices', 'own.json'], { 'a.plumb': sketch, 'own.json': '{' })).code).toBe(2);
});
