/** Before every test file: counts the properties that are checked and their runs, for the summary of `npm test`. */
import fc from 'fast-check';
import { beforeEach, type TaskMeta } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test went through besides itself, by name. */
    counts?: Record<string, number>;
  }
}

let meta: TaskMeta = {};

/** Add to what the running test went through. */
export function tally(name: string, count: number): void {
  meta.counts ??= {};
  meta.counts[name] = (meta.counts[name] ?? 0) + count;
}

function report(run: fc.RunDetails<unknown>): void {
  tally('properties', 1);
  tally('runs', run.numRuns);
  if (run.failed) throw new Error(fc.defaultReportMessage(run), { cause: run.errorInstance });
}

fc.configureGlobal({ ...fc.readConfigureGlobal(), reporter: report });
beforeEach(({ task }) => {
  meta = task.meta;
});
