/**
 * A document that is edited while it is evaluated: each state starts from what is known of the one before. The answers are
 * those of `evaluate`, byte for byte; `session.test.ts` holds them to it.
 */
import type { Catalog } from '../../contracts/catalog.ts';
import type { Axis, Evaluation, Explanations, LoadFigures, Sweep } from '../../contracts/evaluation.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { CompileMemory } from '../compile/memory.ts';
import { sweepCompiled, type EvaluateOptions, type SweepOptions } from '../evaluate.ts';
import { solveLoadFigures } from '../load-figures.ts';
import { rulesStage, solveDesign, type SolvedDesign } from '../pipeline.ts';
import type { RulesOutcome } from '../rules/run-rules.ts';
import type { CompiledDesign } from '../types.ts';
import { ChangeLog } from './changes.ts';
import { keepWalk } from './keep-walk.ts';
import { LoadMemory } from './load-memory.ts';
import { share } from './share.ts';

/** Of a drawing with more components only what was read and the answer itself is kept: what the answer was made of takes 100 MB at 5,000. */
const LARGE = 2000;

/** An answer, and what it answers. */
interface Answer extends Pick<SolvedDesign, 'evaluation' | 'explain'> { readonly compiled: CompiledDesign; readonly today: string | null; readonly fixes: RulesOutcome['fixes'] }

/** One position of the dial. */
interface Position { readonly multiple: number; readonly load: LoadMemory }

/** Evaluates the states of one document one after another. Not re-entrant. */
export interface EvaluationSession {
  /** The next state, or the same one at another load. It must not be changed after. What differs from the state before only in where things stand is not evaluated again. */
  readonly evaluate: (design: Design, options?: EvaluateOptions) => Evaluation;
  /** The same with the changes behind the fixes, for whoever weighs them. */
  readonly evaluateWithFixes: (design: Design, options?: EvaluateOptions) => { readonly evaluation: Evaluation; readonly fixes: RulesOutcome['fixes'] };
  /** The trees behind some scores: of the last answer from what it was made of, unless the drawing is large; else it is evaluated first. */
  readonly explain: <Asked extends Axis>(design: Design, axes: readonly Asked[], options?: EvaluateOptions) => Explanations<Asked>;
  readonly sweep: (design: Design, options?: SweepOptions) => Sweep;
  /** What the load alone decides, at a fraction of an answer's price: for every frame while the dial moves. */
  readonly figures: (design: Design, multiple: number) => LoadFigures;
}

/** States that share what is equal differ at most in where things stand. */
function meansTheSame(before: Design, after: Design): boolean {
  const keys = Object.keys(after) as (keyof Design)[];
  return keys.length === Object.keys(before).length && keys.every((key) => key === 'layout' || before[key] === after[key]);
}

/** An answer without what it was made of: who asks for more than its values has it made again. */
function light({ evaluation, compiled, today }: Answer, again: () => Answer): Answer {
  let whole: Answer | null = null;
  const made = (): Answer => (whole ??= again());
  return { evaluation, compiled, today, explain: (axes) => made().explain(axes), fixes: { get: (key) => made().fixes.get(key) } };
}

class Session implements EvaluationSession {
  private readonly catalog: Catalog;
  private readonly memory = new CompileMemory();
  private readonly log = new ChangeLog();
  /** The state as it came, and as it is kept. */
  private sent: Design | null = null;
  private design: Design | null = null;
  private compiled: CompiledDesign | null = null;
  /** The one that is looked at, and the drawn load where that is another: what is kept of any other makes room for the next. */
  private positions: readonly Position[] = [];
  /** To the last question, and its position. */
  private last: { readonly answer: Answer; readonly multiple: number } | null = null;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** The state as it is read, the one before where only places on the paper differ. */
  private read(design: Design): CompiledDesign {
    if (this.compiled !== null && design === this.sent) return this.compiled;
    const before = this.design;
    const next = share(before, design);
    this.sent = design;
    if (this.compiled !== null && before !== null && meansTheSame(before, next)) return this.compiled;
    const known = this.compiled;
    this.design = next;
    this.compiled = null;
    const compiled = compileDesign(next, this.catalog, this.memory);
    return (this.compiled = known === null ? compiled : this.log.rename(keepWalk(known, compiled, this.log.between(known, compiled))));
  }

  private position(multiple: number): Position {
    const known = this.positions.find((position) => position.multiple === multiple);
    const others = this.positions.filter((position) => position !== known);
    // the drawn load is asked for after every edit, the others come and go
    const other = others.find((position) => position.multiple === 1) ?? others[0];
    const [gone] = others.filter((position) => position !== other);
    const found = known ?? { multiple, load: gone?.load ?? new LoadMemory(this.log) };
    this.positions = other === undefined ? [found] : [found, other];
    return found;
  }

  evaluateWithFixes = (design: Design, options: EvaluateOptions = {}): Answer => {
    const today = options.today ?? null;
    const compiled = this.read(design);
    const multiple = Math.max(0, options.multiple ?? 1);
    const { last } = this;
    if (last?.multiple === multiple && last.answer.compiled === compiled && last.answer.today === today) return last.answer;
    // not while the next one is made
    this.last = null;
    if (compiled.nodes.length > LARGE) {
      this.log.forget();
      this.positions = [];
      const again = (): Answer => this.answer(compiled, { multiple }, today);
      const made = again();
      this.last = { answer: light(made, again), multiple };
      return made;
    }
    const answer = this.answer(compiled, this.position(multiple), today);
    this.last = { answer, multiple };
    return answer;
  };

  private answer(compiled: CompiledDesign, { multiple, load }: { readonly multiple: number; readonly load?: LoadMemory }, today: string | null): Answer {
    let fixes: RulesOutcome['fixes'] = new Map();
    const stage = rulesStage({ today }, (outcome) => void (fixes = outcome.fixes));
    try {
      const { evaluation, explain } = solveDesign(compiled, multiple, this.catalog, stage, load);
      return { evaluation, explain, compiled, today, fixes };
    } catch (error) {
      // what was kept up to here is of two states: start over
      this.positions = [];
      throw error;
    }
  }

  evaluate = (design: Design, options: EvaluateOptions = {}): Evaluation => this.evaluateWithFixes(design, options).evaluation;

  explain = <Asked extends Axis>(design: Design, axes: readonly Asked[], options: EvaluateOptions = {}): Explanations<Asked> => this.evaluateWithFixes(design, options).explain(axes);

  sweep = (design: Design, options: SweepOptions = {}): Sweep => sweepCompiled(this.read(design), options);

  figures = (design: Design, multiple: number): LoadFigures => solveLoadFigures(this.read(design), Math.max(0, multiple));
}

/** Begin with a document. What is kept is bounded: one state, at two positions of the dial. */
export function openSession(catalog: Catalog): EvaluationSession {
  return new Session(catalog);
}
