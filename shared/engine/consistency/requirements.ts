/** What the reads of a subject amount to, and whether its requirement is met (semantics 6 and 10, evaluation 9). */
import type { EntityResult } from '../../contracts/evaluation.ts';
import type { JourneyView } from '../../contracts/graph-view.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { oncePer } from '../../lib/once-per.ts';
import { rowBytes, rowsToday } from '../compile/tables.ts';
import { tableRewriteS } from '../math/rdbms.ts';
import { availabilityScore, ratioScore } from '../math/score-curves.ts';
import type { CompiledDesign } from '../types.ts';
import type { Subject } from './data-map.ts';
import type { Lane, Readers, ReadLog, ReadSum } from './read-log.ts';
import type { ScoredEntity, ScoredRequirement } from './types.ts';

/** A path counts for a bound from this share of the reads. */
const COUNTS_FROM = 0.01;
/** Share of own writes that a reader must see. */
const SEEN = 0.999;
const NOT_STRONG = 20;
const ORDER = ['eventual', 'bounded', 'read_your_writes', 'strong'] as const;

/** What is known of a subject: its reads, and whether its writes have one owner and reach the home at once. */
export interface SubjectReads {
  readonly subject: Subject; readonly reads: ReadLog; readonly oneOwner: boolean; readonly written: boolean;
  /** Rows at the growth horizon; null for an implicit entity. */
  readonly grownRows: number | null;
}

/** Worst p99 of the answers that carry at least 1 % of the reads, by node and kind; null without a bound. */
function worstS({ weight: total, lanes }: ReadSum): number | null {
  const least = COUNTS_FROM * total * (1 - 1e-9);
  let worst = 0;
  for (const { weight, answer: { staleness: { p99S } } } of lanes) {
    if (weight < least) continue;
    if (p99S === null) return null;
    worst = Math.max(worst, p99S);
  }
  return worst;
}

function judge(requirement: ScoredRequirement, { subject, oneOwner }: SubjectReads, reads: ReadSum): ScoredEntity {
  const entity = subject.id;
  const bound = subject.values.bound_s;
  if (requirement === 'strong' || (requirement === 'bounded' && bound <= 0)) {
    const met = oneOwner && reads.latest;
    return { entity, requirement, score: met ? 100 : NOT_STRONG, met, value: met ? 1 : 0, target: 1 };
  }
  if (requirement === 'bounded') {
    const value = worstS(reads);
    return { entity, requirement, score: value === null ? 0 : ratioScore(value, bound, 0.1, 10), met: value !== null && value <= bound, value, target: bound };
  }
  const value = reads.unseen;
  return { entity, requirement, score: availabilityScore(1 - value, SEEN), met: 1 - value >= SEEN, value, target: 1 - SEEN };
}

function stricter(base: string, stated: string | undefined): string {
  const rank = (name: string): number => ORDER.findIndex((known) => known === name);
  return stated !== undefined && rank(stated) > rank(base) ? stated : base;
}

/** What single readers ask for. */
export interface ReadersAsk {
  /** By journey: it asks for something of its own. */
  readonly more: readonly boolean[];
  /** What a journey asks of a subject beyond the subject's own requirement; null when nothing. */
  readonly of: (journey: number, subject: number) => string | null;
}

/** Requirements of single readers, looked up by journey and subject. */
export function readersAsk({ journeys }: CompiledDesign, subjects: readonly Subject[]): ReadersAsk {
  return {
    more: journeys.map(({ journey: { reads } }) => reads !== undefined && reads.some((read) => read.requirement !== undefined)),
    of: (journey, index) => {
      const subject = subjects[index] as Subject;
      const base = subject.values.requirement;
      const asked = stricter(base, journeys[journey]?.journey.reads?.find((read) => read.entity === subject.id)?.requirement);
      return asked === base ? null : asked;
    },
  };
}

function isScored(requirement: string): requirement is ScoredRequirement {
  return requirement === 'bounded' || requirement === 'read_your_writes' || requirement === 'strong';
}

