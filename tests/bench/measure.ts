/** Times of one operation in milliseconds, from fastest to slowest. */
export type Times = readonly number[];

const LONGEST_MS = 4000;
const FEWEST = 3;
/** The compiler of the machine's JavaScript goes on improving what runs for about this long: medians of 400 answers of 100 nodes one after the other were 4.9, 3.2, 3.0, 2.9, 2.9, 2.8 ms, and what the browser does after its start takes as long. */
const WARMUP_MS = 10_000;

/** What a run works on: made before the clock starts, as what comes from elsewhere is there before an answer is asked for. */
type Input<T> = (run: number) => T;

function timed<T>(input: Input<T>, work: (input: T) => unknown, run: number): number {
  const made = input(run);
  const start = performance.now();
  work(made);
  return performance.now() - start;
}

/** Run `work` until it has become as fast as it gets, and say how long the very first time took, milliseconds. */
export function warmUp<T>(input: Input<T>, work: (input: T) => unknown): number {
  const begin = performance.now();
  const first = timed(input, work, 0);
  for (let run = 1; performance.now() - begin < WARMUP_MS; run++) work(input(run));
  return first;
}

/**
 * Run `work` `warmup + runs` times and keep the last `runs` times. `input` gets the run's number, so that it can vary what is
 * worked on. What is slow is run for four seconds and at least three times, without the warm-up that would not be seen.
 */
export function measure<T>(input: Input<T>, work: (input: T) => unknown, runs: number, warmup: number): Times {
  const times: number[] = [];
  const begin = performance.now();
  for (let run = 0; run < warmup + runs; run++) {
    times.push(timed(input, work, run));
    if (performance.now() - begin > LONGEST_MS && times.length >= FEWEST) break;
  }
  return times.slice(times.length > warmup + FEWEST ? warmup : 1).sort((a, b) => a - b);
}

/** The value below which `share` of the times are. */
export function quantile(times: Times, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
