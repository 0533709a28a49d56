/** Blast radius of everything that can fail as one, and the full-outage equivalents per year that it adds up to (semantics 10, evaluation 6.5). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import { CHANGE_FAILURE_RATE, CHANGE_REPAIR_H } from '../availability/changes.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import type { Tier } from '../availability/tiers.ts';
import { floats } from '../math/lists.ts';
import type { NodeFacts } from '../types.ts';
import { failingPlaces, failingTiers, type FailingPlace } from './failing-places.ts';
import type { JourneyLosses, Loss } from './loss.ts';
import { UnitsLeft } from './units-left.ts';

/** Outages of this many seconds and more count in full. */
const FULL_OUTAGE_S = 300;

/** Blast radius by unit, worst first, and what all of them add up to. */
export interface BlastTable { readonly blast: readonly BlastResult[]; readonly intensity: number }

/** Full-outage equivalents a year that one unit adds: f x min(1, D / 300 s) x BR. */
export function outagesOf({ per_year, duration_s, share_lost }: BlastResult): number {
  return per_year * Math.min(1, duration_s / FULL_OUTAGE_S) * share_lost;
}

/** `part`: of the loss that the unit stands for, a canary or one shard of several. */
function row(name: string, kind: BlastResult['kind'], target: string, perYear: number, durationS: number, part: number, { importance, journeys }: Loss): BlastResult {
  return { unit: `${name}:${target}`, kind, target, per_year: perYear, duration_s: durationS, share_lost: part * importance, journeys };
}

/** Share of the keys on the hottest of so many shards. */
function hottestShare(context: EvaluationContext, node: number, shards: number): number {
  const hottest = context.stations.stations[node]?.evidence['hottest_share'] ?? 1 / shards;
  return Math.min(1, Math.max(1 / shards, hottest));
}

/** Rows of single nodes by the name of the unit, in node order. */
type NodeRows = Readonly<Record<'external' | 'instance' | 'node' | 'shard' | 'shards', BlastResult[]>>;

/** Adds what can fail of one node. As a whole, a tier of several shards or instances has no frequency of its own: zones and bad deploys bring that about. */
function addNode(context: EvaluationContext, { node, units }: Tier, losses: JourneyLosses, rows: NodeRows): void {
  const { view: { id, behavior: { failure, role } }, store, cache } = context.compiled.nodes[node] as NodeFacts;
  const { failures_per_year: perYear, outage_s: durationS, redundancy } = failure;
  const whole = losses.withoutNode(node);
  const shards = store?.shards ?? cache?.shards ?? 1;
  if (shards > 1) {
    const hottest = hottestShare(context, node, shards);
    rows.shard.push(row('shard', 'shard', id, perYear, durationS, hottest, whole));
    rows.shards.push(row('shards', 'shard', id, perYear * (shards - 1), durationS, (1 - hottest) / (shards - 1), whole));
    rows.node.push(row('node', 'node', id, 0, durationS, 1, whole));
  } else if (role === 'external') {
    rows.external.push(row('external', 'external', id, perYear, durationS, 1, whole));
  } else if (redundancy !== 'instance') {
    rows.node.push(row('node', 'node', id, perYear, durationS, 1, whole));
  } else {
    rows.instance.push(row('instance', 'instance', id, perYear * units, durationS, 1, losses.withUnits(node, units - 1)));
    if (units !== 1) rows.node.push(row('node', 'node', id, 0, durationS, 1, whole));
  }
}

function placeRow({ kind, id, perYear, durationS, left }: FailingPlace, losses: JourneyLosses): BlastResult {
  return row(kind, kind, id, perYear, durationS, 1, losses.withLeft(left));
}

/** Bad deploys, in the order of their groups' names. */
function deployRows({ compiled }: EvaluationContext, { groups }: RiskModel, losses: JourneyLosses): BlastResult[] {
  const lossOf = (nodes: readonly number[]): Loss => {
    const [only] = nodes;
    if (only !== undefined && nodes.length === 1) return losses.withoutNode(only);
    const left = new UnitsLeft(compiled.nodes.length);
    for (const node of nodes) left.set(node, 0);
    return losses.withLeft(left);
  };
  const rows: BlastResult[] = [];
  let inOrder = true;
  for (const { group, changesPerYear, nodes, canary } of groups) {
    inOrder &&= rows.length === 0 || (rows[rows.length - 1] as BlastResult).target < group;
    rows.push(row('deploy', 'deploy', group, changesPerYear * CHANGE_FAILURE_RATE, CHANGE_REPAIR_H * 3600, canary, lossOf(nodes)));
  }
  return inOrder ? rows : rows.sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** All units in the order of their names. */
function rowsByName(context: EvaluationContext, model: RiskModel, losses: JourneyLosses): readonly BlastResult[] {
  const tiers = failingTiers(context, model);
  const nodes: NodeRows = { external: [], instance: [], node: [], shard: [], shards: [] };
  for (const tier of tiers) addNode(context, tier, losses, nodes);
  const places: Record<FailingPlace['kind'], BlastResult[]> = { cluster: [], region: [], zone: [] };
  for (const place of failingPlaces(context, model, tiers)) places[place.kind].push(placeRow(place, losses));
  return places.cluster.concat(deployRows(context, model, losses), nodes.external, nodes.instance, nodes.node, places.region, nodes.shard, nodes.shards, places.zone);
}

/** I = sum of the outages that units add: an absolute sum, so that harmless units cannot dilute it. */
export function blastTable(context: EvaluationContext, model: RiskModel, losses: JourneyLosses): BlastTable {
  const rows = rowsByName(context, model, losses);
  const outages = floats(rows.length);
  const felt: number[] = [];
  const harmless: BlastResult[] = [];
  for (let at = 0; at < rows.length; at++) {
    const unit = rows[at] as BlastResult;
    outages[at] = outagesOf(unit);
    if (unit.share_lost > 0) felt.push(at);
    else harmless.push(unit);
  }
  // what adds more first, and what takes more of those that add nothing; then by name, as they stand
  felt.sort((a, b) => {
    const more = (outages[b] as number) - (outages[a] as number) || (rows[b] as BlastResult).share_lost - (rows[a] as BlastResult).share_lost;
    // whole numbers, for which no room is taken: hundreds of rows are compared thousands of times
    return more > 0 ? 1 : more < 0 ? -1 : 0;
  });
  const blast: BlastResult[] = [];
  let intensity = 0;
  for (const at of felt) {
    blast.push(rows[at] as BlastResult);
    intensity += outages[at] as number;
  }
  return { blast: blast.concat(harmless), intensity };
}
