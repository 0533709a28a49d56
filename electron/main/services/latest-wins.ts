/** Runs one job per key at a time. While one runs only the newest of those that wait is kept. */
export interface LatestWins<Input> {
  /** Resolves or rejects with the run that wrote this input or a newer one. */
  put(key: string, input: Input): Promise<void>;
}

interface Lane<Input> {
  running: Promise<void>;
  waiting: { input: Input; readonly done: Promise<void> } | null;
}

/** Make a queue around `run`, which is never called twice at once for one key. */
export function createLatestWins<Input>(run: (key: string, input: Input) => Promise<void>): LatestWins<Input> {
  const lanes = new Map<string, Lane<Input>>();

  function startNext(key: string, lane: Lane<Input>): Promise<void> {
    const next = lane.waiting;
    lane.waiting = null;
    return next === null ? Promise.resolve() : track(key, lane, run(key, next.input));
  }

  function track(key: string, lane: Lane<Input>, work: Promise<void>): Promise<void> {
    lane.running = work;
    const finish = (): void => {
      if (lane.running === work && lane.waiting === null) lanes.delete(key);
    };
    work.then(finish, finish);
    return work;
  }

  return {
    put: (key, input) => {
      const lane = lanes.get(key);
      if (lane === undefined) {
        const fresh: Lane<Input> = { running: Promise.resolve(), waiting: null };
        lanes.set(key, fresh);
        return track(key, fresh, run(key, input));
      }
      if (lane.waiting !== null) {
        lane.waiting.input = input;
        return lane.waiting.done;
      }
      const next = (): Promise<void> => startNext(key, lane);
      const done = lane.running.then(next, next);
      lane.waiting = { input, done };
      return done;
    },
  };
}
