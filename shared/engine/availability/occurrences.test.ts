import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { benchDesign } from '../../../tests/bench/designs.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { solveContext } from '../pipeline.ts';
import { listBits } from './bits.ts';
import { ALL, ANY, FormulaBook, ONE } from './expressions.ts';
import { FormulaGraph } from './formula-graph.ts';
import { Descent } from './occurrences.ts';
import { structuresOf } from './structures.ts';

interface Below { readonly once: Set<number>; readonly twice: Set<number>; readonly inside: Set<number> }

/** From the definition: what two parts have in common occurs twice, unless a request takes one of them. */
function reference(graph: FormulaGraph, formula: number, known: Map<number, Below>): Below {
  const existing = known.get(formula);
  if (existing) return existing;
  const found: Below = { once: new Set(graph.elementsOf(formula)), twice: new Set(), inside: new Set([formula]) };
  for (let at = graph.parts.start[formula] as number; at < (graph.parts.start[formula + 1] as number); at++) {
    const part = reference(graph, graph.parts.items[at] as number, known);
    for (const element of part.once) if (graph.kinds[formula] !== ONE && found.once.has(element)) found.twice.add(element);
    for (const element of part.twice) found.twice.add(element);
    for (const element of part.once) found.once.add(element);
    for (const inner of part.inside) found.inside.add(inner);
  }
  known.set(formula, found);
  return found;
}

function expectOccurrences(graph: FormulaGraph, roots: readonly number[]): void {
  const descent = new Descent(graph, roots);
  const known = new Map<number, Below>();
  for (const root of roots) {
    const expected = reference(graph, root, known);
    const found = descent.below(root);
    expect(listBits(found.once)).toEqual([...expected.once].sort((a, b) => a - b));
    expect(listBits(found.twice)).toEqual([...expected.twice].sort((a, b) => a - b));
    const inside = descent.inside(root);
    expect(Array.from({ length: graph.size }, (_, i) => i).filter((i) => inside.has(i))).toEqual([...expected.inside].sort((a, b) => a - b));
  }
}

/** A book of random formulas over six elements; the last one is on top. */
const formulas = fc.array(fc.record({ kind: fc.constantFrom(ALL, ANY, ONE), element: fc.nat(5), parts: fc.array(fc.nat(40), { maxLength: 4 }) }), { minLength: 1, maxLength: 30 });

describe('occurrences', () => {
  it('are those of the definition, also where choices stand within choices', () => {
    fc.assert(fc.property(formulas, (list) => {
      const book = new FormulaBook(6);
      list.forEach(({ kind, element, parts }, i) => {
        book.begin();
        if (kind === ALL) book.need(book.node(element));
        if (i > 0) for (const part of parts) book.part(part % i, 0.5);
        book.end(kind);
      });
      expectOccurrences(new FormulaGraph(book), list.map((_, i) => i));
    }), { numRuns: 300, seed: 5 });
  });

  it('are those of the definition in drawings', () => {
    const check = (drawn: Design): void => {
      const { graph, roots } = structuresOf(solveContext(compileDesign(drawn, catalog), 1));
      expectOccurrences(graph, [...roots].filter((root) => root >= 0));
    };
    check(benchDesign(150, 20));
    fc.assert(fc.property(randomDesign(14), check), { numRuns: 60, seed: 7 });
  });
});
