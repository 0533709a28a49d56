/** Success formulas of all journeys, made once for a drawing and the set of caches that are hard. */
import type { EvaluationContext } from '../context.ts';
import type { Plan } from '../types.ts';
import { FormulaBook } from './expressions.ts';
import { hardCaches, requiredHomes } from './hardness.ts';
import { compileProgram, type Program } from './program.ts';
import { StructureBuilder, type Hardness } from './structure.ts';

/** The formulas of one journey. */
export interface JourneyStructure {
  readonly hardness: Hardness;
  /** The action as a whole, and the share of its requests: see `StructureBuilder.journey`. */
  readonly whole: Program;
  readonly shares: Program;
}

/** All formulas of a drawing; null for journeys without an entry. */
export interface Structures {
  readonly book: FormulaBook;
  readonly journeys: readonly (JourneyStructure | null)[];
  readonly hardCaches: ReadonlySet<number>;
}

const known = new WeakMap<Plan, Map<string, Structures>>();

function build(context: EvaluationContext, hard: ReadonlySet<number>): Structures {
  const { compiled } = context;
  const book = new FormulaBook();
  const builders = new Map<string, StructureBuilder>();
  const roots = compiled.journeys.map((_, index) => {
    const entries = compiled.plan.entries.filter((entry) => entry.journey === index && entry.weight > 0);
    if (entries.length === 0) return null;
    const required = requiredHomes(context, index);
    const key = [...required].sort((a, b) => a - b).join();
    const hardness: Hardness = { hardCaches: hard, required };
    const builder = builders.get(key) ?? new StructureBuilder(compiled, hardness, book);
    builders.set(key, builder);
    return { hardness, ...builder.journey(entries) };
  });
  return {
    book, hardCaches: hard,
    journeys: roots.map((root) => {
      if (!root) return null;
      const whole = compileProgram(book, root.whole);
      return { hardness: root.hardness, whole, shares: root.shares === root.whole ? whole : compileProgram(book, root.shares) };
    }),
  };
}

/** The formulas for the present load: only which caches are hard depends on it. */
export function structuresOf(context: EvaluationContext): Structures {
  const { plan } = context.compiled;
  const hard = hardCaches(context);
  const key = [...hard].sort((a, b) => a - b).join();
  const byHardness = known.get(plan) ?? new Map<string, Structures>();
  known.set(plan, byHardness);
  const existing = byHardness.get(key);
  if (existing) return existing;
  const made = build(context, hard);
  byHardness.set(key, made);
  return made;
}
