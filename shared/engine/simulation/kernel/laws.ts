/** Distributions of times, each a small integer, drawn without allocation. */
import type { Random } from './random.ts';

const ZERO = 0;
const CONSTANT = 1;
const EXPONENTIAL = 2;
const GAMMA = 3;
const HYPER = 4;
const SIZED = 5;

/** A distribution by its number. */
export type Law = number;

/** Laws of one simulation. Law 0 is no time at all. Means in seconds. */
export class Laws {
  private readonly kinds: number[] = [ZERO];
  private readonly a: number[] = [0];
  private readonly b: number[] = [0];
  private readonly c: number[] = [0];
  private kind = new Uint8Array(1);
  private first = new Float64Array(1);
  private second = new Float64Array(1);
  private third = new Float64Array(1);

  private add(kind: number, a: number, b = 0, c = 0): Law {
    this.kinds.push(kind);
    this.a.push(a);
    this.b.push(b);
    this.c.push(c);
    return this.kinds.length - 1;
  }

  /** Constant at cs2 0, exponential at 1, else gamma. */
  of(mean: number, cs2: number): Law {
    if (!(mean > 0)) return 0;
    if (!(cs2 > 0)) return this.add(CONSTANT, mean);
    return Math.abs(cs2 - 1) < 1e-9 ? this.add(EXPONENTIAL, mean) : this.add(GAMMA, mean, 1 / cs2);
  }

  /** With probability p exponential of rate r1, else of rate r2. */
  hyper(p: number, r1: number, r2: number): Law {
    return this.add(HYPER, p, 1 / r1, 1 / r2);
  }

  /** The mean times the size of the task that asks: all steps of one large task are long. */
  sized(mean: number): Law {
    return mean > 0 ? this.add(SIZED, mean) : 0;
  }

  /** Call once, after the last law was added and before the first draw. */
  seal(): void {
    this.kind = Uint8Array.from(this.kinds);
    this.first = Float64Array.from(this.a);
    this.second = Float64Array.from(this.b);
    this.third = Float64Array.from(this.c);
  }

  /** A time in seconds. `size` is that of the task. */
  draw(law: Law, random: Random, size: number): number {
    const mean = this.first[law] as number;
    switch (this.kind[law]) {
      case EXPONENTIAL: return mean * random.exponential();
      case CONSTANT: return mean;
      case GAMMA: return mean * random.gamma(this.second[law] as number);
      case HYPER: return random.exponential() * ((random.uniform() < mean ? this.second[law] : this.third[law]) as number);
      case SIZED: return mean * size;
      default: return 0;
    }
  }
}
