import { expect, it } from 'vitest';
import { resource } from './parts.ts';
import { repeatedWaitVariance } from './repeated-waits.ts';
import type { NodeStation } from '../types.ts';

const station = (rho: number, waitS: number, waitVariance: number): NodeStation => ({
  resources: [resource('cpu', rho, 1)], saturated: false, waitS, waitVariance, local: [[], []], demand: null, scaledUnits: 1, lagS: null, capacity: null, evidence: {},
});

it('three calls at M/M/1 with rho .81 wait for nearly the same queue', () => {
  // S = 1: waits of those that wait 1/.19, tau = 1/(1-.9)^2 = 100, one call takes 1/.19: q = e^-.0526
  const wait = station(0.81, 0.81 / 0.19, (0.81 * 1.19) / 0.19 ** 2);
  const q = Math.exp(-1 / 0.19 / 100);
  expect(repeatedWaitVariance(wait, 3, 1 / 0.19) / wait.waitVariance).toBeCloseTo(2 * (2 * q + q * q), 9);
  expect(repeatedWaitVariance(wait, 1, 1)).toBe(0);
  expect(repeatedWaitVariance(station(0.5, 0, 0), 5, 1)).toBe(0);
  // no time between them: the same wait each time, and the sum varies by its square
  expect(repeatedWaitVariance(wait, 4, 0) / wait.waitVariance).toBeCloseTo(4 * 3, 6);
  expect(repeatedWaitVariance(wait, 4, 1e9)).toBeCloseTo(0, 9);
});
