/** Stations while evidence is added to them: those that get any are copied once, however many parts add to them. */
import { type Numbers, wholes } from '../math/lists.ts';
import type { NodeStation } from '../types.ts';

/** The solved stations, which stay as they are, and beside them those with more evidence. */
export class EvidenceBook {
  /** By node, with all that was added so far. */
  readonly stations: NodeStation[];
  private readonly copied: Numbers;

  constructor(solved: readonly NodeStation[]) {
    this.stations = [...solved];
    this.copied = wholes(solved.length);
  }

  /** Evidence of one node, to be written to. */
  of(index: number): Record<string, number> {
    const station = this.stations[index] as NodeStation;
    if (this.copied[index] === 1) return station.evidence as Record<string, number>;
    const evidence = { ...station.evidence };
    this.stations[index] = { ...station, evidence };
    this.copied[index] = 1;
    return evidence;
  }

  /** Add what was found, if anything. */
  add(index: number, more: Readonly<Record<string, number>> | null): void {
    if (more === null) return;
    const evidence = this.of(index);
    for (const key in more) evidence[key] = more[key] as number;
  }
}
