import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { NodeView } from '../../contracts/graph-view.ts';
import { compileDesign } from '../compile/compile.ts';
import { evaluate } from '../evaluate.ts';
import { solveContext } from '../pipeline.ts';
import { Alternatives } from './alternatives.ts';

const MILLIONS_A_MONTH = (730 * 3600) / 1e6;

const service = (peak_rps: number, cpu_ms: number) => design().client('c').service('api', { cpu_ms }).chain('c', 'api').workload({ peak_rps, peak_to_avg: 1 }).build();
const lambda = (peak_rps: number) => design().client('c').node('lambda', 'fn').chain('c', 'fn').workload({ peak_rps, peak_to_avg: 2 }).build();

describe('the other way of running code', () => {
  test('100 ms at 512 MB cost $1.03 for a million requests, so 26 a second cost what two vCPUs do (evaluation 7.3)', () => {
    const found = evaluate(service(1, (100 * 512) / 1769), catalog).nodes['api']?.evidence['function_usd_month'] ?? 0;
    expect(found / MILLIONS_A_MONTH).toBeCloseTo(0.2 + 0.1 * 0.5 * 16.6667, 3);
    expect(70.08 / found).toBeGreaterThan(25.5);
    expect(70.08 / found).toBeLessThan(26.5);
  });

  test('machines carry the peak three fifths busy, two at least', () => {
    const machines = (rps: number) => evaluate(lambda(rps), catalog).nodes['fn']?.evidence ?? {};
    expect(machines(10)).toMatchObject({ machines: 2 });
    expect(machines(10)['machines_usd_month']).toBeCloseTo(2 * 2 * 0.048 * 730, 9);
    // 20 ms of processor time at 300 a second are six cores, ten at three fifths
    expect(machines(300)['machines']).toBeCloseTo(5, 9);
  });

  test('is in no total, and left out where the book has no price for it', () => {
    const context = solveContext(compileDesign(service(10, 5), catalog), 1);
    const { index } = context.compiled.graph.nodeById.get('api') as NodeView;
    const { ec2_vcpu_h: _missing, ...prices } = catalog.priceBook.prices;
    expect(new Alternatives(context, catalog.priceBook).has(index)).toBe(true);
    expect(new Alternatives(context, { ...catalog.priceBook, prices }).has(index)).toBe(false);
    const result = evaluate(service(10, 5), catalog);
    expect(result.cost.items.some(({ price_key }) => price_key.startsWith('lambda'))).toBe(false);
    expect(result.cost.unpriced).toEqual([]);
  });
});
