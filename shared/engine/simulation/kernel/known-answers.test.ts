import { describe, expect, test } from 'vitest';
import { Network, type Class, type Queue } from '../../../../tests/simulation/network.ts';
import { mmcExact, mmcResponseQuantile } from '../../math/mmc.ts';
import { mmck } from '../../math/mmck.ts';
import { station } from '../../math/allen-cunneen.ts';
import { joinShortestQueueFactor } from '../../math/balancing.ts';
import { lruHit } from '../../math/che.ts';
import { Caches } from './caches.ts';
import { Kernel } from './kernel.ts';

const open = (rate: number, ...route: string[]): Class => ({ gap: { mean: 1 / rate, cs2: 1 }, route });
const REQUESTS = 200_000;

/** Every run has numbers of its own, so that one unlucky seed is one unlucky test. */
let seed = 0;
function simulate(queues: readonly Queue[], classes: readonly Class[]) {
  return new Network(queues, classes, ++seed, REQUESTS / 10).run(REQUESTS);
}

/** The known value lies in twice the interval: one of twenty honest intervals misses it. */
function expectWithin({ value, low, high }: { readonly value: number; readonly low: number | null; readonly high: number | null }, known: number): void {
  expect(low).not.toBeNull();
  const half = ((high ?? 0) - (low ?? 0)) / 2;
  expect(Math.abs(value - known)).toBeLessThan(2 * half);
  expect(half / known).toBeLessThan(0.12);
}

describe('the kernel against known answers', () => {
  test.each([0.5, 0.7, 0.85])('M/M/1 at %f', (rho) => {
    const { mean, p99, utilisation } = simulate([{ name: 'q', service: { mean: 1, cs2: 1 } }], [open(rho, 'q')]);
    expectWithin(mean, 1 / (1 - rho));
    expectWithin(p99, Math.log(100) / (1 - rho));
    expect(utilisation['q']).toBeCloseTo(rho, 1);
  });

  test.each([[2, 0.7], [8, 0.8]] as const)('M/M/%i at %f', (servers, rho) => {
    const { mean, p99 } = simulate([{ name: 'q', servers, service: { mean: 1, cs2: 1 } }], [open(rho * servers, 'q')]);
    expectWithin(mean, mmcExact(rho * servers, 1, servers).responseS);
    expectWithin(p99, mmcResponseQuantile(rho * servers, 1, servers, 0.99));
  });

  test.each([0, 0.25, 4])('M/G/1 with squared variation %f', (cs2) => {
    const { mean } = simulate([{ name: 'q', service: { mean: 1, cs2 } }], [open(0.7, 'q')]);
    expectWithin(mean, station(0.7, 1, 1, 1, cs2).responseS);
  });

  test('M/M/2/6: the share that is refused and the time of the others', () => {
    const known = mmck(1.8, 1, 2, 6);
    const { mean, failed, answered } = simulate([{ name: 'q', servers: 2, service: { mean: 1, cs2: 1 }, room: 4 }], [open(1.8, 'q')]);
    expect(failed / answered).toBeCloseTo(known.blocked, 2);
    expectWithin(mean, known.responseS);
  });

  test('processor sharing: the mean does not depend on the variation', () => {
    const { mean } = simulate([{ name: 'q', service: { mean: 1, cs2: 4 }, shared: true }], [open(0.6, 'q')]);
    expectWithin(mean, 1 / 0.4);
  });

  test('a tandem of five', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const { mean } = simulate(names.map((name) => ({ name, service: { mean: 1, cs2: 1 } })), [open(0.6, ...names)]);
    expectWithin(mean, 5 / 0.4);
  });

  test('joining the shortest of eight queues', () => {
    const { mean } = simulate([{ name: 'q', units: 8, service: { mean: 1, cs2: 1 }, policy: 'least_outstanding' }], [open(0.8 * 8, 'q')]);
    const wait = mmcExact(0.8 * 8, 1, 8).waitS * joinShortestQueueFactor(8, 0.8);
    expect(mean.value - 1).toBeGreaterThan(0.9 * wait);
    expect(mean.value - 1).toBeLessThan(1.1 * wait);
  });

  test('policies in their order: random, in turn, best of two, shortest', () => {
    const of = (policy: Queue['policy']): number => simulate([{ name: 'q', units: 8, service: { mean: 1, cs2: 1 }, policy }], [open(0.9 * 8, 'q')]).mean.value;
    // reference simulation: 10.0, 5.9, 3.3, 2.1
    expect(of('random')).toBeCloseTo(10, -0.3);
    expect(of('round_robin')).toBeCloseTo(5.9, -0.1);
    expect(of('power_of_two')).toBeCloseTo(3.3, 0);
    expect(of('least_outstanding')).toBeCloseTo(2.1, 0);
  });

  test('a closed network: machine repair with five customers', () => {
    const { utilisation } = simulate([{ name: 'q', service: { mean: 1, cs2: 1 } }], [{ customers: 5, think: { mean: 1, cs2: 1 }, route: ['q'] }]);
    // 1 - 1/sum 5!/(5-k)! over k
    expect(utilisation['q']).toBeCloseTo(1 - 1 / 326, 2);
  });
});

describe('caches against Che', () => {
  test.each([[10_000, 0.8, 100], [10_000, 1, 1000], [100_000, 1.2, 1000], [50_000, 0, 5000]])('%i keys, skew %f, %i places', (keys, zipfS, items) => {
    const kernel = new Kernel(3);
    const caches = new Caches(kernel);
    const cache = caches.addCache('lru');
    const use = caches.addUse({ cache, keys, zipfS, items, ttlS: null, missing: 0, negative: false, kept: items });
    caches.seal();
    const ask = (): void => {
      const key = caches.draw(use);
      if (!caches.find(use, key)) caches.fill(use, key);
    };
    for (let i = 0; i < 200_000; i++) ask();
    caches.forget();
    for (let i = 0; i < 400_000; i++) ask();
    expect((caches.hits[use] ?? 0) / (caches.lookups[use] ?? 1)).toBeCloseTo(lruHit(keys, zipfS, items), 2);
  });
});
