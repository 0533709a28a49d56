/** Consistency of every entity and the hazards of the drawing as data (evaluation 8, semantics 6 and 10). */
import type { EntityResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { Subject } from './data-map.ts';
import { rowsAfter } from './entity-storage.ts';
import { solveHazards } from './hazards.ts';
import type { JourneyVisits } from '../traffic.ts';
import { WRITE, type Call, type CompiledDesign, type EdgeFacts } from '../types.ts';
import type { ReadLog } from './read-log.ts';
import { readLogs } from './read-paths.ts';
import { scoreSubject, ShownEntities, type SubjectReads } from './requirements.ts';
import { subjectsOf, type Subjects } from './subjects.ts';
import type { ConsistencyResult, ScoredEntity } from './types.ts';

export type { ConsistencyResult } from './types.ts';

/** How subjects are written, by subject: at all, and by a single authority. */
interface Writing { readonly written: Numbers; readonly oneOwner: Numbers }

/** A cache that answers writes before it passes them on. */
function isBehindCache({ edges }: CompiledDesign, { fronts }: EdgeFacts, wait: string): boolean {
  return wait === 'async' && fronts.length > 0 && fronts.some((front) => edges[front.edge]?.view.params.values.mode === 'write_behind');
}

/** What the writes of one call say about the subjects that they mean. */
function noteWrites({ compiled, visits: journeys }: EvaluationContext, subjects: Subjects, position: number, found: Writing): void {
  const { map: { writes, meant }, list, visits } = subjects;
  const facts = writes.edges[position] as EdgeFacts;
  const call = writes.calls[position] as number;
  const { index, to } = facts.view;
  const { wait } = compiled.plan.calls[call] as Call;
  const from = visits.from[call] as number;
  const behindCache = isBehindCache(compiled, facts, wait);
  const always = meant[index];
  const plain = always && !behindCache && always.every((subject) => list[subject]?.home === to.index);
  for (let journey = 0; journey < journeys.length; journey++) {
    const { slots, reach } = journeys[journey] as JourneyVisits;
    if (!(visits.of(call, slots) > 0)) continue;
    const atOnce = reach[from] === 1 && wait !== 'async';
    for (const subject of always ?? subjects.ofEdge(facts.view, journey, WRITE)) {
      const atHome = list[subject]?.home === to.index;
      if (atHome) found.written[subject] = 1;
      if (behindCache || (!atHome && atOnce)) found.oneOwner[subject] = 0;
    }
    // all other journeys say the same
    if (plain) return;
  }
}

/** Writes have one owner while they go to the home alone, at once, and no other primary takes them too. */
function writing(context: EvaluationContext, subjects: Subjects): Writing {
  const { nodes } = context.compiled;
  const { map, list } = subjects;
  const found: Writing = { written: wholes(list.length), oneOwner: wholes(list.length) };
  for (let subject = 0; subject < list.length; subject++) {
    const { home } = list[subject] as Subject;
    const mutual = nodes[home]?.replays.some((other) => nodes[other]?.replays.includes(home)) ?? false;
    found.oneOwner[subject] = mutual ? 0 : 1;
  }
  for (let position = 0; position < map.writes.calls.length; position++) noteWrites(context, subjects, position, found);
  return found;
}

/** Rows of each declared entity at the growth horizon, at today's rate of writes; null while none is declared. */
function grownRows(context: EvaluationContext, subjects: Subjects): readonly number[] | null {
  const { entities, workload } = context.compiled;
  if (entities.size === 0) return null;
  const { list, writes } = subjects;
  return list.map((subject, index) => rowsAfter(subject, writes[index] as number, workload.peak_to_avg, workload.growth_months));
}

/** Judge all entities and list the hazards. Entities come in id order. */
export function solveConsistency(context: EvaluationContext): ConsistencyResult {
  const subjects = subjectsOf(context);
  const { logs, readers } = readLogs(context, subjects);
  const { written, oneOwner } = writing(context, subjects);
  const grown = grownRows(context, subjects);
  const shown = new ShownEntities(context.compiled, readers);
  const entities = new Map<string, EntityResult>();
  const scored: ScoredEntity[] = [];
  for (let index = 0; index < logs.length; index++) {
    const subject = subjects.list[index] as Subject;
    const known: SubjectReads = { subject, reads: logs[index] as ReadLog, written: written[index] === 1, oneOwner: oneOwner[index] === 1, grownRows: grown?.[index] ?? null };
    const score = scoreSubject(known);
    if (score) scored.push(score);
    entities.set(subject.id, shown.of(known, score));
  }
  return { entities, scored, hazards: solveHazards(context, subjects), fewFacts: scored.length === 0 };
}
