/** Where the units of a tier stand. Tiers that stand alike share one standing: what follows from it is found once. */

/** A zone or a region that can fail as one. `key` names it: drawn ids of the two kinds may be equal. */
export interface Place {
  /** Null: no zone takes the units down (regional services). */
  readonly zone: FailureDomain | null;
  /** Null: no region does. */
  readonly region: FailureDomain | null;
  readonly units: number;
}

/** A zone or a region that can fail as one, by its drawn id. */
export interface FailureDomain { readonly kind: 'zone' | 'region'; readonly id: string }

/** All places of one tier. */
export interface Standing {
  readonly places: readonly Place[];
  /** Distinct zones and regions. */
  readonly zones: readonly FailureDomain[];
  readonly regions: readonly FailureDomain[];
  /** All places are in a zone, and in a region. */
  readonly inZones: boolean;
  readonly inRegions: boolean;
  /** Units left when no zone is lost, then for each zone: without it, and without it and each of the later ones. */
  readonly left: readonly number[];
  /** The distinct numbers among them. */
  readonly counts: readonly number[];
}

/** Units left when two zones or regions are lost; null for none. */
export function unitsBeside({ places }: Standing, first: FailureDomain | null, second: FailureDomain | null): number {
  let left = 0;
  for (let i = 0; i < places.length; i++) {
    const { zone, region, units } = places[i] as Place;
    const lost = (zone !== null && (zone === first || zone === second)) || (region !== null && (region === first || region === second));
    if (!lost) left += units;
  }
  return left;
}

function distinct(domains: readonly (FailureDomain | null)[]): FailureDomain[] {
  return [...new Set(domains)].filter((domain) => domain !== null);
}

/** What follows from places. */
export function standingIn(places: readonly Place[]): Standing {
  const zones = distinct(places.map(({ zone }) => zone));
  const left: number[] = [];
  const standing = {
    places, zones, regions: distinct(places.map(({ region }) => region)),
    inZones: places.every(({ zone }) => zone !== null), inRegions: places.every(({ region }) => region !== null), left, counts: [],
  };
  left.push(unitsBeside(standing, null, null));
  zones.forEach((first, i) => {
    for (const second of [first, ...zones.slice(i + 1)]) left.push(unitsBeside(standing, first, second));
  });
  return { ...standing, counts: [...new Set(left)] };
}

function sameIds(places: readonly Place[], zones: readonly string[]): boolean {
  for (let i = 0; i < places.length; i++) if (places[i]?.zone?.id !== zones[i]) return false;
  return true;
}

/** The standings and failure domains of one drawing: each exists once. */
export class Standings {
  private readonly byUnits = new Map<number, { readonly zones: number; readonly region: string | null; readonly standing: Standing }[]>();
  private readonly domains = { zone: new Map<string, FailureDomain>(), region: new Map<string, FailureDomain>() };

  /** So many units dealt evenly to zones (null: to none), in a region (null: in none). */
  of(zones: readonly string[] | null, region: string | null, units: number): Standing {
    const alike = this.byUnits.get(units) ?? [];
    if (alike.length === 0) this.byUnits.set(units, alike);
    const count = zones === null ? -1 : zones.length;
    for (const known of alike) {
      if (known.zones === count && known.region === region && (zones === null || sameIds(known.standing.places, zones))) return known.standing;
    }
    const standing = standingIn(this.deal(zones, region, units));
    alike.push({ zones: count, region, standing });
    return standing;
  }

  private deal(zones: readonly string[] | null, region: string | null, units: number): Place[] {
    const around = region === null ? null : this.domain('region', region);
    if (zones === null) return [{ zone: null, region: around, units }];
    const share = (i: number): number => Math.floor(units / zones.length) + (i < units % zones.length ? 1 : 0);
    return zones.map((zone, i) => ({ zone: this.domain('zone', zone), region: around, units: share(i) })).filter((place) => place.units > 0);
  }

  private domain(kind: FailureDomain['kind'], id: string): FailureDomain {
    const existing = this.domains[kind].get(id) ?? { kind, id };
    this.domains[kind].set(id, existing);
    return existing;
  }
}
