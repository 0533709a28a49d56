/** A call that runs at most once per interval, and surely within one interval of being asked for. */
export interface Throttle {
  /** Ask for a run. Many asks within one interval are one run. */
  ask(): void;
  /** Run now if a run was asked for; resolves when it and one under way are done. */
  flush(): Promise<void>;
}

/**
 * A throttle with a longest wait, not a debounce: someone who types without a pause is written too. A run that is
 * asked for while one is under way follows it. A run that fails is an unhandled rejection and does not stop the next.
 *
 * @param interval milliseconds from the first ask to the run
 */
export function createThrottle(interval: number, run: () => Promise<void>): Throttle {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> = Promise.resolve();
  const start = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running = running.then(run, run);
  };
  return {
    ask: () => {
      timer ??= setTimeout(start, interval);
    },
    flush: async () => {
      if (timer !== null) start();
      await running;
    },
  };
}
