/** The load over time: multiples of the drawn load, and when the next request comes. */
import type { LoadProfile } from '../../contracts/simulation.ts';

const STEPS = 512;

/** Multiple of the drawn load at a time, never negative. */
export function multipleAt(profile: LoadProfile, time: number, duration: number): number {
  switch (profile.kind) {
    case 'constant': return 1;
    case 'ramp': {
      const start = profile.start_s ?? 0;
      const end = Math.max(start + 1e-9, profile.end_s ?? duration);
      const share = Math.min(1, Math.max(0, (time - start) / (end - start)));
      return Math.max(0, profile.from + (profile.to - profile.from) * share);
    }
    case 'spike': return time >= profile.at_s && time < profile.at_s + profile.for_s ? Math.max(0, profile.factor) : 1;
    case 'diurnal': {
      const wave = (1 - Math.cos((2 * Math.PI * time) / Math.max(1e-9, profile.period_s))) / 2;
      return Math.max(0, profile.low + (profile.high - profile.low) * wave);
    }
  }
}

/**
 * The clock of the arrivals: runs at the multiple of the load, so that gaps drawn at rate 1 become gaps of the moving load
 * exactly. Between its points the multiple is constant.
 */
export class LoadClock {
  private readonly ends: Float64Array;
  private readonly rates: Float64Array;
  private readonly constant: boolean;

  constructor(profile: LoadProfile, multiple: number, duration: number) {
    this.constant = profile.kind === 'constant';
    const points = new Set<number>();
    for (let i = 1; i <= STEPS; i++) points.add((duration * i) / STEPS);
    if (profile.kind === 'spike') for (const at of [profile.at_s, profile.at_s + profile.for_s]) if (at > 0 && at < duration) points.add(at);
    this.ends = Float64Array.from([...points].sort((a, b) => a - b));
    this.rates = this.ends.map((end, i) => multiple * multipleAt(profile, ((i === 0 ? 0 : (this.ends[i - 1] as number)) + end) / 2, duration));
  }

  /** Times at which the multiple changes; none of a constant load. */
  get steps(): Float64Array {
    return this.constant ? new Float64Array(0) : this.ends;
  }

  /** The multiple of the load at a time. */
  at(time: number): number {
    return this.rates[this.constant ? 0 : this.stepAt(time)] as number;
  }

  private stepAt(time: number): number {
    let low = 0;
    let high = this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] as number) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** When the clock has run on by `amount` from a time; beyond the end of the run when it never does. */
  later(time: number, amount: number): number {
    if (this.constant) {
      const rate = this.rates[0] as number;
      return rate > 0 ? time + amount / rate : Number.MAX_VALUE;
    }
    let left = amount;
    let from = time;
    for (let step = this.stepAt(time); step < this.ends.length; step++) {
      const rate = this.rates[step] as number;
      const end = this.ends[step] as number;
      const room = (end - from) * rate;
      if (left <= room) return from + left / rate;
      left -= Math.max(0, room);
      from = end;
    }
    return Number.MAX_VALUE;
  }
}
