import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../shared/contracts/params.ts';
import { parseValue, printValue } from './units.ts';

const UNITS: readonly Unit[] = ['ms', 's', 'kb', 'mb', 'gb', 'rps', 'ratio', 'count', 'per_year', 'usd_month', 'usd_hour', 'vcpu', 'ops', 'iops', 'mb_s', 'days', 'months', 'times', 'per_day', 'bytes', 'fte', 'none'];

describe('typed values', () => {
  it.each<[string, Unit, string | undefined, number]>([
    ['250ms', 'ms', undefined, 250],
    ['1.5 s', 'ms', undefined, 1500],
    ['250 ms', 's', undefined, 0.25],
    ['2', 'ms', 's', 2000],
    ['2', 'ms', undefined, 2],
    ['20k', 'rps', undefined, 20_000],
    ['20 k', 'rps', undefined, 20_000],
    ['10k rps', 'rps', undefined, 10_000],
    ['10krps', 'rps', undefined, 10_000],
    ['1.5M', 'count', undefined, 1_500_000],
    ['2 GB', 'mb', undefined, 2048],
    ['2 GB', 'gb', undefined, 2],
    ['500 MB', 'gb', undefined, 0.5],
    ['99.9%', 'ratio', undefined, 0.999],
    ['99.9', 'ratio', undefined, 0.999],
    ['1,200', 'count', undefined, 1200],
    ['1,5', 'count', undefined, 1.5],
    ['$74', 'usd_month', undefined, 74],
    ['-3', 'none', undefined, -3],
    ['.5', 'vcpu', undefined, 0.5],
    ['2 years', 'days', undefined, 730],
    ['10 min', 's', undefined, 600],
    ['2 years', 'months', undefined, 24],
    ['18', 'months', undefined, 18],
    ['3x', 'times', undefined, 3],
    ['2 kB', 'bytes', undefined, 2000],
  ])('%s in %s', (text, unit, shown, expected) => {
    expect(parseValue(text, { unit }, shown)).toEqual({ ok: true, value: expected });
  });

  it.each<[string, Unit, readonly [number, number, number]]>([
    ['10..20', 'count', [10, 15, 20]],
    ['10 15 20', 'count', [10, 15, 20]],
    ['15±5', 'count', [10, 15, 20]],
    ['15 +/- 5', 'count', [10, 15, 20]],
    ['15±10%', 'count', [13.5, 15, 16.5]],
    ['10..20 ms', 's', [0.01, 0.015, 0.02]],
    ['10ms..20ms', 's', [0.01, 0.015, 0.02]],
    ['10 15 20 ms', 's', [0.01, 0.015, 0.02]],
    ['500 ms to 2 s', 'ms', [500, 1250, 2000]],
    ['1k..3k', 'rps', [1000, 2000, 3000]],
    ['80..90%', 'ratio', [0.8, 0.85, 0.9]],
  ])('the range %s in %s', (text, unit, [low, likely, high]) => {
    expect(parseValue(text, { unit })).toEqual({ ok: true, value: { low, likely, high, provenance: 'U' } });
  });

  it.each<[string, Unit]>([
    ['', 'ms'], ['abc', 'ms'], ['12 parsecs', 'ms'], ['5 5', 'count'], ['20..10', 'count'], ['3 2 1', 'count'], ['1e999', 'count'], ['..', 'count'], ['±', 'count'], ['2 GB', 'ms'],
  ])('refuses "%s" in %s with a sentence', (text, unit) => {
    const parsed = parseValue(text, { unit });
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error).toMatch(/^["A-Z].*\.$/);
  });

  it('keeps 1 to 999 beside the largest unit', () => {
    expect(printValue(1500, { unit: 'ms' })).toEqual({ text: '1.5', unit: 's' });
    expect(printValue(250, { unit: 'ms' })).toEqual({ text: '250', unit: 'ms' });
    expect(printValue(0.6, { unit: 'ms' })).toEqual({ text: '600', unit: 'µs' });
    expect(printValue(0, { unit: 'ms' })).toEqual({ text: '0', unit: 'ms' });
    expect(printValue(20_000, { unit: 'rps' })).toEqual({ text: '20k', unit: 'rps' });
    expect(printValue(2048, { unit: 'count' })).toEqual({ text: '2048', unit: '' });
    expect(printValue(0.999, { unit: 'ratio' })).toEqual({ text: '99.9', unit: '%' });
    expect(printValue(2048, { unit: 'mb' })).toEqual({ text: '2', unit: 'GB' });
    expect(printValue(0.5, { unit: 'vcpu' })).toEqual({ text: '0.5', unit: 'vCPU' });
    expect(printValue(512, { unit: 'gb', binary: true })).toEqual({ text: '512', unit: 'GB' });
    expect(printValue(0.5, { unit: 'gb', binary: true })).toEqual({ text: '512', unit: 'MB' });
  });

  it('reads back what it prints, with the unit written or understood', () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true }).filter((number) => number === 0 || Math.abs(number) > 1e-6);
    fc.assert(
      fc.property(value, fc.constantFrom(...UNITS), fc.boolean(), fc.boolean(), (stored, unit, binary, bare) => {
        const shown = printValue(stored, { unit, binary });
        expect(`${shown.text}${shown.unit}`).not.toMatch(/NaN|undefined|Infinity/);
        const back = parseValue(bare ? shown.text : `${shown.text} ${shown.unit}`, { unit, binary }, shown.unit);
        expect(back.ok && typeof back.value === 'number').toBe(true);
        if (back.ok && typeof back.value === 'number') expect(Math.abs(back.value - stored)).toBeLessThanOrEqual(Math.abs(stored) * 1e-10);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws and never answers with a number that is not finite', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...UNITS), (text, unit) => {
        const parsed = parseValue(text, { unit });
        if (parsed.ok) for (const number of typeof parsed.value === 'number' ? [parsed.value] : [parsed.value.low, parsed.value.likely, parsed.value.high]) expect(Number.isFinite(number)).toBe(true);
      }),
    );
  });
});
