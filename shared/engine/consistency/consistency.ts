/** Consistency of every entity and the hazards of the drawing as data (evaluation 8, semantics 6 and 10). */
import type { EntityResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import { rowsAfter } from './entity-storage.ts';
import { solveHazards } from './hazards.ts';
import { WRITE } from '../types.ts';
import { readPaths, type ReadPath } from './read-paths.ts';
import { entityResult, scoreSubject } from './requirements.ts';
import { storeWrites, Subjects, subjectWrites, visitsOf } from './subjects.ts';
import type { ConsistencyResult, ScoredEntity } from './types.ts';

export type { ConsistencyResult } from './types.ts';

/** How a subject is written: at all, and by a single authority. */
interface Writing { written: boolean; oneOwner: boolean }

/** Writes have one owner while they go to the home alone, at once, and no other primary takes them too. */
function writing(context: EvaluationContext, subjects: Subjects): readonly Writing[] {
  const { compiled, visits, flows } = context;
  const found = subjects.list.map(({ home }): Writing => {
    const mutual = (compiled.nodes[home]?.replays ?? []).some((other) => compiled.nodes[other]?.replays.includes(home));
    return { written: false, oneOwner: !mutual };
  });
  const writes = storeWrites(compiled);
  visits.forEach(({ slots, reach }, journey) => {
    for (const { call, facts } of writes) {
      if (!(visitsOf(call, slots, flows.miss) > 0)) continue;
      const behindCache = facts.fronts.some((front) => compiled.edges[front.edge]?.view.params.values.mode === 'write_behind') && call.wait === 'async';
      for (const subject of subjects.ofEdge(facts.view, journey, WRITE)) {
        const own = found[subject] as Writing;
        const atHome = subjects.list[subject]?.home === facts.view.to.index;
        if (atHome) own.written = true;
        if (behindCache || (!atHome && reach[call.from] === 1 && call.wait !== 'async')) own.oneOwner = false;
      }
    }
  });
  return found;
}

/** Rows of each declared entity at the growth horizon, at today's rate of writes; null while none is declared. */
function grownRows(context: EvaluationContext, subjects: Subjects): readonly number[] | null {
  const { entities, workload } = context.compiled;
  if (entities.size === 0) return null;
  const writes = subjectWrites(context, subjects);
  return subjects.list.map((subject, index) => rowsAfter(subject, writes[index] as number, workload.peak_to_avg, workload.growth_months));
}

/** Judge all entities and list the hazards. Entities come in id order. */
export function solveConsistency(context: EvaluationContext): ConsistencyResult {
  const subjects = new Subjects(context);
  const paths = subjects.list.map((): ReadPath[] => []);
  for (const path of readPaths(context, subjects)) paths[path.subject]?.push(path);
  const writes = writing(context, subjects);
  const grown = grownRows(context, subjects);
  const entities = new Map<string, EntityResult>();
  const scored: ScoredEntity[] = [];
  subjects.list.forEach((subject, index) => {
    const reads = { subject, paths: paths[index] as ReadPath[], ...(writes[index] as Writing), grownRows: grown?.[index] ?? null };
    const score = scoreSubject(context, reads);
    if (score) scored.push(score);
    entities.set(subject.id, entityResult(context, reads, score));
  });
  return { entities, scored, hazards: solveHazards(context, subjects), fewFacts: scored.length === 0 };
}
