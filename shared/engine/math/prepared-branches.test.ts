import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixtureTail } from '../../../tests/support/mixture-tail.ts';
import { MixtureArena } from '../solve/mixture-arena.ts';
import { gammaTail } from './gamma.ts';
import type { Branch } from './mixture.ts';
import { lastBefore, PreparedBranches } from './prepared-branches.ts';

const branch = fc.record({
  weight: fc.double({ min: 0.01, max: 1, noNaN: true }), shift: fc.double({ min: 0, max: 2, noNaN: true }),
  mean: fc.double({ min: 0.01, max: 3, noNaN: true }), scv: fc.constantFrom(0, 0.001, 0.02, 0.5, 1, 4),
}).map(({ weight, shift, mean, scv }): Branch => ({ weight, shift, mean, variance: scv * mean * mean }));
const mixtures = fc.array(branch, { minLength: 1, maxLength: 6 });
const times = fc.double({ min: 0.001, max: 40, noNaN: true });

describe('prepared branches', () => {
  it('have the tail of the mixture and of each branch alone, wherever it is known without a gamma function too', () => {
    fc.assert(fc.property(mixtures, times, (mixture, t) => {
      const prepared = new PreparedBranches().fill(mixture);
      expect(Math.abs(prepared.tail(t) - mixtureTail(mixture, t))).toBeLessThan(1e-13);
      mixture.forEach(({ shift, mean, variance }, i) => expect(Math.abs(prepared.later(i, t) - gammaTail(mean, variance, t - shift))).toBeLessThan(1e-13));
    }), { numRuns: 500 });
  });

  it('know how fast their tail falls, and how that changes', () => {
    const prepared = new PreparedBranches().fill([{ weight: 0.4, shift: 0.2, mean: 1, variance: 0.3 }, { weight: 0.6, shift: 0, mean: 2, variance: 0.02 }]);
    const at = (t: number): readonly [number, number, number] => [prepared.tail(t), prepared.density, prepared.slope];
    for (const t of [0.5, 1.3, 1.9, 2.2, 3]) {
      const [[before, dense], [, here, slope], [after, denser]] = [at(t - 1e-5), at(t), at(t + 1e-5)];
      expect((before - after) / 2e-5).toBeCloseTo(here, 6);
      expect((denser - dense) / 2e-5).toBeCloseTo(slope, 5);
    }
  });

  it('are later than a bound of their tail as rarely as it says', () => {
    for (const rarity of [1, 5, 28]) for (const shape of [0.1, 1, 3, 50, 400]) {
      const variance = 4 / shape;
      expect(gammaTail(2, variance, lastBefore(2, variance, rarity))).toBeLessThanOrEqual(Math.exp(-rarity));
    }
  });
});

describe('the share that comes too late', () => {
  it('is the tail, and nothing only where that is below 1e-12', () => {
    const arena = new MixtureArena();
    fc.assert(fc.property(mixtures, times, (mixture, limit) => {
      arena.clear();
      const made = arena.from(mixture);
      const [late, tail] = [arena.lateShare(made, limit), arena.tail(made, limit)];
      expect(late === tail || (late === 0 && tail < 1e-12 * mixture.length)).toBe(true);
    }), { numRuns: 500 });
  });
});
