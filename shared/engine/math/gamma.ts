/**
 * Regularised incomplete gamma functions and the gamma quantile.
 * Source: Abramowitz and Stegun 6.1, 6.5; continued fraction by Wallis's recurrence; quadrature for large shape (Press et al. 2007, 6.2.1).
 */
import { clampShare, gaussLegendre, solveBracketed } from './numeric.ts';

const HALF_LOG_TWO_PI = 0.9189385332046727;
/** From this shape on the tail is integrated. */
export const LARGE_SHAPE = 100;
const RULE = gaussLegendre(24);
/** Below this squared coefficient of variation a gamma variable is treated as a constant. */
export const CONSTANT_SCV = 1e-12;
/** Convergents beyond this are scaled down: their squares are still numbers. */
const LARGE = 1e100;

/** Stirling's correction ln Gamma(x) - [(x-.5) ln x - x + .5 ln 2pi], for x >= 10 (error below 1e-16). */
function stirlingCorrection(x: number): number {
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360)))))) / x;
}

/** Natural logarithm of Gamma(x), x > 0, relative error about 1e-15. */
export function logGamma(x: number): number {
  let shift = 1;
  let z = x;
  while (z < 10) {
    shift *= z;
    z += 1;
  }
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + stirlingCorrection(z) - Math.log(shift);
}

/** P(a,x) by its series, best for x < a+1. */
function series(a: number, x: number, prefactor: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = a + 1, i = 0; i < 10000; i++, n++) {
    term *= x / n;
    total += term;
    if (term < total * 1e-16) break;
  }
  return total * prefactor;
}

/**
 * Q(a,x) by the continued fraction, best for x >= a+1. Its convergents are built from the front as over/under, so that no step
 * divides; two neighbours differ by gap / (under * underBefore), which says when to stop. Both grow, and are positive.
 */
function fraction(a: number, x: number, prefactor: number): number {
  let b = x + 1 - a;
  let overBefore = 0;
  let over = 1;
  let underBefore = 1;
  let under = b;
  let gap = 1;
  for (let i = 1; i < 10000; i++) {
    const an = i * (i - a);
    b += 2;
    const nextOver = b * over - an * overBefore;
    const nextUnder = b * under - an * underBefore;
    gap *= an;
    const settled = Math.abs(gap) <= 1e-15 * nextOver * under;
    overBefore = over;
    underBefore = under;
    over = nextOver;
    under = nextUnder;
    if (settled) break;
    if (under > LARGE) {
      overBefore /= LARGE;
      underBefore /= LARGE;
      over /= LARGE;
      under /= LARGE;
      gap /= LARGE * LARGE;
    }
  }
  return (over / under) * prefactor;
}

/** Large shape: integrates the density from x away from its top a-1: Q when x is above the top, else P. */
function quadrature(a: number, x: number): number {
  const top = a - 1;
  const root = Math.sqrt(top);
  const far = x > top ? Math.max(top + 11.5 * root, x + 6 * root) : Math.max(0, Math.min(top - 9 * root, x - 6 * root));
  let total = 0;
  for (let j = 0; j < RULE.nodes.length; j++) {
    const t = x + (far - x) * (RULE.nodes[j] as number);
    const off = (t - top) / top;
    total += (RULE.weights[j] as number) * Math.exp(top * (Math.log1p(off) - off));
  }
  return (total * Math.abs(far - x)) / Math.sqrt(2 * Math.PI * top) / Math.exp(stirlingCorrection(top));
}

/** x^a e^-x / Gamma(a) for a shape that is not large: x times the density of the gamma law of scale 1 there. */
export function densityTimes(a: number, x: number, logGammaA: number): number {
  return Math.exp(a * Math.log(x) - x - logGammaA);
}

