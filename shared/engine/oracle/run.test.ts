import { describe, expect, it } from 'vitest';
import cases from '../../../tests/fixtures/oracles.json' with { type: 'json' };
import { ORACLE_MODELS, runOracleCases } from './run.ts';

describe('known answers', () => {
  it('reproduces every published and computed case', () => {
    const report = runOracleCases(cases);
    expect(report.failures).toEqual([]);
    expect(report.passed).toBe(cases.length);
  });

  it('covers every model of the collection', () => {
    const models = new Set(cases.map((entry) => entry.model));
    expect([...models].sort()).toEqual(ORACLE_MODELS);
  });

  it('accepts equivalent inputs and any subset of results', () => {
    const tolerance = { rel: 1e-9 };
    const report = runOracleCases([
      { id: 'service', model: 'mmc', inputs: { lambda_: 9, service_s: 0.2, c: 2 }, expected: { r: 1.0526315789473684 }, tolerance },
      { id: 'erlang', model: 'erlang_c', inputs: { c: 3, lambda_: 4, mu: 2 }, expected: 4 / 9, tolerance },
      { id: 'mu', model: 'mmck', inputs: { lambda_: 125, mu: 500, c: 1, K: 2 }, expected: { p0: 16 / 21 }, tolerance },
    ]);
    expect(report.failures).toEqual([]);
  });

  it('fails what is wrong, unknown, incomplete or malformed, by name', () => {
    const report = runOracleCases([
      { id: 'wrong', model: 'little', inputs: { rps: 2, duration_s: 3 }, expected: 7, tolerance: { abs: 0.5 } },
      { id: 'strange', model: 'astrology', inputs: {}, expected: 1 },
      { id: 'short', model: 'little', inputs: { rps: 2 }, expected: 7 },
      { id: 'more', model: 'mm1', inputs: { lambda_: 1, service_s: 0.5 }, expected: { colour: 3 } },
      17,
    ]);
    expect(report).toMatchObject({ total: 5, passed: 0, failed: 5 });
    expect(report.failures.map((f) => f.id)).toEqual(['wrong', 'strange', 'short', 'more', 'case 5']);
    expect(report.failures[0]).toMatchObject({ got: 6, expected: 7 });
    expect(report.failures[1]?.message).toContain('astrology');
    expect(runOracleCases('x').failed).toBe(1);
  });

  it('lets a per-result tolerance replace the general one', () => {
    const entry = { id: 'k', model: 'mm1', inputs: { lambda_: 1, service_s: 0.5 }, expected: { rho: 0.6, l: 1.05 } };
    const report = runOracleCases([{ ...entry, tolerance: { abs: 0, keys: { rho: { abs: 0.2 }, l: { rel: 0.1 } } } }]);
    expect(report.failures).toEqual([]);
  });
});
