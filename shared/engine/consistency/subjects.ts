/**
 * Whose data a call touches (semantics 6). Declared entities, or one implicit entity for each store while none is
 * declared; where they live, which stores hold copies, and which of them a call to a store means.
 */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { JourneyVisits } from '../traffic.ts';
import { READ, WRITE, type CompiledDesign, type EdgeFacts, type NodeFacts, type Op } from '../types.ts';
import { CallVisits } from './call-visits.ts';
import { dataMapOf, isStore, type DataMap, type Subject } from './data-map.ts';

const NONE: readonly number[] = [];
const NOTHING: readonly { readonly entity: string }[] = [];

/** The subjects of a drawing and how calls refer to them. */
export class Subjects {
  readonly list: readonly Subject[];
  readonly map: DataMap;
  readonly visits: CallVisits;
  private readonly context: EvaluationContext;
  private readonly compiled: CompiledDesign;
  /** Stores that are not the home of a subject and are kept up with it in the background. */
  private readonly fed = new Map<number, Set<number>>();
  /** Subjects of a store that holds copies only, once all copies are known. */
  private readonly copied = new Map<number, readonly number[]>();
  private complete = false;
  private copies: readonly (readonly NodeFacts[])[] | null = null;
  private writeRates: Numbers | null = null;

  constructor(context: EvaluationContext) {
    this.context = context;
    this.compiled = context.compiled;
    this.map = dataMapOf(context.compiled);
    this.list = this.map.subjects;
    this.visits = new CallVisits(context.compiled, context.flows);
    this.findCopies();
    this.complete = true;
  }

  /** Position of a subject by its id. */
  indexOf(id: string): number | undefined {
    return this.map.byId.get(id);
  }

  /** Subjects that a call to a store means, each with the same share: named, else what the journey lists, else all there. */
  ofEdge(edge: EdgeView, journey: number, op: Op): readonly number[] {
    const meant = this.map.meant[edge.index];
    if (meant) return meant;
    const here = this.at(edge.to.index);
    if (here.length <= 1) return here;
    const listed = this.listed(journey, op).filter((subject) => here.includes(subject));
    return listed.length > 0 ? listed : here;
  }

  /** Subjects that a journey says it reads or writes. */
  listed(journey: number, op: Op): readonly number[] {
    const drawn = this.compiled.journeys[journey]?.journey;
    const names = (op === READ ? drawn?.reads : drawn?.writes) ?? NOTHING;
    return names.length === 0 ? NONE : names.map(({ entity }) => this.map.byId.get(entity)).filter((subject) => subject !== undefined);
  }

  /** Subjects kept at a node: at home there, or at the source that it replicates, or copied to it. */
  at(node: number): readonly number[] {
    const kept = this.map.kept[node] ?? this.copied.get(node);
    if (kept) return kept;
    const fed = this.fed.get(node);
    if (!fed) return NONE;
    const sorted = [...fed].sort((a, b) => a - b);
    if (this.complete) this.copied.set(node, sorted);
    return sorted;
  }

  /** Other nodes that hold a subject: replicas drawn as boxes, and copies. */
  copiesOf(subject: number): readonly NodeFacts[] {
    this.copies ??= this.allCopies();
    return this.copies[subject] ?? [];
  }

  private allCopies(): NodeFacts[][] {
    const copies = this.list.map((): NodeFacts[] => []);
    for (const facts of this.compiled.nodes) {
      if (!isStore(facts.view)) continue;
      for (const subject of new Set(this.at(facts.view.index))) if (this.list[subject]?.home !== facts.view.index) copies[subject]?.push(facts);
    }
    return copies;
  }

  private feed(node: number, subjects: Iterable<number>): void {
    const known = this.fed.get(node) ?? new Set<number>();
    for (const subject of subjects) known.add(subject);
    this.fed.set(node, known);
  }

  /** A copy is written in the background by a journey that writes the subject, named on an edge, or replicated. */
  private findCopies(): void {
    if (this.map.writes.foreign.length > 0) this.context.visits.forEach((visits, journey) => this.feedFrom(visits, journey));
    for (const { node, subjects } of this.map.feeds) this.feed(node, subjects);
  }

  private feedFrom({ reach, slots }: JourneyVisits, journey: number): void {
    const { visits, map: { writes: { calls, edges, foreign } } } = this;
    const reached = new Set<number>();
    for (const k of foreign) {
      const call = calls[k] as number;
      const background = reach[visits.to[call] as number] === 2 || visits.isAsync(call);
      if (background && visits.of(call, slots) > 0) reached.add((edges[k] as EdgeFacts).view.to.index);
    }
    if (reached.size === 0) return;
    const written = new Set<number>();
    for (let k = 0; k < calls.length; k++) {
      const call = calls[k] as number;
      if (reach[visits.from[call] as number] !== 1 || !(visits.of(call, slots) > 0)) continue;
      for (const subject of this.ofEdge((edges[k] as EdgeFacts).view, journey, WRITE)) written.add(subject);
    }
    for (const subject of this.listed(journey, WRITE)) written.add(subject);
    for (const node of reached) this.feed(node, written);
  }

  /** Writes per second to each subject's home at the peak, in subject order. */
  get writes(): Numbers {
    this.writeRates ??= this.countWrites();
    return this.writeRates;
  }

  private countWrites(): Numbers {
    const { compiled, visits, multiple } = this.context;
    const { calls, edges } = this.map.writes;
    const writes = floats(this.list.length);
    visits.forEach(({ slots }, journey) => {
      const rate = (compiled.journeys[journey]?.rate_rps ?? 0) * multiple;
      if (rate === 0) return;
      for (let k = 0; k < calls.length; k++) {
        const visited = this.visits.of(calls[k] as number, slots);
        if (!(visited > 0)) continue;
        const { view: edge } = edges[k] as EdgeFacts;
        const meant = this.ofEdge(edge, journey, WRITE);
        for (const subject of meant) {
          if (this.list[subject]?.home === edge.to.index) writes[subject] = (writes[subject] as number) + (rate * visited) / meant.length;
        }
      }
    });
    return writes;
  }
}

/** The subjects of a context; made once, for all stages that ask. */
export const subjectsOf = oncePer((context: EvaluationContext): Subjects => new Subjects(context));
