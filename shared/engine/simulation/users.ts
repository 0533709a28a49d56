/** Users who wait for an answer and think before they ask again: so many at a time, as the load says. */
import type { CompiledDesign, SettledPopulation } from '../types.ts';
import { drawByShare } from './kernel/choices.ts';
import { CROWD, THINK } from './kernel/kernel.ts';
import type { Machine } from './kernel/machine.ts';
import type { Source } from './lower/lower.ts';
import type { LoadClock } from './profile.ts';

/** More users than these are simulated as requests at the rate that they reach. */
export const MOST_USERS = 1_000_000;

/** Users of one client: what they ask for, and how many of them there are. `drawn` is their number at a load multiple of 1. */
interface Crowd { readonly thinkS: number; readonly drawn: number; readonly sources: readonly number[]; readonly shares: readonly number[]; present: number }

/** All the waiting users of one simulation. */
export class Users {
  private readonly machine: Machine;
  private readonly clock: LoadClock;
  private readonly ask: (source: number) => void;
  private readonly crowds: readonly Crowd[];
  /** By journey: the crowd that asks for it, or none. */
  private readonly ofJourney = new Map<number, number>();

  /** `ask` lets one request of a source in. `multiple` is the load that the populations were settled at. */
  constructor(machine: Machine, { populations = [], journeys }: CompiledDesign, sources: readonly Source[], clock: LoadClock, multiple: number, ask: (source: number) => void) {
    this.machine = machine;
    this.clock = clock;
    this.ask = ask;
    this.crowds = populations.filter(({ users }) => users <= MOST_USERS).map((population, index) => this.crowd(population, index, journeys, sources, multiple));
  }

  private crowd({ users, thinkS, journeys: own }: SettledPopulation, index: number, journeys: CompiledDesign['journeys'], sources: readonly Source[], multiple: number): Crowd {
    const asked = sources.flatMap(({ journey }, source) => (own.includes(journey) && !this.ofJourney.has(journey) ? [{ source, journey, rate: journeys[journey]?.rate_rps ?? 0 }] : []));
    for (const { journey } of asked) this.ofJourney.set(journey, index);
    const total = asked.reduce((sum, { rate }) => sum + rate, 0);
    return {
      thinkS, drawn: users / multiple, present: 0,
      sources: asked.map(({ source }) => source), shares: asked.map(({ rate }) => (total > 0 ? rate / total : 1 / asked.length)),
    };
  }

  /** True when requests of a journey come from users who wait. */
  has(journey: number): boolean {
    return this.ofJourney.has(journey);
  }

  /** All of them begin by thinking; where the load moves, they come and go with it. */
  begin(): void {
    this.crowds.forEach((_, index) => this.follow(index));
    if (this.crowds.length === 0) return;
    for (const at of this.clock.steps) this.machine.kernel.heap.push(at, CROWD);
  }

  /** The load has moved: users who are missing come. */
  moved(): void {
    this.crowds.forEach((_, index) => this.follow(index));
  }

  private wanted({ drawn, sources }: Crowd): number {
    return sources.length === 0 ? 0 : Math.round(drawn * this.clock.at(this.machine.kernel.now));
  }

  private follow(index: number): void {
    const crowd = this.crowds[index] as Crowd;
    for (const wanted = this.wanted(crowd); crowd.present < wanted; crowd.present++) this.think(index);
  }

  private think(index: number): void {
    const { kernel } = this.machine;
    kernel.after((this.crowds[index] as Crowd).thinkS * kernel.random.exponential(), THINK, index);
  }

  /** A user has thought: asks, or goes when there are more than the load wants. */
  thought(index: number): void {
    const crowd = this.crowds[index] as Crowd;
    if (crowd.present > this.wanted(crowd)) {
      crowd.present -= 1;
      return;
    }
    const choice = crowd.sources.length > 1 ? drawByShare(crowd.shares, this.machine.kernel.random) : 0;
    this.ask(crowd.sources[choice] as number);
  }

  /** A request was answered or failed: its user, if it had one who waited, thinks. */
  answered(journey: number): void {
    const index = this.crowds.length === 0 ? undefined : this.ofJourney.get(journey);
    if (index !== undefined) this.think(index);
  }
}
