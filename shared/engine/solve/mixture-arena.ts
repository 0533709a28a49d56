/**
 * Bounded arithmetic on branch mixtures for the inside of the walk, where a thousand sums are made for one evaluation.
 * All branches of one evaluation lie in one array of numbers (weight, shift, mean, variance of each) and a mixture is a
 * small integer, so that nothing is allocated. When there are too many branches they are put into classes by their mean,
 * each with its exact weight, mean and variance.
 */
import { gammaTail } from '../math/gamma.ts';
import { cutAt } from '../math/mixture-cut.ts';
import { lastBefore, type PreparedBranches } from '../math/prepared-branches.ts';
import { laterBranch, PARALLEL_BRANCHES, parallelMax } from '../math/mixture-maximum.ts';
import type { Branch, Mixture } from '../math/mixture.ts';
import { addInClasses, FIELDS, INNER_BRANCHES, putInClasses } from './branch-classes.ts';

const LONG_RUN = 64;
/** e to the minus this is below 1e-12. */
const NEVER = 28;

/** A mixture in an arena: valid until the arena is cleared. */
export type Handle = number;

/** The branch of one pair of a maximum. */
const later = new Float64Array(FIELDS);

/** The mixtures of one evaluation. Not re-entrant: one solver fills it, reads it and clears it. */
export class MixtureArena {
  private data = new Float64Array(1 << 14);
  private starts = new Int32Array(1 << 10);
  private counts = new Int32Array(1 << 10);
  private used = 0;
  private made = 0;

  /** Forget everything; handles from before are void. Handle 0 is no time at all. */
  clear(): void {
    this.used = 0;
    this.made = 0;
    this.open();
    this.add(1, 0, 0, 0);
    this.close();
  }

  /** Mixtures made since the arena was cleared. */
  get size(): number {
    return this.made;
  }

  /** True when both are the same branches, number by number. */
  same(a: Handle, b: Handle): boolean {
    if (a === b) return true;
    const count = this.counts[a] as number;
    if (count !== this.counts[b]) return false;
    const startA = (this.starts[a] as number) * FIELDS;
    const startB = (this.starts[b] as number) * FIELDS;
    for (let i = 0; i < count * FIELDS; i++) if (this.data[startA + i] !== this.data[startB + i]) return false;
    return true;
  }

  private open(): void {
    if (this.made === this.starts.length) {
      this.starts = grown(this.starts);
      this.counts = grown(this.counts);
    }
    this.starts[this.made] = this.used;
  }

  /** Room for so many more branches. */
  private reserve(count: number): void {
    const needed = (this.used + count) * FIELDS;
    if (needed <= this.data.length) return;
    const larger = new Float64Array(Math.max(needed, this.data.length * 2));
    larger.set(this.data);
    this.data = larger;
  }

  private add(weight: number, shift: number, mean: number, variance: number): void {
    this.reserve(1);
    const { data } = this;
    const at = this.used * FIELDS;
    data[at] = weight;
    data[at + 1] = shift;
    data[at + 2] = mean;
    data[at + 3] = variance;
    this.used += 1;
  }

  /** Finish the open mixture, in classes when it has too many branches. */
  private close(): Handle {
    const start = this.starts[this.made] as number;
    const count = this.used - start;
    if (count > INNER_BRANCHES) this.used = start + putInClasses(this.data, start, count, start);
    this.counts[this.made] = this.used - start;
    this.made += 1;
    return this.made - 1;
  }

  /** Copies the branches of `a` into the open mixture. */
  private copy(a: Handle, weight: number, shift: number, mean: number, variance: number): void {
    const count = this.counts[a] as number;
    this.reserve(count);
    const { data } = this;
    let to = this.used * FIELDS;
    for (let at = (this.starts[a] as number) * FIELDS, end = at + count * FIELDS; at < end; at += FIELDS, to += FIELDS) {
      data[to] = weight * (data[at] as number);
      data[to + 1] = shift + (data[at + 1] as number);
      data[to + 2] = mean + (data[at + 2] as number);
      data[to + 3] = variance + (data[at + 3] as number);
    }
    this.used += count;
  }

  /** Bring a mixture in. */
  from(mixture: Mixture): Handle {
    this.open();
    for (const { weight, shift, mean, variance } of mixture) this.add(weight, shift, mean, variance);
    return this.close();
  }

