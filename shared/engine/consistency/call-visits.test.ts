import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import { compileDesign } from '../compile/compile.ts';
import { solveContext } from '../pipeline.ts';
import { CallVisits } from './call-visits.ts';

test('calls and entries over a connection add up to its visits', () => {
  fc.assert(fc.property(randomDesign(14), (drawn) => {
    const { compiled, flows, visits: journeys } = solveContext(compileDesign(drawn, catalog), 1);
    const { calls, entries } = compiled.plan;
    const visits = new CallVisits(compiled, flows);
    journeys.forEach(({ slots, edges }, journey) => {
      const made = new Float64Array(edges.length);
      for (const entry of entries) if (entry.journey === journey && entry.edge >= 0) made[entry.edge] = (made[entry.edge] as number) + entry.weight;
      calls.forEach(({ edge, reply }, call) => {
        if (reply !== 'given') made[edge] = (made[edge] as number) + visits.of(call, slots);
      });
      made.forEach((sum, edge) => expect(sum).toBeCloseTo(edges[edge] as number, 9));
    });
    expect(calls.map((_, call) => visits.isAsync(call))).toEqual(calls.map(({ wait }) => wait === 'async'));
  }), { numRuns: 40, seed: 3 });
});
