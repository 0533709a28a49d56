/**
 * Draws for uncertain inputs. Each input has a stream of its own, seeded by its key: neither the order of the inputs nor
 * a further one changes its draws, and two drawings compared under one seed see the same luck (common random numbers).
 */
import type { Range } from '../../model/quantity.ts';

const TWO_32 = 4294967296;

/** 32-bit FNV-1a of a text, from a seed. */
function hash(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

/** splitmix32: uniform numbers in (0, 1), neither end included. */
function uniforms(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / TWO_32 + 0.5 / TWO_32;
  };
}

/**
 * Uniform numbers for one input, one for each run: one in each of `runs` equal parts of 0 to 1, in random order (Latin
 * hypercube; McKay, Beckman and Conover 1979). Quantiles of 200 runs are then as steady as those of thousands of plain ones.
 */
export function stratified(key: string, runs: number, seed: number): Float64Array {
  const next = uniforms(hash(key, Math.imul(seed, 0x9e3779b1)));
  const drawn = Float64Array.from({ length: runs }, (_, stratum) => (stratum + next()) / runs);
  for (let i = runs - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const held = drawn[i] as number;
    drawn[i] = drawn[j] as number;
    drawn[j] = held;
  }
  return drawn;
}

/**
 * Quantile `u` of the triangular distribution over a range. Triangular and not PERT: it is made of the three numbers that
 * somebody typed and of nothing else, where PERT adds a weight of its own (4) that draws the ends in, and people state
 * ranges too narrow as it is. Its quantile is closed, so that a stratum costs one square root.
 */
export function triangular({ low, likely, high }: Pick<Range, 'low' | 'likely' | 'high'>, u: number): number {
  const span = high - low;
  if (!(span > 0)) return likely;
  const value = u * span < likely - low ? low + Math.sqrt(u * span * (likely - low)) : high - Math.sqrt((1 - u) * span * (high - likely));
  return Math.min(high, Math.max(low, value));
}
