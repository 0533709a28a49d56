import type { Problem, ProblemLevel } from '../lib/result.ts';

/** Problems listed one by one for each code; the rest are counted. */
const LISTED_PER_CODE = 50;

/** Collects problems without letting one bad file produce a million of them. */
export interface ProblemList {
  add(problem: Problem): void;
  /** In order of arrival; a code with more than fifty ends in one line that counts the others. */
  list(): Problem[];
}

/** An empty list. */
export function createProblemList(): ProblemList {
  const kept: Problem[] = [];
  const counts = new Map<string, { count: number; level: ProblemLevel }>();
  return {
    add: (problem) => {
      const entry = counts.get(problem.code) ?? { count: 0, level: problem.level };
      entry.count += 1;
      counts.set(problem.code, entry);
      if (entry.count <= LISTED_PER_CODE) kept.push(problem);
    },
    list: () => {
      const rest: Problem[] = [];
      for (const [code, { count, level }] of counts) {
        if (count > LISTED_PER_CODE) rest.push({ level, code, message: `${count - LISTED_PER_CODE} more of the same kind (${code}).` });
      }
      return [...kept, ...rest];
    },
  };
}
