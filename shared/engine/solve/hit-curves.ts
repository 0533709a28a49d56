/**
 * Hit ratios for many loads of one drawing. With a time to live a hit ratio depends on the lookup rate alone once the
 * share of deletes and the room are given, and it changes slowly: half-octave steps with straight lines between them are
 * within .0005 of the solver. Used by the sweep alone, never for the evaluation itself.
 */
import { cacheHit, type CacheModel } from '../math/che.ts';

const STEPS_PER_OCTAVE = 2;
const SAME = 1e-9;

interface Curve { readonly items: number; readonly deleteShare: number; readonly values: Map<number, number> }

function alike(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b), 1e-12);
}

/** Curves by cache use, filled as loads are asked for. */
export class HitCurves {
  private readonly curves = new Map<number, Curve>();

  /** Hit ratio of one use at `model.readRps` (1/s, above 0). */
  hit(use: number, model: CacheModel): number {
    if (model.ttlS === null) return cacheHit(model);
    const deleteShare = model.writeRps / model.readRps;
    let curve = this.curves.get(use);
    if (!curve || !alike(curve.items, model.items) || !alike(curve.deleteShare, deleteShare)) {
      curve = { items: model.items, deleteShare, values: new Map() };
      this.curves.set(use, curve);
    }
    const position = Math.log2(model.readRps) * STEPS_PER_OCTAVE;
    const step = Math.floor(position);
    const low = this.at(curve, step, model);
    return low + (this.at(curve, step + 1, model) - low) * (position - step);
  }

  private at(curve: Curve, step: number, model: CacheModel): number {
    const known = curve.values.get(step);
    if (known !== undefined) return known;
    const readRps = 2 ** (step / STEPS_PER_OCTAVE);
    const value = cacheHit({ ...model, readRps, writeRps: curve.deleteShare * readRps });
    curve.values.set(step, value);
    return value;
  }
}
