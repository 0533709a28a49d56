/** Seeded random numbers: the same seed gives the same numbers on every machine. */

const TWO_32 = 4294967296;

/** The polynomial that moves the generator on by 2^64 numbers (Blackman and Vigna). */
const JUMP = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b] as const;

/** Numbers that are drawn at once: in one loop without calls they cost half. */
const STOCK = 512;

/** One number on. */
function step(state: Int32Array): void {
  const [a = 0, b = 0, c = 0, d = 0] = state;
  const [mixed, turned] = [c ^ a, d ^ b];
  state.set([a ^ turned, b ^ mixed, mixed ^ (b << 9), (turned << 11) | (turned >>> 21)]);
}

/** The state of the generator 2^64 numbers on. */
export function jumped(from: Int32Array): Int32Array {
  const state = from.slice();
  const sum = new Int32Array(4);
  for (const word of JUMP) {
    for (let bit = 0; bit < 32; bit++) {
      if (((word >>> bit) & 1) === 1) for (let i = 0; i < 4; i++) sum[i] = (sum[i] as number) ^ (state[i] as number);
      step(state);
    }
  }
  return sum;
}

/** xoshiro128** (Blackman and Vigna), seeded by splitmix32. Streams of one seed lie 2^64 numbers apart, so that they never meet. */
export class Random {
  private readonly state = new Int32Array(4);
  private readonly uniforms = new Float64Array(STOCK);
  private readonly exponentials = new Float64Array(STOCK);
  private uniformsLeft = 0;
  private exponentialsLeft = 0;
  private spare = 0;
  private hasSpare = false;

  constructor(seed: number, stream = 0) {
    let z = seed | 0;
    for (let i = 0; i < 4; i++) {
      z = (z + 0x9e3779b9) | 0;
      let t = z ^ (z >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      this.state[i] = t ^ (t >>> 15);
    }
    for (let i = 0; i < stream; i++) this.state.set(jumped(this.state));
  }

  private refill(stock: Float64Array): void {
    let a = this.state[0] as number;
    let b = this.state[1] as number;
    let c = this.state[2] as number;
    let d = this.state[3] as number;
    for (let i = 0; i < STOCK; i++) {
      const five = Math.imul(b, 5);
      stock[i] = ((Math.imul((five << 7) | (five >>> 25), 9) >>> 0) + 0.5) / TWO_32;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.state[0] = a;
    this.state[1] = b;
    this.state[2] = c;
    this.state[3] = d;
  }

  /** Uniform in (0, 1), neither end included. */
  uniform(): number {
    if (this.uniformsLeft === 0) {
      this.refill(this.uniforms);
      this.uniformsLeft = STOCK;
    }
    return this.uniforms[--this.uniformsLeft] as number;
  }

  /** Whole number from 0 to n - 1. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Exponential with mean 1. */
  exponential(): number {
    if (this.exponentialsLeft === 0) {
      this.refill(this.exponentials);
      for (let i = 0; i < STOCK; i++) this.exponentials[i] = -Math.log(this.exponentials[i] as number);
      this.exponentialsLeft = STOCK;
    }
    return this.exponentials[--this.exponentialsLeft] as number;
  }

  /** Normal with mean 0 and variance 1 (polar method). */
  normal(): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(r)) / r);
      this.spare = y * scale;
      this.hasSpare = true;
      return x * scale;
    }
  }

  /** Gamma with this shape and mean 1 (Marsaglia and Tsang). */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * ((shape + 1) / shape) * Math.pow(this.uniform(), 1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v <= 0) continue;
      if (Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / shape;
    }
  }

  /** A mean count as a whole number: its integer part, and one more with the probability of the rest. */
  count(mean: number): number {
    const whole = Math.floor(mean);
    const rest = mean - whole;
    return rest > 0 && this.uniform() < rest ? whole + 1 : whole;
  }
}
