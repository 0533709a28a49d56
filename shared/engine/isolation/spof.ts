/** Single points of failure (evaluation 6.4): without a spare unit, and in one zone only, among the nodes a journey dies with. */
import type { AvailabilityResult } from '../availability/types.ts';
import type { JourneyLosses } from './loss.ts';
import type { SpofResult } from './types.ts';

/** Count journeys with at least one such node on which they depend alone. */
export function singlePoints(availability: AvailabilityResult, losses: JourneyLosses): SpofResult {
  const replica = new Set<number>();
  const zone = new Set<number>();
  const hit = { replica: new Map<number, number>(), zone: new Map<number, number>() };
  availability.journeys.forEach((journey, j) => {
    for (const node of journey.diesIf) {
      const facts = availability.nodes[node];
      if (facts && !facts.spare) {
        replica.add(node);
        hit.replica.set(j, 1);
      }
      if (facts && !facts.zoneSafe) {
        zone.add(node);
        hit.zone.set(j, 1);
      }
    }
  });
  const order = (set: Set<number>): number[] => [...set].sort((a, b) => a - b);
  return {
    replicaShare: losses.share(hit.replica, losses.importance), zoneShare: losses.share(hit.zone, losses.importance),
    replicaTrafficShare: losses.share(hit.replica, losses.traffic), zoneTrafficShare: losses.share(hit.zone, losses.traffic),
    replicaNodes: order(replica), zoneNodes: order(zone),
  };
}
