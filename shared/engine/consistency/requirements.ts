/** What the reads of a subject amount to, and whether its requirement is met (semantics 6 and 10, evaluation 9). */
import type { EntityResult } from '../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import type { EvaluationContext } from '../context.ts';
import { availabilityScore, ratioScore } from '../math/score-curves.ts';
import type { ReadPath } from './read-paths.ts';
import type { Staleness } from './staleness.ts';
import type { Subject } from './subjects.ts';
import type { ScoredEntity, ScoredRequirement } from './types.ts';

/** A path counts for a bound from this share of the reads. */
const COUNTS_FROM = 0.01;
/** Share of own writes that a reader must see. */
const SEEN = 0.999;
const NOT_STRONG = 20;
const ORDER = ['eventual', 'bounded', 'read_your_writes', 'strong'] as const;

/** What is known of a subject: its reads, and whether its writes have one owner and reach the home at once. */
export interface SubjectReads {
  readonly subject: Subject; readonly paths: readonly ReadPath[]; readonly oneOwner: boolean; readonly written: boolean;
  /** Rows at the growth horizon; null for an implicit entity. */
  readonly grownRows: number | null;
}

function weightOf(paths: readonly ReadPath[]): number {
  return paths.reduce((sum, path) => sum + path.weight, 0);
}

interface Share { readonly via: string; weight: number; readonly p99S: number | null }

/** Worst p99 of the answers that carry at least 1 % of the reads, by node and kind; null without a bound. */
function worstS(paths: readonly ReadPath[]): number | null {
  const total = weightOf(paths);
  const shares = new Map<string, Share>();
  // most answers are one object each time they are given
  const before = new Map<Staleness, Share>();
  for (const { via, answer, weight } of paths) {
    let share = before.get(answer);
    if (share?.via !== via) {
      const key = `${answer.kind}\n${via}\n${String(answer.p99S)}`;
      share = shares.get(key) ?? { via, weight: 0, p99S: answer.p99S };
      shares.set(key, share);
      before.set(answer, share);
    }
    share.weight += weight;
  }
  let worst: number | null = 0;
  for (const { weight, p99S } of shares.values()) {
    if (weight < COUNTS_FROM * total * (1 - 1e-9)) continue;
    worst = worst === null || p99S === null ? null : Math.max(worst, p99S);
  }
  return worst;
}

/** Share of a user's own writes that the next read does not show, over all reads. */
function unseen(paths: readonly ReadPath[]): number {
  const total = weightOf(paths);
  return total > 0 ? paths.reduce((sum, path) => sum + path.weight * path.answer.unseen, 0) / total : 0;
}

function judge(requirement: ScoredRequirement, { subject, oneOwner }: SubjectReads, paths: readonly ReadPath[]): ScoredEntity {
  const entity = subject.id;
  const bound = subject.values.bound_s;
  if (requirement === 'strong' || (requirement === 'bounded' && bound <= 0)) {
    const met = oneOwner && paths.every((path) => path.answer.latest);
    return { entity, requirement, score: met ? 100 : NOT_STRONG, met, value: met ? 1 : 0, target: 1 };
  }
  if (requirement === 'bounded') {
    const value = worstS(paths);
    return { entity, requirement, score: value === null ? 0 : ratioScore(value, bound, 0.1, 10), met: value !== null && value <= bound, value, target: bound };
  }
  const value = unseen(paths);
  return { entity, requirement, score: availabilityScore(1 - value, SEEN), met: 1 - value >= SEEN, value, target: 1 - SEEN };
}

function stricter(base: string, stated: string | undefined): string {
  const rank = (name: string): number => ORDER.findIndex((known) => known === name);
  return stated !== undefined && rank(stated) > rank(base) ? stated : base;
}

function isScored(requirement: string): requirement is ScoredRequirement {
  return requirement === 'bounded' || requirement === 'read_your_writes' || requirement === 'strong';
}

/** The hardest of the entity's requirement and those of readers that ask for more; null when nothing is asked or read. */
export function scoreSubject({ compiled }: EvaluationContext, reads: SubjectReads): ScoredEntity | null {
  const { subject, paths } = reads;
  const base = subject.values.requirement;
  const groups = new Map<string, ReadPath[]>();
  for (const path of paths) {
    const stated = compiled.journeys[path.journey]?.journey.reads?.find((read) => read.entity === subject.id)?.requirement;
    const asked = stricter(base, stated);
    if (asked !== base) groups.set(asked, [...(groups.get(asked) ?? []), path]);
  }
  const judged: ScoredEntity[] = [];
  const alone = base === 'strong' && reads.written;
  if (isScored(base) && (paths.length > 0 || alone)) judged.push(judge(base, reads, paths));
  for (const asked of ORDER) {
    const own = groups.get(asked);
    if (own && isScored(asked)) judged.push(judge(asked, reads, own));
  }
  return judged.reduce<ScoredEntity | null>((worst, one) => (worst === null || one.score < worst.score ? one : worst), null);
}

function age(seconds: number | null): Quantity {
  return seconds === null ? noQuantity('unbounded') : quantity(seconds);
}

/** The entity's part of the evaluation. Paths are merged by journey, answering node and kind. */
export function entityResult({ compiled }: EvaluationContext, { subject, paths, grownRows }: SubjectReads, scored: ScoredEntity | null): EntityResult {
  const shown = new Map<string, EntityResult['paths'][number]>();
  const ages = new Map<Staleness, { readonly key: string; readonly staleness_s: Quantity }>();
  for (const { journey, via, answer } of paths) {
    const id = compiled.journeys[journey]?.id ?? '';
    let known = ages.get(answer);
    if (!known) ages.set(answer, (known = { key: `${answer.kind}\n${String(answer.p99S)}`, staleness_s: age(answer.p99S) }));
    const key = `${id}\n${via}\n${known.key}`;
    if (!shown.has(key)) shown.set(key, { journey: id, via, kind: answer.kind, staleness_s: known.staleness_s });
  }
  const read = paths.length > 0;
  return {
    id: subject.id, requirement: subject.values.requirement,
    staleness_p99_s: read ? age(worstS(paths)) : noQuantity('not_applicable'), violation: read ? quantity(unseen(paths)) : noQuantity('not_applicable'),
    grown_rows: grownRows, met: scored?.met ?? null, paths: [...shown.keys()].sort().map((key) => shown.get(key) as EntityResult['paths'][number]),
  };
}
