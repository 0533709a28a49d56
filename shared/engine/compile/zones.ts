/** Where units stand: regions, zones and the round trips between them (semantics 2, evaluation 4). */
import type { Behavior } from '../../contracts/behavior.ts';
import type { Boundary, Design, DesignNode } from '../../model/design.ts';

/** Region of everything that stands in no drawn region. */
export const IMPLICIT_REGION = 'region';
const ZONES_PER_REGION = 3;

/** Round trips of one call, seconds: same zone [V], cross zone [A], cross region US to EU [A], internet client [A]. */
export const RTT = { same: 0.0005, cross: 0.001, region: 0.08, internet: 0.04 } as const;

/** Where a node's units are: zone ids with the share of the units in each. */
export interface Placement {
  readonly region: string;
  readonly zones: readonly string[];
  readonly shares: readonly number[];
}

/** A placement with what decides it where no zone is drawn. */
interface Placed { readonly regional: boolean; readonly units: number; readonly stated: DesignNode['zone_spread']; readonly placement: Placement }

/** What stands in one boundary, or in none. */
interface Ground {
  readonly region: string;
  /** Of all that stands in a drawn zone. */
  readonly zone: Placement | null;
  /** Found so far: like nodes stand alike. */
  readonly placed: Placed[];
}

/** Boundaries looked up once for a drawing. */
export interface ZoneMap {
  readonly boundaries: Readonly<Record<string, Boundary>>;
  /** Zone ids of a region in order: drawn ones first, then implicit `z1` to `z3`. */
  readonly zonesOf: (region: string) => readonly string[];
  /** By the id of the boundary; null for nodes that state none. */
  readonly grounds: Map<string | null, Ground>;
}

/** The chain of boundaries around `start`, innermost first; a cycle of parents ends it. */
function chain(boundaries: Readonly<Record<string, Boundary>>, start: string | null | undefined): Boundary[] {
  const found: Boundary[] = [];
  let id = start;
  while (typeof id === 'string' && found.length < 64) {
    const boundary: Boundary | undefined = Object.hasOwn(boundaries, id) ? boundaries[id] : undefined;
    if (!boundary || found.includes(boundary)) break;
    found.push(boundary);
    id = boundary.parent;
  }
  return found;
}

function regionOf(around: readonly Boundary[]): string {
  return around.find((boundary) => boundary.kind === 'region')?.id ?? IMPLICIT_REGION;
}

/** Nodes in each drawn zone; what is around a boundary is looked at once for all that stands in it. */
function countInZones({ nodes, boundaries }: Design): ReadonlyMap<string, number> {
  const inside = new Map<string, number>();
  for (const { boundary } of Object.values(nodes)) if (typeof boundary === 'string') inside.set(boundary, (inside.get(boundary) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [boundary, count] of inside) {
    const zone = chain(boundaries, boundary).find(({ kind }) => kind === 'zone');
    if (zone) counts.set(zone.id, (counts.get(zone.id) ?? 0) + count);
  }
  return counts;
}

/** Index the drawn zones: within a region the one with most nodes is zone 1, so that ids and names decide nothing else. */
export function zoneMap(design: Design): ZoneMap {
  const byRegion = new Map<string, string[]>();
  for (const boundary of Object.values(design.boundaries)) {
    if (boundary.kind !== 'zone') continue;
    const region = regionOf(chain(design.boundaries, boundary.parent));
    byRegion.set(region, [...(byRegion.get(region) ?? []), boundary.id]);
  }
  const counts = byRegion.size > 0 ? countInZones(design) : new Map<string, number>();
  const resolved = new Map<string, readonly string[]>();
  const zonesOf = (region: string): readonly string[] => {
    const existing = resolved.get(region);
    if (existing) return existing;
    const drawn = (byRegion.get(region) ?? []).sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
    const prefix = region === IMPLICIT_REGION ? '' : `${region}/`;
    const all = [...drawn];
    for (let i = drawn.length; i < ZONES_PER_REGION; i++) all.push(`${prefix}z${i + 1}`);
    resolved.set(region, all);
    return all;
  };
  return { boundaries: design.boundaries, zonesOf, grounds: new Map() };
}

function spread(zones: readonly string[], count: number, units: number): { zones: readonly string[]; shares: readonly number[] } {
  const used = Math.max(1, Math.min(count, zones.length));
  const dealt = zones.slice(0, used).map((_, i) => Math.floor(units / used) + (i < units % used ? 1 : 0));
  const total = dealt.reduce((sum, n) => sum + n, 0);
  return { zones: zones.slice(0, used), shares: dealt.map((n) => (total > 0 ? n / total : 1 / used)) };
}

function groundOf(map: ZoneMap, boundary: string | null): Ground {
  const known = map.grounds.get(boundary);
  if (known) return known;
  const around = chain(map.boundaries, boundary);
  const region = regionOf(around);
  const zone = around.find(({ kind }) => kind === 'zone');
  const made: Ground = { region, zone: zone ? { region, zones: [zone.id], shares: [1] } : null, placed: [] };
  map.grounds.set(boundary, made);
  return made;
}

/**
 * Zones of a node: the drawn zone it stands in; else its stated spread; else one zone for each unit, up to three.
 * Regional services stand in all zones alike.
 */
export function placeNode(map: ZoneMap, node: DesignNode, behavior: Behavior): Placement {
  const ground = groundOf(map, typeof node.boundary === 'string' ? node.boundary : null);
  if (ground.zone) return ground.zone;
  const { regional, units } = behavior.failure;
  const stated = node.zone_spread;
  for (const known of ground.placed) if (known.regional === regional && (regional || (known.units === units && known.stated === stated))) return known.placement;
  const { region } = ground;
  const placement = { region, ...dealt(map.zonesOf(region), node, behavior) };
  ground.placed.push({ regional, units, stated, placement });
  return placement;
}

function dealt(zones: readonly string[], node: DesignNode, { failure }: Behavior): ReturnType<typeof spread> {
  if (failure.regional) return spread(zones, ZONES_PER_REGION, ZONES_PER_REGION);
  const units = Math.max(1, Math.round(failure.units));
  const stated = typeof node.zone_spread === 'number' ? node.zone_spread : Math.min(units, ZONES_PER_REGION);
  return spread(zones, stated, units);
}

/** One placement for what stands beside all of these: the mean of their shares. Null when they are none or in several regions. */
export function placeTogether(map: ZoneMap, places: readonly Placement[]): Placement | null {
  const [first] = places;
  if (!first || places.some(({ region }) => region !== first.region)) return null;
  const shares = new Map<string, number>();
  for (const place of places) place.zones.forEach((zone, i) => shares.set(zone, (shares.get(zone) ?? 0) + (place.shares[i] ?? 0) / places.length));
  const zones = map.zonesOf(first.region).filter((zone) => shares.has(zone));
  return { region: first.region, zones, shares: zones.map((zone) => shares.get(zone) ?? 0) };
}

/** Probability that a call between two placements of one region crosses zones, without zone affinity. */
export function crossShare(a: Placement, b: Placement): number {
  if (a.region !== b.region) return 1;
  let same = 0;
  for (let i = 0; i < a.zones.length; i++) {
    for (let k = 0; k < b.zones.length; k++) {
      if (a.zones[i] === b.zones[k]) {
        same += (a.shares[i] as number) * (b.shares[k] as number);
        break;
      }
    }
  }
  return Math.min(1, Math.max(0, 1 - same));
}
