/** Consistency: mean over the entities that ask for something; structural hazards are subtracted as penalties. */
import type { Design } from '../../model/design.ts';
import { quantity } from '../../model/quantity.ts';
import type { ScoredEntity } from '../consistency/types.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';

/** What an entity is called; data that nobody has described is one, too. */
export function entityName({ entities }: Design, id: string): string {
  return (Object.hasOwn(entities, id) ? entities[id]?.name : undefined) ?? 'Data that nobody has described';
}

/** What readers may rely on. Entities that ask for nothing are left out; without any it starts from 100, with few facts. */
export function consistency({ compiled, consistency: { scored, fewFacts } }: ScoreInputs): AxisDraft {
  const { design } = compiled.graph;
  let sum = 0;
  let worst: ScoredEntity | undefined;
  for (const entity of scored) {
    sum += entity.score;
    if (worst === undefined || entity.score < worst.score) worst = entity;
  }
  const few = fewFacts || worst === undefined;
  const described = Object.keys(design.entities).length > 0;
  return {
    score: quantity(few ? 100 : sum / scored.length),
    note: few || !described ? 'Few facts: no data is described' : worst && scored.length > 1 ? `Worst: ${entityName(design, worst.entity)}` : null,
  };
}