/** The hardest of the entity's requirement and those of readers that ask for more; null when nothing is asked or read. */
export function scoreSubject(known: SubjectReads): ScoredEntity | null {
  const { subject, reads } = known;
  const base = subject.values.requirement;
  const alone = base === 'strong' && known.written;
  let worst = isScored(base) && (reads.all.lanes.length > 0 || alone) ? judge(base, known, reads.all) : null;
  if (reads.stricter.size === 0) return worst;
  for (const asked of ORDER) {
    const own = reads.stricter.get(asked);
    const one = own && isScored(asked) ? judge(asked, known, own) : null;
    if (one !== null && (worst === null || one.score < worst.score)) worst = one;
  }
  return worst;
}

const NOT_APPLICABLE = noQuantity('not_applicable');
const UNBOUNDED = noQuantity('unbounded');
const NO_PATHS: EntityResult['paths'] = [];

function age(seconds: number | null): Quantity {
  return seconds === null ? UNBOUNDED : quantity(seconds);
}

/** Order of strings as the start of longer ones that go on after a line feed. */
function before(a: string, b: string): number {
  if (a === b) return 0;
  if (a.startsWith(b) || b.startsWith(a)) return `${a}\n` < `${b}\n` ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Journeys in the order of their ids. */
const byId = oncePer(({ journeys }: CompiledDesign): readonly number[] => journeys.map((_, journey) => journey).sort((a, b) => before(journeys[a]?.id ?? '', journeys[b]?.id ?? '')));

/** Seconds that a schema change may lock the table of a declared entity; null where it is not in a store that has such. */
function rewriteS({ nodes }: CompiledDesign, { home, values }: Subject): number | null {
  return nodes[home]?.store ? tableRewriteS(rowsToday(values), rowBytes(values)) : null;
}

/** Writes entities of one evaluation as they are shown. */
export class ShownEntities {
  private readonly compiled: CompiledDesign;
  private readonly readers: Readers;

  constructor(compiled: CompiledDesign, readers: Readers) {
    this.compiled = compiled;
    this.readers = readers;
  }

  /** The entity's part of the evaluation. Paths are merged by journey, answering node and kind. */
  of({ subject, reads: { all }, grownRows }: SubjectReads, scored: ScoredEntity | null): EntityResult {
    const { id, declared, values } = subject;
    const read = all.lanes.length > 0;
    return {
      id, requirement: values.requirement,
      staleness_p99_s: read ? age(worstS(all)) : NOT_APPLICABLE, violation: read ? quantity(all.unseen) : NOT_APPLICABLE,
      rows: declared ? rowsToday(values) : null, rewrite_s: declared ? rewriteS(this.compiled, subject) : null,
      grown_rows: grownRows, met: scored?.met ?? null, paths: read ? this.paths(all.lanes) : NO_PATHS,
    };
  }

  /** Ways in which each journey's reads are answered, by journey id, then by node id, kind and age. */
  private paths(taken: readonly Lane[]): EntityResult['paths'] {
    const { compiled: { journeys, nodes }, readers } = this;
    const lanes = taken.length > 1 ? sortFew([...taken], this.order) : taken;
    let count = 0;
    for (const { at } of lanes) count += readers.count(at);
    const ways = lanes.map(({ answer: { via, staleness: { kind, p99S } } }) => ({ via: nodes[via]?.view.id ?? '', kind, staleness_s: age(p99S) }));
    const shown = new Array<EntityResult['paths'][number]>(count);
    let next = 0;
    for (const journey of byId(this.compiled)) {
      const { id } = journeys[journey] as JourneyView;
      for (let at = 0; at < lanes.length; at++) {
        if (!readers.has((lanes[at] as Lane).at, journey)) continue;
        const { via, kind, staleness_s } = ways[at] as (typeof ways)[number];
        shown[next++] = { journey: id, via, kind, staleness_s };
      }
    }
    return shown;
  }

  private readonly order = ({ answer: a }: Lane, { answer: b }: Lane): number => {
    const { nodes } = this.compiled;
    const byNode = a.via === b.via ? 0 : before(nodes[a.via]?.view.id ?? '', nodes[b.via]?.view.id ?? '');
    return byNode || before(a.staleness.kind, b.staleness.kind) || (String(a.staleness.p99S) < String(b.staleness.p99S) ? -1 : 1);
  };
}
