/** Zones and regions as failure domains: conditioning counts what they take down together exactly once (semantics 9.5). */
import type { ElementValues } from './element-values.ts';
import { hasBit } from './bits.ts';
import type { LossTable } from './loss-table.ts';
import type { Program } from './program.ts';
import { expectedInStates, type State } from './success.ts';
import { REGION_U, ZONE_U } from './tiers.ts';

/** One failure domain, and the elements whose value its loss changes. */
export interface Domain {
  readonly key: string;
  readonly unavailability: number;
  readonly elements: readonly number[];
}

/** Domains that some element stands in. Regions only when more than one is in use. */
export function domainsOf(values: ElementValues, regional: boolean): Domain[] {
  const touched = new Map<string, { unavailability: number; elements: Set<number> }>();
  const touch = (key: string, unavailability: number, element: number): void => {
    const domain = touched.get(key) ?? { unavailability, elements: new Set<number>() };
    domain.elements.add(element);
    touched.set(key, domain);
  };
  values.elements.forEach((_, element) => {
    for (const { zone, region, keys } of values.tierOf(element).places) {
      if (zone !== null) touch(keys[0] as string, ZONE_U, element);
      if (regional && region !== null) touch(keys[keys.length - 1] as string, REGION_U, element);
    }
  });
  return [...touched].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { unavailability, elements }]) => ({ key, unavailability, elements: [...elements] }));
}

/** States of the domains with the values of the elements in them; each state is made once for all journeys. */
export class FailureStates {
  private readonly values: ElementValues;
  private readonly domains: readonly Domain[];
  private readonly losses: LossTable;
  private readonly base: Float64Array;
  private readonly states = new Map<number, Float64Array>();

  constructor(values: ElementValues, domains: readonly Domain[], losses: LossTable) {
    this.losses = losses;
    this.values = values;
    this.domains = domains;
    this.base = values.all();
  }

  /** Values of all elements while two domains are lost, or one twice. */
  private during(first: number, second: number): Float64Array {
    const key = first * this.domains.length + second;
    const existing = this.states.get(key);
    if (existing) return existing;
    const one = this.domains[first] as Domain;
    const other = this.domains[second] as Domain;
    const up = this.base.slice();
    for (const element of one.elements) up[element] = this.values.expected(element, one.key, other.key);
    if (first !== second) for (const element of other.elements) up[element] = this.values.expected(element, one.key, other.key);
    this.states.set(key, up);
    return up;
  }

  /**
   * Expected value of a program over the states of the domains that matter to it. Two lost at once is the last order:
   * three together (1e-12) count as everything lost.
   */
  expected(program: Program): number {
    const own = this.domains.map((_, i) => i).filter((i) => (this.domains[i] as Domain).elements.some((element) => hasBit(program.used, element)));
    const odds = (i: number): number => {
      const { unavailability } = this.domains[i] as Domain;
      return unavailability / (1 - unavailability);
    };
    const none = own.reduce((product, i) => product * (1 - (this.domains[i] as Domain).unavailability), 1);
    const states: State[] = [{ weight: 1, up: this.base }];
    const chances = [none];
    own.forEach((first, at) => {
      for (const second of own.slice(at)) {
        const chance = second === first ? none * odds(first) : none * odds(first) * odds(second);
        chances.push(chance);
        states.push({ weight: chance, up: this.during(first, second) });
      }
    });
    const success = expectedInStates(program, this.losses, states);
    let total = 0;
    success.forEach((value, i) => void (total += (chances[i] as number) * value));
    return Math.min(1, Math.max(0, total));
  }
}
