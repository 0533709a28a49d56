/** What the reads of a subject amount to, and whether its requirement is met (semantics 6 and 10, evaluation 9). */
import type { EntityResult } from '../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { oncePer } from '../../lib/once-per.ts';
import { rowBytes, rowsToday } from '../compile/tables.ts';
import { tableRewriteS } from '../math/rdbms.ts';
import { availabilityScore, ratioScore } from '../math/score-curves.ts';
import type { CompiledDesign } from '../types.ts';
import type { Subject } from './data-map.ts';
import type { Answer, ReadLog, ReadSum } from './read-log.ts';
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
function worstS({ weight: total, weights, answers }: ReadSum): number | null {
  let worst: number | null = 0;
  for (let way = 0; way < answers.length; way++) {
    if ((weights[way] as number) < COUNTS_FROM * total * (1 - 1e-9)) continue;
    const { p99S } = (answers[way] as Answer).staleness;
    worst = worst === null || p99S === null ? null : Math.max(worst, p99S);
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

/** What a journey asks of a subject beyond the subject's own requirement; null when nothing. */
export type ReadersAsk = (journey: number, subject: number) => string | null;

/** Requirements of single readers, looked up by journey and subject. */
export function readersAsk({ journeys }: CompiledDesign, subjects: readonly Subject[]): ReadersAsk {
  const asking = journeys.map(({ journey: { reads } }) => (reads?.some((read) => read.requirement !== undefined) ? reads : null));
  return (journey, index) => {
    const reads = asking[journey];
    const subject = reads ? subjects[index] : undefined;
    if (!reads || !subject) return null;
    const base = subject.values.requirement;
    const asked = stricter(base, reads.find((read) => read.entity === subject.id)?.requirement);
    return asked === base ? null : asked;
  };
}

function isScored(requirement: string): requirement is ScoredRequirement {
  return requirement === 'bounded' || requirement === 'read_your_writes' || requirement === 'strong';
}

/** The hardest of the entity's requirement and those of readers that ask for more; null when nothing is asked or read. */
export function scoreSubject(known: SubjectReads): ScoredEntity | null {
  const { subject, reads } = known;
  const base = subject.values.requirement;
  const judged: ScoredEntity[] = [];
  const alone = base === 'strong' && known.written;
  if (isScored(base) && (reads.all.ways.length > 0 || alone)) judged.push(judge(base, known, reads.all));
  for (const asked of ORDER) {
    const own = reads.stricter.get(asked);
    if (own && isScored(asked)) judged.push(judge(asked, known, own));
  }
  return judged.reduce<ScoredEntity | null>((worst, one) => (worst === null || one.score < worst.score ? one : worst), null);
}

function age(seconds: number | null): Quantity {
  return seconds === null ? noQuantity('unbounded') : quantity(seconds);
}

/** Order of strings as the start of longer ones that go on after a line feed. */
function before(a: string, b: string): number {
  if (a === b) return 0;
  const [first, second] = [`${a}\n`, `${b}\n`];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Journeys in the order of their ids. */
const byId = oncePer(({ journeys }: CompiledDesign): readonly number[] => journeys.map((_, journey) => journey).sort((a, b) => before(journeys[a]?.id ?? '', journeys[b]?.id ?? '')));

/** Ways in which each journey's reads are answered, by journey id, then by node id, kind and age. */
function shownPaths(compiled: CompiledDesign, { all: { answers }, journeys: readers }: ReadLog): EntityResult['paths'] {
  const { nodes, journeys } = compiled;
  const ways = answers.map(({ via, staleness: { kind, p99S } }, way) => ({ way, via: nodes[via]?.view.id ?? '', kind, age: String(p99S), staleness_s: age(p99S) }));
  ways.sort((a, b) => before(a.via, b.via) || before(a.kind, b.kind) || (a.age < b.age ? -1 : 1));
  const marks = new Uint8Array(ways.length * journeys.length);
  ways.forEach(({ way }, at) => {
    for (const journey of readers[way] ?? []) marks[at * journeys.length + journey] = 1;
  });
  const shown: EntityResult['paths'][number][] = [];
  for (const journey of byId(compiled)) {
    for (let at = 0; at < ways.length; at++) {
      const { via, kind, staleness_s } = ways[at] as (typeof ways)[number];
      if (marks[at * journeys.length + journey] === 1) shown.push({ journey: journeys[journey]?.id ?? '', via, kind, staleness_s });
    }
  }
  return shown;
}

/** The table of a declared entity; `rewrite_s` where a schema change may lock it. */
function tableResult({ nodes }: CompiledDesign, { home, values, declared }: Subject): Pick<EntityResult, 'rows' | 'rewrite_s'> {
  if (!declared) return { rows: null, rewrite_s: null };
  return { rows: rowsToday(values), rewrite_s: nodes[home]?.store ? tableRewriteS(rowsToday(values), rowBytes(values)) : null };
}

/** The entity's part of the evaluation. Paths are merged by journey, answering node and kind. */
export function entityResult(compiled: CompiledDesign, { subject, reads, grownRows }: SubjectReads, scored: ScoredEntity | null): EntityResult {
  const read = reads.all.ways.length > 0;
  return {
    id: subject.id, requirement: subject.values.requirement,
    staleness_p99_s: read ? age(worstS(reads.all)) : noQuantity('not_applicable'), violation: read ? quantity(reads.all.unseen) : noQuantity('not_applicable'),
    ...tableResult(compiled, subject), grown_rows: grownRows, met: scored?.met ?? null, paths: shownPaths(compiled, reads),
  };
}
