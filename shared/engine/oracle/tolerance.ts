/** Comparing results with expected values: |got - expected| <= abs + rel |expected| + 1e-12, per named result if given. */
import { record } from './inputs.ts';
import type { CaseResult } from './inputs.ts';

/** One value out of tolerance, missing or not a number. */
export interface Mismatch {
  /** Name of the result, with list positions as [i]; empty for a plain value. */
  result: string;
  got: number | null;
  expected: number;
  message: string;
}

interface Leaf {
  path: string;
  /** First name on the path: the key of per-result tolerances. */
  name: string;
  value: unknown;
}

function leaves(value: unknown, path = '', name = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => leaves(item, `${path}[${String(i)}]`, name));
  const named = record(value);
  if (named === null) return [{ path, name, value }];
  return Object.entries(named).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`, name === '' ? key : name));
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function toleranceOf(tolerance: unknown, name: string): { abs: number; rel: number } {
  const whole = record(tolerance) ?? {};
  const own = record(record(whole['keys'])?.[name]) ?? whole;
  return { abs: toNumber(own['abs']) ?? 0, rel: toNumber(own['rel']) ?? 0 };
}

/** Every expected value that the results miss; results that nobody asked for are ignored. */
export function compareResults(got: CaseResult, expected: unknown, tolerance: unknown): Mismatch[] {
  const found = new Map(leaves(got).map((leaf) => [leaf.path, leaf.value]));
  const mismatches: Mismatch[] = [];
  for (const { path, name, value } of leaves(expected)) {
    const goal = toNumber(value);
    if (goal === null) continue;
    const actual = toNumber(found.get(path));
    const { abs, rel } = toleranceOf(tolerance, name);
    if (actual === null) {
      mismatches.push({ result: path, got: null, expected: goal, message: found.has(path) ? 'not a finite number' : 'no such result' });
    } else if (Math.abs(actual - goal) > abs + rel * Math.abs(goal) + 1e-12) {
      const allowed = abs + rel * Math.abs(goal);
      mismatches.push({
        result: path,
        got: actual,
        expected: goal,
        message: `off by ${String(Math.abs(actual - goal))}, allowed ${String(allowed)}`,
      });
    }
  }
  return mismatches;
}

/** Names of the results a case asks for; empty for a plain value or list. */
export function wantedResults(expected: unknown): string[] {
  return Object.keys(record(expected) ?? {});
}
