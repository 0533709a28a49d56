/** Success formulas of all journeys, made once for a drawing and the set of caches that are hard. */
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import type { Numbers } from '../math/lists.ts';
import type { Plan } from '../types.ts';
import { hardnessOf, type Hardness } from './call-table.ts';
import { FormulaBook } from './expressions.ts';
import { hardCaches, requiredHomes } from './hardness.ts';
import { FormulaGraph } from './formula-graph.ts';
import { LossTable } from './loss-table.ts';
import { Descent } from './occurrences.ts';
import { compileProgram, type Program } from './program.ts';
import { StructureBuilder } from './structure.ts';

/** The formulas of one journey. */
export interface JourneyStructure {
  readonly hardness: Hardness;
  /** The action as a whole, and the share of its requests (made when asked for): see `StructureBuilder.journey`. */
  readonly whole: Program;
  readonly shares: () => Program;
}

/** All formulas of a drawing; null for journeys without an entry. */
export interface Structures {
  readonly book: FormulaBook;
  readonly graph: FormulaGraph;
  readonly journeys: readonly (JourneyStructure | null)[];
  /** Where the losses of all journeys stand in a loss table: first of the actions as a whole, then of the shares of requests. */
  readonly roots: Numbers;
  readonly losses: LossTable;
  readonly hardCaches: ReadonlySet<number>;
}

/** By the caches that are hard. */
const structuresByHardness = oncePer((_calls: Plan['calls']) => new Map<string, Structures>());

function build(context: EvaluationContext, hard: ReadonlySet<number>): Structures {
  const { compiled } = context;
  const book = new FormulaBook(compiled.nodes.length);
  const builders = new Map<string, StructureBuilder>();
  const roots = compiled.journeys.map((_, index) => {
    const entries = compiled.plan.entries.filter((entry) => entry.journey === index && entry.weight > 0);
    if (entries.length === 0) return null;
    const required = requiredHomes(context, index);
    const key = [...required].sort((a, b) => a - b).join();
    const builder = builders.get(key) ?? new StructureBuilder(compiled, hardnessOf(compiled, hard, required), book);
    builders.set(key, builder);
    return { hardness: builder.hardness, ...builder.journey(entries) };
  });
  const graph = new FormulaGraph(book);
  const at = [...roots.map((root) => root?.whole ?? -1), ...roots.map((root) => root?.shares ?? -1)];
  const descent = new Descent(graph, at.filter((root) => root >= 0));
  const compile = (root: number, position: number): Program => compileProgram(graph, root, position, descent);
  return {
    book, graph, hardCaches: hard, roots: at, losses: new LossTable(graph, at),
    journeys: roots.map((root, j) => {
      if (!root) return null;
      const whole = compile(root.whole, j);
      let shares: Program | null = root.shares === root.whole ? whole : null;
      return { hardness: root.hardness, whole, shares: () => (shares ??= compile(root.shares, roots.length + j)) };
    }),
  };
}

/** The formulas for the present load: only which caches are hard depends on it. */
export function structuresOf(context: EvaluationContext): Structures {
  const { plan } = context.compiled;
  const hard = hardCaches(context);
  const key = [...hard].sort((a, b) => a - b).join();
  const byHardness = structuresByHardness(plan.calls);
  const existing = byHardness.get(key);
  if (existing) return existing;
  const made = build(context, hard);
  byHardness.set(key, made);
  return made;
}
