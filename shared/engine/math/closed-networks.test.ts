import { describe, expect, test } from 'vitest';
import { asymptoticBounds } from './bounds.ts';
import { openMulticlass, openNetwork, trafficEquations } from './jackson.ts';
import { mvaClosed } from './mva.ts';
import type { MvaResult } from './mva.ts';

interface Centre {
  readonly service: number;
  readonly visits: number;
  readonly servers: number;
}

/** Every way to place N customers over the centres and the think time, weighed by the product form. */
function enumerated(N: number, centres: readonly Centre[], Z: number): MvaResult {
  const all = Z > 0 ? [...centres, { service: Z, visits: 1, servers: -1 }] : [...centres];
  const weight = ({ service, visits, servers }: Centre, n: number): number => {
    let product = 1;
    for (let i = 1; i <= n; i++) product *= (service * visits) / (servers < 0 ? i : Math.min(i, servers));
    return product;
  };
  const placed = (left: number, at: number): { counts: number[]; weight: number }[] => {
    const centre = all[at] as Centre;
    if (at === all.length - 1) return [{ counts: [left], weight: weight(centre, left) }];
    return Array.from({ length: left + 1 }, (_, n) => placed(left - n, at + 1).map(({ counts, weight: rest }) => ({ counts: [n, ...counts], weight: rest * weight(centre, n) }))).flat();
  };
  const states = placed(N, 0);
  const total = states.reduce((sum, state) => sum + state.weight, 0);
  const lesser = placed(N - 1, 0).reduce((sum, state) => sum + state.weight, 0);
  const X = lesser / total;
  const Q = centres.map((_, i) => states.reduce((sum, state) => sum + ((state.counts[i] ?? 0) * state.weight) / total, 0));
  return { X, Q, R: centres.map(({ visits }, i) => (Q[i] ?? 0) / (X * visits)), U: centres.map(({ service, visits, servers }) => (X * visits * service) / Math.max(1, servers)), responseS: N / X - Z };
}

function expectSame(found: MvaResult, truth: MvaResult): void {
  expect(found.X / truth.X).toBeCloseTo(1, 11);
  expect(found.responseS).toBeCloseTo(truth.responseS, 10);
  for (const field of ['R', 'Q', 'U'] as const) {
    expect(found[field]).toHaveLength(truth[field].length);
    found[field].forEach((value, i) => expect(value, `${field} ${i}`).toBeCloseTo(truth[field][i] as number, 10));
  }
}

