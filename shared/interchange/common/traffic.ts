import type { Design } from '../../model/design.ts';
import { assumed } from '../../model/quantity.ts';
import type { Guess } from '../import-report.ts';

/** The rate that a drawing starts with; no file states one. Requests per second. */
export const ASSUMED_PEAK_RPS = 100;

/** Give a proposal the assumed rate; returns the guess that says so. `because` tells why it is assumed. Changes `design`. */
export function assumePeak(design: Design, because: string): Guess {
  design.workload.peak_rps = { ...assumed(ASSUMED_PEAK_RPS) };
  return { target: { kind: 'document', id: 'workload.peak_rps' }, what: 'Peak requests per second', became: `${ASSUMED_PEAK_RPS} rps`, confidence: 'guess', because, alternatives: [] };
}
