import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as format from './format.ts';

const {
  formatAvailability, formatBytes, formatCount, formatDelta, formatDuration, formatDurationRange, formatFixedMultiple,
  formatMoney, formatMonthly, formatMs, formatMultiple, formatNines, formatNumber, formatPercent, formatQuantity,
  formatRange, formatRate, formatUtilisation, speakRate,
} = format;

/** Formatters of one number that owe at most three significant figures. */
const THREE_FIGURES: readonly ((value: number) => string)[] = [
  formatNumber, formatCount, formatRate, formatMultiple, formatFixedMultiple, formatDuration, formatMs, formatPercent,
  formatUtilisation, formatMoney, formatMonthly, formatBytes, formatNines, speakRate, (value) => formatDelta(value, formatMonthly),
];

/** Significant digits of the first figure in a text. */
function significant(text: string): number {
  const figure = /\d[\d,]*(?:\.\d+)?/.exec(text)?.[0].replaceAll(',', '') ?? '';
  const digits = figure.replace('.', '').replace(/^0+/, '');
  return (figure.includes('.') ? digits : digits.replace(/0+$/, '')).length;
}

describe('figures', () => {
  it.each([
    [formatRate(2020), '2.02k rps'],
    [formatRate(1900), '1.9k rps'],
    [formatRate(999.6), '1k rps'],
    [formatRate(20, 'writes/s'), '20 writes/s'],
    [formatRate(1 / 3600), '1/h'],
    [formatRate(0.005), '18/h'],
    [formatRate(2 / 86400), '2/day'],
    [formatRate(0.05), '0.05 rps'],
    [formatRate(0), '0 rps'],
    [formatRate(0.001, 'writes/s'), '0.001 writes/s'],
    [formatMultiple(4.2), '4.2x'],
    [formatFixedMultiple(1), '1.00x'],
    [formatFixedMultiple(9.999), '10.0x'],
    [formatFixedMultiple(100), '100x'],
    [formatDuration(0.038), '38 ms'],
    [formatDuration(1.3), '1.3 s'],
    [formatDuration(0.9999), '1 s'],
    [formatMs(0.6), '0.6 ms'],
    [formatDuration(0.000012), '12 µs'],
    [formatDuration(0), '0 ms'],
    [formatDuration(252), '4.2 min'],
    [formatDuration(20 * 365 * 86400), '20 years'],
    [formatDuration(2.7e19), 'over 100 years'],
    [formatDurationRange(0.03, 0.052), '30 to 52 ms'],
    [formatRange(10, 20), '10 to 20'],
    [formatPercent(0.3541), '35.4 %'],
    [formatUtilisation(0.624), '62 %'],
    [formatUtilisation(1.08), '108 %'],
    [formatUtilisation(0), '0 %'],
    [formatAvailability(0.9946), '99.46 %'],
    [formatAvailability(0.99992), '99.992 %'],
    [formatAvailability(0.9999999), '99.99999 %'],
    [formatAvailability(0.99445), '99.44 %'],
    [formatAvailability(0.999999), '99.9999 %'],
    [formatAvailability(1 - 1e-12), '99.999999999 %'],
    [formatAvailability(1), '100 %'],
    [formatAvailability(0.362), '36 %'],
    [formatAvailability(0), '0 %'],
    [formatNines(0.999), '3 nines'],
    [formatMonthly(74.3), '$74/month'],
    [formatMonthly(1152), '$1,150/month'],
    [formatMoney(0.2), '$0.20'],
    [formatMoney(1_250_000), '$1.25M'],
    [formatDelta(74, formatMonthly), '+$74/month'],
    [formatDelta(-2), '−2'],
    [formatBytes(1.5e9), '1.5 GB'],
    [formatQuantity({ value: null, state: 'not_modelled' }), '–'],
    [formatQuantity({ value: null, state: 'unbounded' }), 'no limit'],
    [speakRate(5250), '5.25 thousand requests per second'],
    [speakRate(1 / 3600), '1 request per hour'],
  ])('%s', (got, expected) => {
    expect(got).toBe(expected);
  });

  it('never writes NaN, Infinity, undefined, a missing glyph or more than three significant figures', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        for (const write of THREE_FIGURES) {
          const text = write(value);
          expect(text).not.toMatch(/NaN|Infinity|undefined|e[+-]/);
          expect(text).toMatch(/^[\x20-\x7e–−µ]+$/);
          expect(significant(text)).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds to three figures as the decimals of a number do, also where they end half way', () => {
    const halves = fc.tuple(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 0, max: 6 })).map(([count, places]) => (count + 0.5) / 10 ** places);
    fc.assert(
      fc.property(fc.oneof(halves, fc.double({ min: 1e-4, max: 999, noNaN: true })), (value) => {
        fc.pre(value >= 1e-4 && value < 999.5);
        expect(formatNumber(value)).toBe(String(Number(value.toPrecision(3))));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps two significant figures of the unavailability and never shows less of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 0.5, noNaN: true }), (missing) => {
        const shown = 1 - Number(formatAvailability(1 - missing).replace(' %', '')) / 100;
        expect(shown).toBeGreaterThanOrEqual(missing * (1 - 1e-6) - 1e-15);
        expect(shown).toBeLessThanOrEqual(missing * 1.101 + 1e-11);
      }),
    );
  });
});