describe('closed networks', () => {
  test('two centres and two customers, by hand', () => {
    // D = 1 and 2: X(1) = 1/3, queues 1/3 and 2/3; R = 4/3 and 10/3, X(2) = 2/(14/3)
    expectSame(mvaClosed(2, [1, 2], [1, 1]), { X: 3 / 7, R: [4 / 3, 10 / 3], Q: [4 / 7, 10 / 7], U: [3 / 7, 6 / 7], responseS: 14 / 3 });
    expectSame(mvaClosed(1, [1, 0.5], [2, 4], 6), { X: 0.1, R: [1, 0.5], Q: [0.2, 0.2], U: [0.2, 0.2], responseS: 4 });
    // balanced: X = N / (D (N + K - 1))
    expect(mvaClosed(7, [0.5, 0.5, 0.5], [1, 1, 1]).X).toBeCloseTo(7 / 4.5, 12);
    // visits of one each are what is taken when none are given
    expect(mvaClosed(2, [1, 2], []).X).toBeCloseTo(3 / 7, 12);
  });

  test.each<[string, number, Centre[], number]>([
    ['single servers', 5, [{ service: 1, visits: 1, servers: 1 }, { service: 0.2, visits: 3, servers: 1 }], 2],
    ['a delay among them', 4, [{ service: 1, visits: 2, servers: -1 }, { service: 0.7, visits: 1, servers: 1 }], 0],
    ['two servers', 6, [{ service: 1, visits: 2, servers: 2 }, { service: 0.5, visits: 3, servers: 1 }], 0],
    ['two servers and think time', 6, [{ service: 1, visits: 2, servers: 2 }, { service: 0.5, visits: 3, servers: 1 }], 4],
    ['several, and a delay first', 5, [{ service: 3, visits: 0.5, servers: -1 }, { service: 2, visits: 0.5, servers: 3 }, { service: 1, visits: 1.5, servers: 4 }], 0.5],
    ['more servers than customers', 3, [{ service: 2, visits: 1, servers: 9 }, { service: 0.1, visits: 5, servers: 1 }], 1],
    ['the delay the slowest', 4, [{ service: 50, visits: 1, servers: -1 }, { service: 0.3, visits: 4, servers: 2 }], 0],
  ])('%s: as every placement of the customers says', (_name, N, centres, Z) => {
    const of = (pick: (centre: Centre) => number): number[] => centres.map(pick);
    expectSame(mvaClosed(N, of(({ service }) => service), of(({ visits }) => visits), Z, of(({ servers }) => servers)), enumerated(N, centres, Z));
  });

  test('a centre nobody needs, or nobody at all', () => {
    const idle = mvaClosed(4, [0, 1, 2], [3, 0, 1], 1, [2, 3, 1]);
    expect(idle.X).toBeCloseTo(enumerated(4, [{ service: 2, visits: 1, servers: 1 }], 1).X, 12);
    expect(idle.Q[0]).toBe(0);
    // it is not visited, and would take its service time
    expect(idle.R[1]).toBe(1);
    expect(mvaClosed(0, [1, 2], [1, 1], 0, [3, 1])).toEqual({ X: 0, R: [0, 0], Q: [0, 0], U: [0, 0], responseS: 0 });
    expect(mvaClosed(0, [1], [1], 2)).toEqual({ X: 0, R: [0], Q: [0], U: [0], responseS: 0 });
    // two servers of four customers are always busy, whatever else is idle
    expect(mvaClosed(4, [1, 0], [1, 1], 0, [2, 1]).X).toBeCloseTo(2, 12);
    // nothing to do anywhere: only thinking
    expect(mvaClosed(5, [0, 0], [1, 1], 2, [3, 1]).X).toBeCloseTo(2.5, 12);
    expect(mvaClosed(5, [3, 0], [0, 1], 2, [3, 1]).X).toBeCloseTo(2.5, 12);
  });

  test('bounds: the sum of demands and the largest of them', () => {
    const { knee, maxThroughput, throughput } = asymptoticBounds([0.25, 0.5], 4.25);
    expect([knee, maxThroughput]).toEqual([10, 2]);
    expect([0, 5, 10, 40].map(throughput)).toEqual([0, 1, 2, 2]);
    for (const N of [1, 4, 10, 30]) expect(mvaClosed(N, [0.25, 0.5], [1, 1], 4.25).X).toBeLessThanOrEqual(throughput(N) + 1e-12);
  });
});

describe('open networks', () => {
  test('every station is an M/M/c at its own rate', () => {
    const { X, U, R, Q } = openNetwork(2, [0.25, 0.5], [1, 2], [1, 3]);
    expect(X).toEqual([2, 4]);
    [U[0], U[1], R[0], R[1], Q[0], Q[1]].forEach((value, i) => expect(value).toBeCloseTo([0.5, 2 / 3, 0.5, 13 / 18, 1, 26 / 9][i] as number, 12));
    expect(openNetwork(2, [0.25], [])).toEqual({ X: [2], U: [0.5], R: [0.5], Q: [1] });
  });

  test('traffic: what comes from outside and from the others', () => {
    // a -> b with .5, b -> a with .4: a = 1 + .4 b, b = 2 + .5 a
    trafficEquations([1, 2], [[0, 0.5], [0.4, 0]]).forEach((rate, i) => expect(rate).toBeCloseTo([2.25, 3.125][i] as number, 12));
    // rows that have to change places: the first sends itself everything it gets but for what leaves
    trafficEquations([0, 3, 1], [[1, 0, 0], [0, 0, 1], [0, 0, 0]].map((row, i) => (i === 0 ? [0, 1, 0] : row))).forEach((rate, i) => expect(rate).toBeCloseTo([0, 3, 4][i] as number, 12));
    trafficEquations([4, 0, 2], [[1, 1, 0], [-0.5, 0, 0.5], [0, 0, 0.5]]).forEach((rate, i) => expect(rate).toBeCloseTo([8, 8, 12][i] as number, 11));
    expect(trafficEquations([5, 6], [])).toEqual([5, 6]);
    expect(trafficEquations([1, 2], [[0, 1], [1, 0]])).toEqual([0, 0]);
    expect(trafficEquations([1], [[1]])).toEqual([0]);
    expect(trafficEquations([], [])).toEqual([]);
  });

  test('several classes share a centre: R = D / (1 - U)', () => {
    const { U, R, Q } = openMulticlass([2, 1], [[0.125, 0.25], [0.25, 0]]);
    expect(U).toEqual([[0.25, 0.5], [0.25, 0]]);
    expect(R).toEqual([[0.25, 0.5], [0.5, 0]]);
    expect(Q).toEqual([[0.5, 1], [0.5, 0]]);
    expect(openMulticlass([], [])).toEqual({ U: [], R: [], Q: [] });
  });
});
