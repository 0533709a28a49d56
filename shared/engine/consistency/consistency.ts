/** Consistency of every entity and the hazards of the drawing as data (evaluation 8, semantics 6 and 10). */
import type { EntityResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
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
interface Writing { readonly written: Uint8Array; readonly oneOwner: Uint8Array }

/** A cache that answers writes before it passes them on. */
function isBehindCache({ edges }: CompiledDesign, { fronts }: EdgeFacts, wait: string): boolean {
  return wait === 'async' && fronts.length > 0 && fronts.some((front) => edges[front.edge]?.view.params.values.mode === 'write_behind');
}

/** What the writes of one call say about the subjects that they mean. */
function noteWrites(context: EvaluationContext, subjects: Subjects, position: number, found: Writing): void {
  const { compiled, visits, flows } = context;
  const { map: { writes, writeEdges, meant }, list } = subjects;
  const facts = writeEdges[position] as EdgeFacts;
  const { index, to } = facts.view;
  const { wait } = writes.calls[position] as Call;
  const from = writes.from[position] as number;
  const behindCache = isBehindCache(compiled, facts, wait);
  const always = meant[index];
  const plain = always && !behindCache && always.every((subject) => list[subject]?.home === to.index);
  for (let journey = 0; journey < visits.length; journey++) {
    const { slots, reach } = visits[journey] as JourneyVisits;
    if (!(writes.visits(position, slots, flows.miss) > 0)) continue;
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
  const found: Writing = { written: new Uint8Array(list.length), oneOwner: new Uint8Array(list.length) };
  list.forEach(({ home }, subject) => {
    const mutual = (nodes[home]?.replays ?? []).some((other) => nodes[other]?.replays.includes(home));
    found.oneOwner[subject] = mutual ? 0 : 1;
  });
  for (let position = 0; position < map.writeEdges.length; position++) noteWrites(context, subjects, position, found);
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
  const logs = readLogs(context, subjects);
  const { written, oneOwner } = writing(context, subjects);
  const grown = grownRows(context, subjects);
  const shown = new ShownEntities(context.compiled);
  const entities = new Map<string, EntityResult>();
  const scored: ScoredEntity[] = [];
  subjects.list.forEach((subject, index) => {
    const known: SubjectReads = { subject, reads: logs[index] as ReadLog, written: written[index] === 1, oneOwner: oneOwner[index] === 1, grownRows: grown?.[index] ?? null };
    const score = scoreSubject(known);
    if (score) scored.push(score);
    entities.set(subject.id, shown.of(known, score));
  });
  return { entities, scored, hazards: solveHazards(context, subjects), fewFacts: scored.length === 0 };
}