  /** Take a mixture out. */
  take(a: Handle): Branch[] {
    const start = this.starts[a] as number;
    return Array.from({ length: this.counts[a] as number }, (_, i) => {
      const at = (start + i) * FIELDS;
      return { weight: this.data[at] as number, shift: this.data[at + 1] as number, mean: this.data[at + 2] as number, variance: this.data[at + 3] as number };
    });
  }

  /** Mean, seconds. */
  mean(a: Handle): number {
    let mean = 0;
    for (let at = (this.starts[a] as number) * FIELDS, left = this.counts[a] as number; left > 0; at += FIELDS, left--) mean += (this.data[at] as number) * ((this.data[at + 1] as number) + (this.data[at + 2] as number));
    return mean;
  }

  /** Variance, seconds squared, within and between branches. */
  variance(a: Handle): number {
    const mean = this.mean(a);
    let variance = 0;
    for (let at = (this.starts[a] as number) * FIELDS, left = this.counts[a] as number; left > 0; at += FIELDS, left--) {
      const off = (this.data[at + 1] as number) + (this.data[at + 2] as number) - mean;
      variance += (this.data[at] as number) * ((this.data[at + 3] as number) + off * off);
    }
    return variance;
  }

  /** Adds its branches, each with this share of its weight, to those that are prepared for questions. */
  prepare(a: Handle, share: number, into: PreparedBranches): void {
    for (let at = (this.starts[a] as number) * FIELDS, left = this.counts[a] as number; left > 0; at += FIELDS, left--) {
      const weight = (this.data[at] as number) * share;
      if (weight > 0) into.add(weight, this.data[at + 1] as number, this.data[at + 2] as number, this.data[at + 3] as number);
    }
  }

  /** Share that takes longer than `limit` seconds: 0 where it is below 1e-12 for sure, for most limits are far away. */
  lateShare(a: Handle, limit: number): number {
    for (let at = (this.starts[a] as number) * FIELDS, left = this.counts[a] as number; left > 0; at += FIELDS, left--) {
      const mean = this.data[at + 2] as number;
      const variance = this.data[at + 3] as number;
      if (limit - (this.data[at + 1] as number) < (mean > 0 ? lastBefore(mean, variance, NEVER) : 0)) return this.tail(a, limit);
    }
    return 0;
  }

  /** Share that takes longer than `limit` seconds. */
  tail(a: Handle, limit: number): number {
    let tail = 0;
    for (let at = (this.starts[a] as number) * FIELDS, left = this.counts[a] as number; left > 0; at += FIELDS, left--) {
      const weight = this.data[at] as number;
      if (weight > 0) tail += weight * gammaTail(this.data[at + 2] as number, this.data[at + 3] as number, limit - (this.data[at + 1] as number));
    }
    return tail;
  }

  /** Two independent times in sequence. */
  sum(a: Handle, b: Handle): Handle {
    if (a === 0 || b === 0) return a === 0 ? b : a;
    const startA = this.starts[a] as number;
    const startB = this.starts[b] as number;
    const countA = this.counts[a] as number;
    const countB = this.counts[b] as number;
    if (countA * countB <= INNER_BRANCHES) {
      this.open();
      for (let i = startA; i < startA + countA; i++) {
        const at = i * FIELDS;
        this.copy(b, this.data[at] as number, this.data[at + 1] as number, this.data[at + 2] as number, this.data[at + 3] as number);
      }
      return this.close();
    }
    this.open();
    this.reserve(INNER_BRANCHES);
    this.used += addInClasses(this.data, startA, countA, startB, countB, this.used);
    return this.close();
  }

  /** After one more stage that has a constant, a mean and a variance and no branches. */
  after(a: Handle, shift: number, mean = 0, variance = 0): Handle {
    if (shift === 0 && mean === 0 && variance === 0) return a;
    this.open();
    this.copy(a, 1, shift, mean, variance);
    return this.close();
  }

  /** With this probability the time, otherwise none. */
  maybe(probability: number, a: Handle): Handle {
    return probability >= 1 ? a : this.maybeAfter(probability, a, 0, 0, 0);
  }

  /** With this probability the time after one more stage, otherwise none. */
  maybeAfter(probability: number, a: Handle, shift: number, mean: number, variance: number): Handle {
    if (probability >= 1) return this.after(a, shift, mean, variance);
    if (!(probability > 0)) return 0;
    this.open();
    this.add(1 - probability, 0, 0, 0);
    this.copy(a, probability, shift, mean, variance);
    return this.close();
  }

