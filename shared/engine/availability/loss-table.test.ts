import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { benchDesign } from '../../../tests/bench/designs.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { evaluate } from '../evaluate.ts';
import { floats } from '../math/lists.ts';
import { solveContext } from '../pipeline.ts';
import { lostBy } from './lane-losses.ts';
import { LossTable } from './loss-table.ts';
import { structuresOf, type Structures } from './structures.ts';

function structures(drawn: Design): Structures {
  return structuresOf(solveContext(compileDesign(drawn, catalog), 1));
}

/** What a root loses, from one formula after the other. */
function reference({ graph, roots }: Structures, lost: readonly number[]): number[] {
  const up = floats(graph.book.elements.length).fill(1);
  for (const element of lost) up[element] = 0;
  const value = floats(graph.size);
  for (let i = 0; i < graph.size; i++) value[i] = graph.step(i, up, value);
  return Array.from(roots, (root) => (root < 0 ? 0 : Math.min(1, 1 - (value[root] as number))));
}

function expectLosses(drawn: Design): void {
  const all = structures(drawn);
  const table = new LossTable(all.graph, all.roots);
  const { elements } = all.book;
  const check = (row: ReturnType<LossTable['single']>, lost: readonly number[]): void => {
    reference(all, lost).forEach((expected, root) => expect(Math.abs(lostBy(row, root) - expected)).toBeLessThan(1e-12));
  };
  for (let element = 0; element < elements.length; element++) {
    check(table.single(element), [element]);
    check(table.pair(element, (element + 1) % elements.length), [element, (element + 1) % elements.length]);
  }
  elements.forEach((element, copies) => {
    const primary = element.kind === 'replicas' ? elements.findIndex((other) => other.kind === 'node' && other.node === element.node) : -1;
    if (primary >= 0) check(table.pair(primary, copies), [primary, copies]);
  });
}

describe('losses of all journeys at once', () => {
  it('are what each formula loses on its own', () => {
    expectLosses(benchDesign(60, 3));
    fc.assert(fc.property(randomDesign(12), expectLosses), { numRuns: 60, seed: 11 });
  });
});

describe('background work of many journeys', () => {
  it('is that of each alone, also beyond the width of a word', () => {
    const drawn = (journeys: number): Design => {
      const built = design().client('c').service('a').rabbitmq('q').celery('w', { task_cpu_s: 0.01 }).chain('c', 'a', 'q', 'w');
      for (let i = 0; i < journeys; i++) built.journey(`j${i}`, { rate_rps: 40 / journeys, entry: 'c>a' });
      return built.build();
    };
    const [one] = Object.values(evaluate(drawn(1), catalog).journeys);
    const many = Object.values(evaluate(drawn(40), catalog).journeys);
    expect(many).toHaveLength(40);
    expect(one?.done_availability.value).toBeLessThan(1);
    for (const journey of many) expect(journey.done_availability.value).toBeCloseTo(one?.done_availability.value ?? 0, 9);
  });
});
