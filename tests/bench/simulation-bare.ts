/** The least that such a simulation can be: one loop, a binary heap over typed arrays, ten queues in a row. */

/** A tandem: stations with one server and service time 1. */
export interface BareTandem { readonly stations: number; readonly utilisation: number; readonly requests: number; readonly seed: number }

const RING = 1 << 12;

/** Run it. `mean` is the mean time through all stations in service times. */
export function bareTandem({ stations, utilisation, requests, seed }: BareTandem): { readonly events: number; readonly mean: number } {
  const times = new Float64Array(64);
  const codes = new Int32Array(64);
  let count = 0;
  const push = (time: number, code: number): void => {
    let at = count++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((times[up] as number) <= time) break;
      times[at] = times[up] as number;
      codes[at] = codes[up] as number;
      at = up;
    }
    times[at] = time;
    codes[at] = code;
  };
  const pop = (): number => {
    const code = codes[0] as number;
    const time = times[--count] as number;
    const last = codes[count] as number;
    let at = 0;
    for (let down = 1; down < count; down = 2 * at + 1) {
      if (down + 1 < count && (times[down + 1] as number) < (times[down] as number)) down += 1;
      if ((times[down] as number) >= time) break;
      times[at] = times[down] as number;
      codes[at] = codes[down] as number;
      at = down;
    }
    times[at] = time;
    codes[at] = last;
    return code;
  };
  let state = seed | 0 || 1;
  const exponential = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return -Math.log(((state >>> 0) + 0.5) / 4294967296);
  };
  const queues = new Float64Array(stations * RING);
  const heads = new Int32Array(stations);
  const lengths = new Int32Array(stations);
  let events = 0;
  let arrived = 0;
  let left = 0;
  let sum = 0;
  const enter = (station: number, start: number, now: number): void => {
    queues[station * RING + (((heads[station] as number) + (lengths[station] as number)) & (RING - 1))] = start;
    lengths[station] = (lengths[station] as number) + 1;
    if (lengths[station] === 1) push(now + exponential(), station);
  };
  push(exponential() / utilisation, stations);
  while (left < requests) {
    const now = times[0] as number;
    const station = pop();
    events += 1;
    if (station === stations) {
      enter(0, now, now);
      if (++arrived < requests) push(now + exponential() / utilisation, stations);
      continue;
    }
    const start = queues[station * RING + (heads[station] as number)] as number;
    heads[station] = ((heads[station] as number) + 1) & (RING - 1);
    lengths[station] = (lengths[station] as number) - 1;
    if ((lengths[station] as number) > 0) push(now + exponential(), station);
    if (station + 1 < stations) {
      enter(station + 1, start, now);
    } else {
      left += 1;
      sum += now - start;
    }
  }
  return { events, mean: sum / left };
}