  /** Alternatives whose probabilities add up to at most 1; what is missing takes no time. */
  oneOf(probabilities: readonly number[], options: readonly Handle[]): Handle {
    this.open();
    const total = this.copyAll(probabilities, options);
    if (total < 1 - 1e-12) this.add(1 - total, 0, 0, 0);
    return this.close();
  }

  /** Parts of one whole. */
  blend(shares: readonly number[], parts: readonly Handle[]): Handle {
    this.open();
    this.copyAll(shares, parts);
    return this.close();
  }

  private copyAll(shares: readonly number[], parts: readonly Handle[]): number {
    let total = 0;
    for (let i = 0; i < parts.length; i++) {
      const share = shares[i] as number;
      if (!(share > 0)) continue;
      total += share;
      this.copy(parts[i] as Handle, share, 0, 0, 0);
    }
    return total;
  }

  /** The same call again and again; the fraction is the probability of one more. */
  times(a: Handle, count: number): Handle {
    if (count === 1) return a;
    const whole = Math.floor(count);
    const rest = count - whole;
    let total: Handle = 0;
    if ((this.counts[a] as number) === 1 || whole > LONG_RUN) total = this.many(a, whole);
    else {
      let power = a;
      for (let left = whole; left > 0; left = Math.floor(left / 2)) {
        if (left % 2 === 1) total = this.sum(total, power);
        if (left > 1) power = this.sum(power, power);
      }
    }
    return rest > 1e-12 ? this.sum(total, this.maybe(rest, a)) : total;
  }

  /** So many that only mean and variance count. */
  private many(a: Handle, count: number): Handle {
    if (count === 0) return 0;
    const start = this.starts[a] as number;
    let mean = 0;
    let second = 0;
    let shift = Number.MAX_VALUE;
    for (let i = start; i < start + (this.counts[a] as number); i++) {
      const at = i * FIELDS;
      const total = (this.data[at + 1] as number) + (this.data[at + 2] as number);
      mean += (this.data[at] as number) * total;
      second += (this.data[at] as number) * ((this.data[at + 3] as number) + total * total);
      shift = Math.min(shift, this.data[at + 1] as number);
    }
    this.open();
    this.add(1, shift * count, (mean - shift) * count, Math.max(0, second - mean * mean) * count);
    return this.close();
  }

  /** The later of two independent times. */
  max(a: Handle, b: Handle): Handle {
    const countA = this.counts[a] as number;
    const countB = this.counts[b] as number;
    if (Math.max(countA, countB) > PARALLEL_BRANCHES || countA * countB > INNER_BRANCHES) return this.from(parallelMax(this.take(a), this.take(b), INNER_BRANCHES));
    const startA = (this.starts[a] as number) * FIELDS;
    const startB = (this.starts[b] as number) * FIELDS;
    this.open();
    let total = 0;
    for (let i = 0; i < countA * FIELDS; i += FIELDS) {
      for (let j = 0; j < countB * FIELDS; j += FIELDS) {
        laterBranch(this.data, startA + i, startB + j, later);
        if (!((later[0] as number) > 0)) continue;
        this.add(later[0] as number, later[1] as number, later[2] as number, later[3] as number);
        total += later[0] as number;
      }
    }
    return this.closeWhole(total);
  }

  /** Finish the open mixture with weights that add up to one. */
  private closeWhole(total: number): Handle {
    if (!(total > 0)) this.add(1, 0, 0, 0);
    else if (total !== 1) for (let at = (this.starts[this.made] as number) * FIELDS; at < this.used * FIELDS; at += FIELDS) this.data[at] = (this.data[at] as number) / total;
    return this.close();
  }

  /** The number of calls in it varies by this squared coefficient: no part of the time is fixed any more. */
  uneven(a: Handle, cs2: number): Handle {
    const start = this.starts[a] as number;
    this.open();
    for (let i = start; i < start + (this.counts[a] as number); i++) {
      const at = i * FIELDS;
      const total = (this.data[at + 1] as number) + (this.data[at + 2] as number);
      this.add(this.data[at] as number, 0, total, (this.data[at + 3] as number) + cs2 * total * total);
    }
    return this.close();
  }

  /** Ends at the limit, seconds, whatever is later. */
  cut(a: Handle, limit: number): Handle {
    return this.from(cutAt(this.take(a), limit));
  }
}

function grown(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2);
  larger.set(list);
  return larger;
}
