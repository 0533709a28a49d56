/** Draws ranks 0 to n-1 with probability proportional to (rank+1)^-s in constant time, without tables. */
import type { Random } from './random.ts';

function expm1Over(x: number): number {
  return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + x / 2;
}

function log1pOver(x: number): number {
  return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x / 2;
}

/** Rejection-inversion (Hörmann and Derflinger 1996). */
export class ZipfSampler {
  private readonly n: number;
  private readonly s: number;
  private readonly first: number;
  private readonly last: number;
  private readonly shift: number;

  constructor(n: number, s: number) {
    this.n = Math.max(1, Math.round(n));
    this.s = Math.max(0, s);
    this.first = this.integral(1.5) - 1;
    this.last = this.integral(this.n + 0.5);
    this.shift = 2 - this.inverse(this.integral(2.5) - this.height(2));
  }

  private integral(x: number): number {
    const log = Math.log(x);
    return expm1Over((1 - this.s) * log) * log;
  }

  private height(x: number): number {
    return Math.exp(-this.s * Math.log(x));
  }

  private inverse(x: number): number {
    return Math.exp(log1pOver(Math.max(-1, x * (1 - this.s))) * x);
  }

  /** A rank, 0 being the most popular. */
  draw(random: Random): number {
    if (this.n === 1) return 0;
    for (;;) {
      const u = this.last + random.uniform() * (this.first - this.last);
      const x = this.inverse(u);
      const k = Math.min(this.n, Math.max(1, Math.round(x)));
      if (k - x <= this.shift || u >= this.integral(k + 0.5) - this.height(k)) return k - 1;
    }
  }
}
