/** Single points of failure (evaluation 6.4): without a spare unit, and in one zone only, among the nodes a journey dies with. */
import type { AvailabilityResult, NodeAvailability } from '../availability/types.ts';
import type { JourneyLosses } from './loss.ts';
import type { SpofResult } from './types.ts';

/** The nodes that stand alone in one way, in node order, and the share of the journeys that die with one of them. */
function standingAlone({ nodes, journeys }: AvailabilityResult, { importance }: JourneyLosses, isAlone: (node: NodeAvailability) => boolean): { readonly share: number; readonly nodes: readonly number[] } {
  const found = new Set<number>();
  let share = 0;
  for (let j = 0; j < journeys.length; j++) {
    let dies = false;
    for (const node of journeys[j]?.diesIf ?? []) {
      const facts = nodes[node];
      if (!facts || !isAlone(facts)) continue;
      found.add(node);
      dies = true;
    }
    if (dies) share += importance[j] as number;
  }
  return { share: Math.min(1, share), nodes: [...found].sort((a, b) => a - b) };
}

/** Count journeys with at least one such node on which they depend alone. */
export function singlePoints(availability: AvailabilityResult, losses: JourneyLosses): SpofResult {
  const replica = standingAlone(availability, losses, ({ spare }) => !spare);
  const zone = standingAlone(availability, losses, ({ zoneSafe }) => !zoneSafe);
  return { replicaShare: replica.share, zoneShare: zone.share, replicaNodes: replica.nodes, zoneNodes: zone.nodes };
}
