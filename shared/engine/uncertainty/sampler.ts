/** Evaluates a drawing with its ranges drawn, and with one range alone moved. Every evaluation is a step of a generator. */
import type { Catalog } from '../../contracts/catalog.ts';
import type { JourneyResult } from '../../contracts/evaluation.ts';
import type { RangesOptions, RangesProgress, UncertainInput } from '../../contracts/uncertainty.ts';
import type { Design } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';
import { stratified, triangular } from './draws.ts';
import { uncertainInputs, withValues } from './inputs.ts';
import { measure, type Measured, type Seen } from './measures.ts';
import { Series } from './series.ts';

/** Halvings until a threshold is known to a 256th of its half of the range: finer than it is printed. */
const HALVINGS = 8;

/** A run of the generator: it says how far it is and ends with a value. */
export type Steps<T> = Generator<RangesProgress, T, void>;

/** A question with yes or no for an answer, put to one run. */
export type Verdict = (measured: Measured) => boolean;

/** Everything that was evaluated: with likely values, in the runs, and with one input at its ends. */
export interface Sampled {
  readonly inputs: readonly UncertainInput[];
  readonly likely: Measured;
  readonly runs: readonly Measured[];
  /** Quantile of each run's draw, by input. */
  readonly draws: readonly Float64Array[];
  readonly alone: readonly { readonly low: Measured; readonly high: Measured }[];
  /** Journeys with likely values. */
  readonly journeys: readonly JourneyResult[];
  /** Findings of the likely values and of the runs. */
  readonly seen: readonly Seen[];
  /** Figures of things, where they move. */
  readonly many: ReturnType<Series['result']>;
}

/** Evaluates the drawing with given values and remembers those in which one input differs. */
export class Sampler {
  readonly inputs: readonly UncertainInput[];
  private readonly fixed: Design;
  private readonly known = new Map<string, Measured>();
  private readonly seen = new Map<string, Seen>();
  private readonly series = new Series();
  private journeys: readonly JourneyResult[] | null = null;
  private done = 0;
  private planned = 0;

  constructor(design: Design, private readonly catalog: Catalog, private readonly options: Required<RangesOptions>) {
    const all = uncertainInputs(design, catalog);
    this.inputs = all.filter(({ low, high }) => low < high);
    this.fixed = withValues(design, all, all.map(({ likely }) => likely));
  }

  /** So many evaluations more are to come. */
  plan(more: number): void {
    this.planned += more;
  }

  private *at(values: ArrayLike<number>, isRun = false): Steps<Measured> {
    const { multiple, today } = this.options;
    const evaluation = evaluate(withValues(this.fixed, this.inputs, values), this.catalog, { multiple, today });
    const measured = measure(evaluation, this.seen);
    if (isRun) this.series.take(evaluation);
    this.journeys ??= Object.values(evaluation.journeys);
    this.done += 1;
    yield { done: this.done, total: Math.max(this.done, this.planned) };
    return measured;
  }

  /** All inputs at their likely values but one. */
  *alone(input: number, value: number): Steps<Measured> {
    const key = `${input} ${value}`;
    const known = this.known.get(key);
    if (known) return known;
    const measured = yield* this.at(this.inputs.map(({ likely }, i) => (i === input ? value : likely)));
    this.known.set(key, measured);
    return measured;
  }

  /** The value of one input, between its likely one and an end, from which on a verdict is the other way. */
  *turning(input: number, end: 'low' | 'high', verdict: Verdict, now: boolean): Steps<number> {
    const { likely, integer, [end]: limit } = this.inputs[input] as UncertainInput;
    let [near, far] = [likely, limit];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = integer ? Math.round((near + far) / 2) : (near + far) / 2;
      if (middle === near || middle === far) break;
      if (verdict(yield* this.alone(input, middle)) === now) near = middle;
      else far = middle;
    }
    return far;
  }

  /** Likely values, runs, ends. Without an open range every run is the first one. */
  *sample(): Steps<Sampled> {
    const { seed, runs } = this.options;
    const { inputs } = this;
    this.plan(1 + (inputs.length > 0 ? runs + 2 * inputs.length : 0));
    const likely = yield* this.at(inputs.map((input) => input.likely), true);
    const draws = inputs.map(({ key }) => stratified(key, runs, seed));
    const sampled: Measured[] = [];
    for (let run = 0; run < runs; run++) sampled.push(inputs.length === 0 ? likely : yield* this.at(inputs.map((input, i) => triangular(input, draws[i]?.[run] ?? 0.5)), true));
    const seen = [...this.seen.values()];
    const alone: { low: Measured; high: Measured }[] = [];
    for (const [i, { low, high }] of inputs.entries()) alone.push({ low: yield* this.alone(i, low), high: yield* this.alone(i, high) });
    return { inputs, likely, runs: sampled, draws, alone, journeys: this.journeys ?? [], seen, many: this.series.result() };
  }
}
