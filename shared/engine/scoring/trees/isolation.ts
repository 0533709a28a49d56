/** How fault isolation comes about: the failures that are felt most, the dependency that spreads most, what stands alone. */
import type { BlastResult, Explanation } from '../../../contracts/evaluation.ts';
import type { ParamGroup } from '../../../contracts/params.ts';
import { outagesOf } from '../../isolation/blast.ts';
import { isolation, isolationScores, LOST, OUTAGES, PART_SHARE } from '../isolation.ts';
import { FAILURE_GROUPS } from './fields.ts';
import type { TreeInputs } from './inputs.ts';
import { firstBy, sumOfRest } from './largest.ts';
import { line, points } from './line.ts';

const LISTED = 8;
const DEPLOY_GROUPS: readonly ParamGroup[] = ['delivery'];

const KINDS: Readonly<Record<BlastResult['kind'], string>> = {
  instance: 'an instance of it', node: 'all of it', zone: 'the zone', region: 'the region', cluster: 'the cluster', external: 'the provider',
  deploy: 'a bad deploy', shard: 'one shard',
};

function nameOf(inputs: TreeInputs, unit: BlastResult): string {
  const name = inputs.compiled.graph.nodeById.get(unit.target)?.node.name ?? inputs.compiled.graph.design.boundaries[unit.target]?.name ?? unit.target;
  return `${name}: ${KINDS[unit.kind]}`;
}

function blastLines(inputs: TreeInputs): Explanation[] {
  const felt: { readonly unit: BlastResult; readonly value: number }[] = [];
  for (const unit of inputs.isolation.blast) {
    const value = outagesOf(unit);
    if (value > 0) felt.push({ unit, value });
  }
  const lines = firstBy(felt, LISTED, (a, b) => b.value - a.value || (a.unit.unit < b.unit.unit ? -1 : 1)).map(({ unit, value }) => {
    const view = inputs.compiled.graph.nodeById.get(unit.target);
    const target = view ? { target: { kind: 'node', id: view.id } as const } : {};
    return line(nameOf(inputs, unit), value, {
      unit: 'per_year', formula: 'failures a year × min(1, duration / 300 s) × share lost', provenance: 'D', ...target,
      inputs: [
        line('Failures a year', unit.per_year, { unit: 'per_year', provenance: 'A' }),
        line('Duration', unit.duration_s, { unit: 's', provenance: 'A' }),
        line('Share of the journeys lost, by importance', unit.share_lost, { unit: 'ratio', provenance: 'D' }),
        ...(view ? inputs.fields.node(view, unit.kind === 'deploy' ? DEPLOY_GROUPS : FAILURE_GROUPS) : []),
      ],
    });
  });
  const rest = sumOfRest(felt.map(({ value }) => value), LISTED);
  return rest > 0 ? [...lines, line(`${felt.length - LISTED} further failures`, rest, { unit: 'per_year', provenance: 'D' })] : lines;
}

function cascadeLine(inputs: TreeInputs, score: number): Explanation {
  const { cascades, worstCascade: share } = inputs.isolation;
  const worst = cascades.find((cascade) => cascade.extra_share === share);
  const name = worst && share > 0 ? inputs.compiled.graph.nodeById.get(worst.dependency)?.node.name : undefined;
  const details = (worst?.exhausted ?? []).map((spent) => line(`${inputs.compiled.graph.nodeById.get(spent.node)?.node.name ?? spent.node} has no slot left after`, spent.seconds, {
    unit: 's', formula: 'slots / calls per second', provenance: 'D', target: { kind: 'edge', id: spent.edge, param: 'timeout_ms' },
    inputs: [line('Slots it would need', spent.need, { unit: 'count', provenance: 'D' }), line('Slots it has', spent.slots, { unit: 'count', provenance: 'D', target: { kind: 'node', id: spent.node } })],
  }));
  const input = line(name ? `Lost beyond those who need ${name}, if it hangs` : 'Nothing spreads when a dependency hangs', share, { unit: 'ratio', provenance: 'D', ...(name && worst ? { target: { kind: 'node' as const, id: worst.dependency } } : {}), inputs: name ? details : [] });
  return points('A dependency that hangs', score, '100 (1 - largest share lost)', [input]);
}

function spofLine(inputs: TreeInputs, score: number): Explanation {
  const { spof } = inputs.isolation;
  const named = (indices: readonly number[]): Explanation[] => indices.slice(0, LISTED).flatMap((index) => {
    const view = inputs.compiled.nodes[index]?.view;
    return view ? [line(view.node.name, inputs.facts.nodes[view.id]?.units ?? 1, { unit: 'count', provenance: 'D', target: { kind: 'node', id: view.id }, inputs: inputs.fields.node(view, FAILURE_GROUPS) })] : [];
  });
  return points('What one loss ends', score, `100 - ${LOST.replica} × share behind one copy - ${LOST.zone} × share in one zone`, [
    line('Share behind something that stands alone', spof.replicaShare, { unit: 'ratio', provenance: 'D', inputs: named(spof.replicaNodes) }),
    line('Share that ends with one zone', spof.zoneShare, { unit: 'ratio', provenance: 'D', inputs: named(spof.zoneNodes) }),
  ]);
}

/** The tree behind the score of fault isolation. */
export function explainIsolation(inputs: TreeInputs): Explanation {
  const { blast, cascade, spof } = isolationScores(inputs);
  const reach = points('How much failures take with them', blast, `r = outages / ${OUTAGES.target}; up to 1 70 + 30 ln r / ln ${OUTAGES.best}, above 70 (1 - ln r / ln ${OUTAGES.worst})`, [
    line('Full outages a year, in sum', inputs.isolation.intensity, { unit: 'per_year', formula: 'sum over all failures', provenance: 'D', inputs: blastLines(inputs) }),
    line('Target', OUTAGES.target, { unit: 'per_year', provenance: 'A' }),
  ]);
  return points('Fault isolation', isolation(inputs).score, `${PART_SHARE.blast} × reach of failures + ${PART_SHARE.cascade} × no spreading + ${PART_SHARE.spof} × no single point`, [reach, cascadeLine(inputs, cascade), spofLine(inputs, spof)]);
}
