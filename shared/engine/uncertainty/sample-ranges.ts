/**
 * Seeded Monte-Carlo over the ranges of a document, and each range alone at its ends. On demand only, never within an
 * evaluation: one evaluation for each run and two for each range. A generator, so that a worker can tell how far it is.
 */
import type { Catalog } from '../../contracts/catalog.ts';
import type { RangesOptions, RangesResult } from '../../contracts/uncertainty.ts';
import type { Design } from '../../model/design.ts';
import { assembleRanges } from './assemble-ranges.ts';
import { Sampler, type Steps } from './sampler.ts';

const RUNS = 200;
/** Fewer runs have no tenth. */
export const LEAST_RUNS = 10;

/** The steps of `sampleRanges`: one for each evaluation. Stop asking to cancel. */
export function* rangesSteps(design: Design, catalog: Catalog, { seed = 1, runs = RUNS, multiple = 1, today = null }: RangesOptions = {}): Steps<RangesResult> {
  const options = { seed: Math.trunc(seed), runs: Math.max(LEAST_RUNS, Math.trunc(runs)), multiple: Math.max(0, multiple), today };
  const sampler = new Sampler(design, catalog, options);
  return yield* assembleRanges(sampler, yield* sampler.sample(), options);
}

/**
 * p10, p50 and p90 of times, dollars, headroom, availability and scores when the document's ranges are drawn from, how often
 * each finding holds, and which range alone turns it. Pure: the same document, options and seed give the same bytes.
 */
export function sampleRanges(design: Design, catalog: Catalog, options: RangesOptions = {}): RangesResult {
  const steps = rangesSteps(design, catalog, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
