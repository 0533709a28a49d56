/** Consistency: mean over the entities that ask for something; structural hazards are subtracted as penalties. */
import type { EntityResult, Explanation } from '../../contracts/evaluation.ts';
import { noQuantity, quantity } from '../../model/quantity.ts';
import type { ConsistencyResult } from '../consistency/consistency.ts';
import { line, points, worstOf, type Item } from './explain.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';
import { firstBy } from './largest.ts';

type Scored = ConsistencyResult['scored'][number];

/** Entities, and ways to one of them, that an explanation lists: the worst ones. */
const LISTED = 8;

const FORMULAS: Readonly<Record<Scored['requirement'], string>> = {
  strong: '100 when every read sees the last write and writes have one owner, else 20',
  bounded: 'r = staleness p99 / bound; up to 1 70 + 30 ln r / ln 0.1, above 70 (1 - ln r / ln 10)',
  read_your_writes: 'd = nines of the share that sees its own write - 3; from 0 70 + 30 d, below 70 (1 + d / 1.5)',
};

function pathLines(inputs: ScoreInputs, entity: EntityResult): Explanation[] {
  const { journeys, nodeById, edgeById } = inputs.compiled.graph;
  const worst = firstBy(entity.paths, LISTED, (a, b) => (b.staleness_s.value ?? Infinity) - (a.staleness_s.value ?? Infinity));
  return worst.map((path) => {
    const name = nodeById.get(path.via)?.node.name ?? edgeById.get(path.via)?.to.node.name ?? path.via;
    const target = nodeById.has(path.via) ? { kind: 'node' as const, id: path.via } : edgeById.has(path.via) ? { kind: 'edge' as const, id: path.via } : { kind: 'journey' as const, id: path.journey };
    return line(`${journeys.find(({ id }) => id === path.journey)?.journey.name ?? path.journey} reads ${name}: ${path.kind}`, path.staleness_s, { unit: 's', provenance: 'D', target });
  });
}

function measured(inputs: ScoreInputs, scored: Scored): Explanation[] {
  const { workload, graph } = inputs.compiled;
  if (scored.requirement === 'bounded') return [line('Oldest data read, p99', scored.value ?? noQuantity('unbounded'), { unit: 's', provenance: 'D' })];
  if (scored.requirement === 'strong') return [];
  return [
    line('Reads that miss the reader’s own write', scored.value ?? noQuantity('unbounded'), { unit: 'ratio', provenance: 'D' }),
    inputs.fields.document('workload', 'think_s', workload.think_s, graph.design.workload),
  ];
}

interface EntityItem extends Item { readonly name: string }

function itemOf(inputs: ScoreInputs, scored: Scored): EntityItem {
  const { design } = inputs.compiled.graph;
  const entity = inputs.consistency.entities.get(scored.entity);
  const drawn = Object.hasOwn(design.entities, scored.entity) ? design.entities[scored.entity] : undefined;
  const values = inputs.compiled.entities.get(scored.entity);
  const keys = ['requirement', ...(scored.requirement === 'bounded' ? ['bound_s'] : [])] as const;
  const fields = drawn && values ? keys.map((key) => inputs.fields.document('entity', key, values[key as 'requirement' | 'bound_s'], drawn, scored.entity)) : [];
  const name = drawn?.name ?? 'Data that nobody has described';
  const target = drawn ? { target: { kind: 'entity' as const, id: scored.entity } } : {};
  return {
    name, weight: 1, score: quantity(scored.score),
    explanation: line(name, scored.score, { unit: 'points', formula: FORMULAS[scored.requirement], provenance: 'D', ...target, inputs: [...measured(inputs, scored), ...fields, ...(entity ? pathLines(inputs, entity) : [])] }),
  };
}

/** What readers may rely on. Entities that ask for nothing are left out; without any it starts from 100, with few facts. */
export function consistency(inputs: ScoreInputs): AxisDraft {
  const { scored, fewFacts } = inputs.consistency;
  const mean = scored.length === 0 ? noQuantity('not_applicable') : quantity(scored.reduce((sum, entity) => sum + entity.score, 0) / scored.length);
  const items = firstBy(scored, LISTED, (a, b) => a.score - b.score).map((entity) => itemOf(inputs, entity));
  const rest = scored.length > items.length ? [line(`${scored.length - items.length} further entities`, noQuantity('not_applicable'))] : [];
  const few = fewFacts || mean.value === null;
  const score = few ? quantity(100) : mean;
  const worst = worstOf(items);
  const described = Object.keys(inputs.compiled.graph.design.entities).length > 0;
  const note = few || !described ? 'Few facts: no data is described' : worst && scored.length > 1 ? `Worst: ${worst.name}` : null;
  return { score, note, explanation: points('Consistency', score, few ? '100, as nothing asks for more' : 'mean of the entities that ask for something', [...items.map((item) => item.explanation), ...rest]) };
}
