/** Runs known-answer cases `{id, model, inputs, expected, tolerance}` through the engine's formulas. */
import { PLATFORM_ADAPTERS } from './adapters-platform.ts';
import { QUEUE_ADAPTERS } from './adapters-queues.ts';
import { InputError, record } from './inputs.ts';
import type { Adapter } from './inputs.ts';
import { compareResults, wantedResults } from './tolerance.ts';

/** One value of one case that is out of tolerance, or a case that could not run (result '', numbers null). */
export interface OracleFailure {
  id: string;
  model: string;
  result: string;
  got: number | null;
  expected: number | null;
  message: string;
}

/** Outcome of a list of cases; total = passed + failed, counted per case. */
export interface OracleReport {
  total: number;
  passed: number;
  failed: number;
  failures: OracleFailure[];
}

const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(Object.entries({ ...QUEUE_ADAPTERS, ...PLATFORM_ADAPTERS }));

/** Names of all models that can be run, sorted. */
export const ORACLE_MODELS: readonly string[] = [...ADAPTERS.keys()].sort();

function failuresOf(entry: unknown, index: number): OracleFailure[] {
  const item = record(entry);
  const id = typeof item?.['id'] === 'string' ? item['id'] : `case ${String(index + 1)}`;
  const model = typeof item?.['model'] === 'string' ? item['model'] : '';
  const broken = (message: string): OracleFailure[] => [{ id, model, result: '', got: null, expected: null, message }];
  if (item === null) return broken('not a case');
  const adapter = ADAPTERS.get(model);
  if (adapter === undefined) return broken(`unknown model ${model}`);
  const inputs = record(item['inputs']);
  if (inputs === null) return broken('no inputs');
  if (item['expected'] === undefined) return broken('no expected value');
  try {
    const got = adapter(inputs, wantedResults(item['expected']));
    return compareResults(got, item['expected'], item['tolerance']).map((mismatch) => ({ id, model, ...mismatch }));
  } catch (error) {
    if (error instanceof InputError) return broken(error.message);
    throw error;
  }
}

/** Runs every case; anything that is not a list counts as one failed case. Never throws on malformed cases. */
export function runOracleCases(cases: unknown): OracleReport {
  if (!Array.isArray(cases)) {
    const failure = { id: '', model: '', result: '', got: null, expected: null, message: 'not a list of cases' };
    return { total: 1, passed: 0, failed: 1, failures: [failure] };
  }
  const perCase = cases.map((entry: unknown, index) => failuresOf(entry, index));
  const failed = perCase.filter((failures) => failures.length > 0).length;
  return { total: cases.length, passed: cases.length - failed, failed, failures: perCase.flat() };
}
