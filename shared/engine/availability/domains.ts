/** Zones and regions as failure domains: conditioning counts what they take down together exactly once (semantics 9.5). */
import type { ElementValues } from './element-values.ts';
import { hasBit } from './bits.ts';
import type { LossTable } from './loss-table.ts';
import type { Program } from './program.ts';
import { expectedSuccess } from './success.ts';
import { REGION_U, regionKey, ZONE_U, zoneKey } from './tiers.ts';

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
    for (const { zone, region } of values.tierOf(element).places) {
      if (zone !== null) touch(zoneKey(zone), ZONE_U, element);
      if (regional && region !== null) touch(regionKey(region), REGION_U, element);
    }
  });
  return [...touched].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { unavailability, elements }]) => ({ key, unavailability, elements: [...elements] }));
}

/** What the loss of some domains changes: elements and their values then. */
interface Change { readonly elements: readonly number[]; readonly values: Float64Array }

/** States of the domains with the values of the elements in them; each state is made once for all journeys. */
export class FailureStates {
  private readonly values: ElementValues;
  private readonly domains: readonly Domain[];
  private readonly losses: LossTable;
  private readonly base: Float64Array;
  private readonly up: Float64Array;
  private readonly changes = new Map<number, Change>();

  constructor(values: ElementValues, domains: readonly Domain[], losses: LossTable) {
    this.losses = losses;
    this.values = values;
    this.domains = domains;
    this.base = values.all();
    this.up = Float64Array.from(this.base);
  }

  private change(first: number, second: number): Change {
    const key = first * this.domains.length + second;
    const existing = this.changes.get(key);
    if (existing) return existing;
    const lost = [...new Set([first, second])].map((i) => this.domains[i] as Domain);
    const keys = new Set(lost.map((domain) => domain.key));
    const elements = [...new Set(lost.flatMap((domain) => domain.elements))];
    const made: Change = { elements, values: Float64Array.from(elements, (element) => this.values.expected(element, keys)) };
    this.changes.set(key, made);
    return made;
  }

  /** Probability of a state times the value of a program in it. */
  private during(program: Program, first: number, second: number, probability: number): number {
    const { elements, values } = this.change(first, second);
    for (let i = 0; i < elements.length; i++) this.up[elements[i] as number] = values[i] as number;
    const result = probability * expectedSuccess(program, this.up, this.losses, probability);
    for (const element of elements) this.up[element] = this.base[element] as number;
    return result;
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
    let total = none * expectedSuccess(program, this.up, this.losses);
    own.forEach((first, at) => {
      total += this.during(program, first, first, none * odds(first));
      for (const second of own.slice(at + 1)) total += this.during(program, first, second, none * odds(first) * odds(second));
    });
    return Math.min(1, Math.max(0, total));
  }
}
