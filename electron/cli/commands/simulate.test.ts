import { expect, test } from 'vitest';
import type { SimulationResult } from '../../../shared/contracts/simulation.ts';
import { printPlumb } from '../../../shared/model/plumb-file.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { CliIo } from '../io.ts';
import { run } from '../run.ts';
import { simulateCommand } from './simulate.ts';

async function cli(...argv: readonly string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const text = printPlumb(design().client('Web').service('Api').rdbms('Db').chain('Web', 'Api', 'Db').build());
  const io: CliIo = { out: (part) => void (out += part), err: () => undefined, readText: () => Promise.resolve(text), readRelated: () => Promise.resolve({}) as never, write: () => Promise.resolve() };
  return { code: await run([simulateCommand], ['simulate', ...argv], io, '0.0.0'), out };
}

test('simulate prints journeys beside what is computed, components and what is not simulated', async () => {
  const { code, out } = await cli('a.plumb', '--seconds', '200');
  expect(code).toBe(0);
  expect(out).toContain('Simulated 3.33 min with seed 1');
  expect(out).toMatch(/Journey +answered +failed +mean +computed +p99 +computed/);
  expect(out).toMatch(/Api +1\d(\.\d+)? % cpu/);
  expect(out).toContain('agree');
  expect(out).toContain('Not simulated:');
});

test('the same seed gives the same bytes, another seed another run; wrong words are refused', async () => {
  const first = await cli('a.plumb', '--seconds', '20', '--seed', '7', '--json');
  expect(await cli('a.plumb', '--seconds', '20', '--seed', '7', '--json')).toEqual(first);
  expect((JSON.parse(first.out) as SimulationResult).seed).toBe(7);
  expect((await cli('a.plumb', '--seconds', '20', '--seed', '8', '--json')).out).not.toBe(first.out);
  const several = await cli('a.plumb', '--seconds', '20', '--seed', '7', '--runs', '3');
  expect(several.out).toContain('Simulated 3 runs of 20 s with seed 7');
  expect((await cli('a.plumb', '--seconds', 'long')).code).toBe(3);
  expect((await cli('a.plumb', '--runs', '0')).code).toBe(3);
  expect((await cli()).code).toBe(3);
});
