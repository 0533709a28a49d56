/** How consistency comes about: the worst entities, what each asks for, and the ways on which it is read. */
import type { EntityResult, Explanation } from '../../../contracts/evaluation.ts';
import { noQuantity } from '../../../model/quantity.ts';
import type { ScoredEntity } from '../../consistency/types.ts';
import { consistency, entityName } from '../consistency.ts';
import type { TreeInputs } from './inputs.ts';
import { firstBy } from './largest.ts';
import { line, points } from './line.ts';

/** Entities, and ways to one of them, that a tree lists: the worst ones. */
const LISTED = 8;

const FORMULAS: Readonly<Record<ScoredEntity['requirement'], string>> = {
  strong: '100 when every read sees the last write and writes have one owner, else 20',
  bounded: 'r = staleness p99 / bound; up to 1 70 + 30 ln r / ln 0.1, above 70 (1 - ln r / ln 10)',
  read_your_writes: 'd = nines of the share that sees its own write - 3; from 0 70 + 30 d, below 70 (1 + d / 1.5)',
};

function pathLines(inputs: TreeInputs, entity: EntityResult): Explanation[] {
  const { journeys, nodeById, edgeById } = inputs.compiled.graph;
  const worst = firstBy(entity.paths, LISTED, (a, b) => (b.staleness_s.value ?? Infinity) - (a.staleness_s.value ?? Infinity));
  return worst.map((path) => {
    const name = nodeById.get(path.via)?.node.name ?? edgeById.get(path.via)?.to.node.name ?? path.via;
    const target = nodeById.has(path.via) ? { kind: 'node' as const, id: path.via } : edgeById.has(path.via) ? { kind: 'edge' as const, id: path.via } : { kind: 'journey' as const, id: path.journey };
    return line(`${journeys.find(({ id }) => id === path.journey)?.journey.name ?? path.journey} reads ${name}: ${path.kind}`, path.staleness_s, { unit: 's', provenance: 'D', target });
  });
}

function measured(inputs: TreeInputs, scored: ScoredEntity): Explanation[] {
  const { workload, graph } = inputs.compiled;
  if (scored.requirement === 'bounded') return [line('Oldest data read, p99', scored.value ?? noQuantity('unbounded'), { unit: 's', provenance: 'D' })];
  if (scored.requirement === 'strong') return [];
  return [
    line('Reads that miss the reader’s own write', scored.value ?? noQuantity('unbounded'), { unit: 'ratio', provenance: 'D' }),
    inputs.fields.document('workload', 'think_s', workload.think_s, graph.design.workload),
  ];
}

function entityLine(inputs: TreeInputs, scored: ScoredEntity): Explanation {
  const { design } = inputs.compiled.graph;
  const entity = inputs.consistency.entities.get(scored.entity);
  const drawn = Object.hasOwn(design.entities, scored.entity) ? design.entities[scored.entity] : undefined;
  const values = inputs.compiled.entities.get(scored.entity);
  const keys = ['requirement', ...(scored.requirement === 'bounded' ? ['bound_s'] : [])] as const;
  const fields = drawn && values ? keys.map((key) => inputs.fields.document('entity', key, values[key as 'requirement' | 'bound_s'], drawn, scored.entity)) : [];
  const target = drawn ? { target: { kind: 'entity' as const, id: scored.entity } } : {};
  return line(entityName(design, scored.entity), scored.score, {
    unit: 'points', formula: FORMULAS[scored.requirement], provenance: 'D', ...target, inputs: [...measured(inputs, scored), ...fields, ...(entity ? pathLines(inputs, entity) : [])],
  });
}

/** The tree behind the score of consistency. */
export function explainConsistency(inputs: TreeInputs): Explanation {
  const { scored, fewFacts } = inputs.consistency;
  const few = fewFacts || scored.length === 0;
  const lines = firstBy(scored, LISTED, (a, b) => a.score - b.score).map((entity) => entityLine(inputs, entity));
  const rest = scored.length > lines.length ? [line(`${scored.length - lines.length} further entities`, noQuantity('not_applicable'))] : [];
  return points('Consistency', consistency(inputs).score, few ? '100, as nothing asks for more' : 'mean of the entities that ask for something', [...lines, ...rest]);
}