/** The same for a large shape (from `LARGE_SHAPE` on), where the plain formula would lose digits. */
export function largeDensityTimes(a: number, x: number): number {
  const top = a - 1;
  const off = (x - top) / top;
  return (x * Math.exp(top * (Math.log1p(off) - off))) / Math.sqrt(2 * Math.PI * top) / Math.exp(stirlingCorrection(top));
}

/** Q(a,x) of a large shape, x > 0. */
export function largeUpperShare(a: number, x: number): number {
  const part = quadrature(a, x);
  return clampShare(x > a - 1 ? part : 1 - part);
}

/** Q(a,x) of a shape that is not large from its `densityTimes`, x > 0. */
export function upperShareFrom(a: number, x: number, prefactor: number): number {
  return clampShare(x < a + 1 ? 1 - series(a, x, prefactor) : fraction(a, x, prefactor));
}

/** Upper regularised incomplete gamma Q(a,x) with ln Gamma(a) given, so that a caller can compute that once; 1 for x <= 0. */
export function upperShare(a: number, x: number, logGammaA: number): number {
  if (!(x > 0)) return 1;
  return a >= LARGE_SHAPE ? largeUpperShare(a, x) : upperShareFrom(a, x, densityTimes(a, x, logGammaA));
}

/** Lower regularised incomplete gamma P(a,x), accurate near 0; a > 0, 0 for x <= 0. */
export function gammaP(a: number, x: number): number {
  if (!(x > 0)) return 0;
  if (a >= LARGE_SHAPE) {
    const part = quadrature(a, x);
    return clampShare(x > a - 1 ? 1 - part : part);
  }
  const prefactor = densityTimes(a, x, logGamma(a));
  return clampShare(x < a + 1 ? series(a, x, prefactor) : 1 - fraction(a, x, prefactor));
}

/** A gamma law prepared for repeated tail calls. shape 0 means the constant `mean`. */
export interface GammaLaw {
  readonly mean: number;
  readonly shape: number;
  readonly scale: number;
  readonly logGammaShape: number;
}

/** Gamma with the given mean (s) and variance (s^2): shape mean^2/var, scale var/mean; a constant when var is ~0. */
export function gammaLaw(mean: number, variance: number): GammaLaw {
  if (!(mean > 0) || !(variance > CONSTANT_SCV * mean * mean)) return { mean: Math.max(0, mean), shape: 0, scale: 0, logGammaShape: 0 };
  const shape = (mean * mean) / variance;
  return { mean, shape, scale: variance / mean, logGammaShape: shape >= LARGE_SHAPE ? 0 : logGamma(shape) };
}

/** P(X > t) of a prepared gamma law; a constant is passed at t >= mean. */
export function lawTail(law: GammaLaw, t: number): number {
  if (law.shape === 0) return t >= law.mean ? 0 : 1;
  return upperShare(law.shape, t / law.scale, law.logGammaShape);
}

/** P(X > t) of a gamma with this mean and variance. */
export function gammaTail(mean: number, variance: number, t: number): number {
  return lawTail(gammaLaw(mean, variance), t);
}

/** q-quantile (0 < q < 1) of a gamma with this mean and variance; same unit as the mean. */
export function gammaQuantile(mean: number, variance: number, q: number): number {
  const law = gammaLaw(mean, variance);
  if (law.shape === 0) return law.mean;
  if (!(q > 0)) return 0;
  const level = Math.min(q, 1 - 1e-12);
  const goal = Math.log(1 - level);
  const excess = (t: number): number => goal - Math.log(Math.max(lawTail(law, t), 1e-300));
  // Cantelli: the quantile lies within this distance of the mean.
  const high = mean + Math.sqrt(variance * (level / (1 - level)));
  if (q >= 0.01) return solveBracketed(excess, { low: 0, high, atLow: goal, atHigh: excess(high) });
  const short = (t: number): number => gammaP(law.shape, t / law.scale) - q;
  return solveBracketed(short, { low: 0, high, atLow: -q, atHigh: short(high) }, 1e-12, 400);
}
