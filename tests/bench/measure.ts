/** Times of one operation in milliseconds, from fastest to slowest. */
export type Times = readonly number[];

/** Run `work` `warmup + runs` times and keep the last `runs` times. `work` gets the run's number, so that it can vary its input. */
export function measure(work: (run: number) => unknown, runs: number, warmup: number): Times {
  const times: number[] = [];
  for (let run = 0; run < warmup + runs; run++) {
    const start = performance.now();
    work(run);
    if (run >= warmup) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

/** The value below which `share` of the times are. */
export function quantile(times: Times, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
