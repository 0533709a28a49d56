/** Zones and regions as failure domains: conditioning counts what they take down together exactly once (semantics 9.5). */
import { hasBit } from './bits.ts';
import type { ElementValues } from './element-values.ts';
import { FormulaState } from './formula-state.ts';
import type { Program } from './program.ts';
import type { FailureDomain } from './standings.ts';
import type { Structures } from './structures.ts';
import { expectedSuccess } from './success.ts';
import { REGION_U, ZONE_U } from './tiers.ts';

/** One failure domain, and the elements whose value its loss changes. */
export interface Domain {
  readonly domain: FailureDomain;
  readonly unavailability: number;
  readonly elements: readonly number[];
}

function nameOf({ domain: { kind, id } }: Domain): string {
  return `${kind} ${id}`;
}

/** Domains that some element stands in. Regions only when more than one is in use. */
export function domainsOf(values: ElementValues, regional: boolean): Domain[] {
  const touched = new Map<FailureDomain, number[]>();
  for (let element = 0; element < values.elements.length; element++) {
    const { zones, regions } = values.tierOf(element).standing;
    for (const domain of regional ? [...zones, ...regions] : zones) {
      const elements = touched.get(domain);
      if (elements) elements.push(element);
      else touched.set(domain, [element]);
    }
  }
  const domains = [...touched].map(([domain, elements]): Domain => ({ domain, unavailability: domain.kind === 'zone' ? ZONE_U : REGION_U, elements }));
  return domains.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** States of the domains with the values of the elements in them; each state is made once for all journeys. */
export class FailureStates {
  private readonly values: ElementValues;
  private readonly domains: readonly Domain[];
  private readonly structures: Structures;
  private readonly base: FormulaState;
  /** By first and second domain. */
  private readonly states: (FormulaState | undefined)[] = [];

  constructor(values: ElementValues, domains: readonly Domain[], structures: Structures) {
    this.values = values;
    this.domains = domains;
    this.structures = structures;
    this.base = new FormulaState(structures.graph, values.all());
  }

  /** State in which two domains are lost, or one twice. */
  private during(first: number, second: number): FormulaState {
    const key = first * this.domains.length + second;
    const existing = this.states[key];
    if (existing) return existing;
    const one = this.domains[first] as Domain;
    const other = this.domains[second] as Domain;
    const up = this.base.up.slice();
    for (const { elements } of first === second ? [one] : [one, other]) {
      for (let i = 0; i < elements.length; i++) up[elements[i] as number] = this.values.expected(elements[i] as number, one.domain, other.domain);
    }
    const made = new FormulaState(this.structures.graph, up);
    this.states[key] = made;
    return made;
  }

  private odds(domain: number): number {
    const { unavailability } = this.domains[domain] as Domain;
    return unavailability / (1 - unavailability);
  }

  /**
   * Expected value of a program over the states of the domains that matter to it. Two lost at once is the last order:
   * three together (1e-12) count as everything lost.
   */
  expected(program: Program): number {
    const { losses } = this.structures;
    const own: number[] = [];
    let none = 1;
    this.domains.forEach(({ elements, unavailability }, i) => {
      if (!elements.some((element) => hasBit(program.used, element))) return;
      own.push(i);
      none *= 1 - unavailability;
    });
    let total = none * expectedSuccess(program, this.base, losses);
    for (let at = 0; at < own.length; at++) {
      const first = own[at] as number;
      for (let next = at; next < own.length; next++) {
        const second = own[next] as number;
        const chance = second === first ? none * this.odds(first) : none * this.odds(first) * this.odds(second);
        total += chance * expectedSuccess(program, this.during(first, second), losses, chance);
      }
    }
    return Math.min(1, Math.max(0, total));
  }
}
