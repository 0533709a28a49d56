import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heatStep } from '../../../../shared/drawing/heat.ts';
import { multipleAt, positionOf } from '../../evaluation/load-scale.ts';
import { heatRuns } from './heat-strip.ts';

const multiples = Array.from({ length: 200 }, (_, i) => 100 ** (i / 199));

describe('the strip', () => {
  it('changes its step where the hottest station passes a threshold', () => {
    const first = 4;
    const runs = heatRuns({ multiples, hottest: multiples.map((multiple) => multiple / first) }, positionOf(first));
    expect(runs.map(({ step }) => step)).toEqual([2, 3, 4, 5, 6]);
    expect(runs[0]?.from).toBe(0);
    expect(runs.at(-1)?.to).toBe(positionOf(first));
    const changes = runs.slice(1).map(({ from }) => multipleAt(from) / first);
    changes.forEach((utilisation, index) => expect(utilisation).toBeCloseTo([0.4, 0.6, 0.7, 0.85][index] ?? 0, 3));
  });

  it('keeps the last colour up to the mark, where the loads around it say otherwise', () => {
    const runs = heatRuns({ multiples, hottest: multiples.map((multiple) => multiple / 3.99) }, positionOf(4));
    expect(runs.at(-1)).toMatchObject({ step: 6, to: positionOf(4) });
  });

  it('is empty where nothing has a limit and where all is broken', () => {
    expect(heatRuns({ multiples, hottest: multiples.map(() => null) }, 1)).toEqual([]);
    expect(heatRuns({ multiples, hottest: multiples.map(() => 2) }, 0)).toEqual([]);
  });

  it('covers the ruler without gap or overlap, and shows the step of every solved load', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1.4, noNaN: true }), { minLength: 200, maxLength: 200 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (hottest, end) => {
        const runs = heatRuns({ multiples, hottest }, end);
        expect(runs[0]?.from).toBe(0);
        expect(runs.at(-1)?.to).toBe(end);
        runs.slice(1).forEach(({ from }, index) => expect(from).toBe(runs[index]?.to));
        multiples.forEach((multiple, index) => {
          const place = positionOf(multiple);
          const here = runs.filter(({ from, to }) => from <= place && place <= to);
          if (place < end) expect(here.map(({ step }) => step)).toContain(heatStep(hottest[index] ?? 0));
        });
      }),
      { numRuns: 30 },
    );
  });
});
