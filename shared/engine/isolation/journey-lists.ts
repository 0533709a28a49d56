/** Lists of journeys, of which equal ones are one: thousands of failures are felt by the same few groups of journeys. */
import { zeros } from '../math/lists.ts';

const NOBODY: readonly string[] = [];

/** Makes lists of ids from positions, one list at a time: `open`, `add` in ascending order, `close`. */
export class JourneyLists {
  private readonly ids: readonly string[];
  /** By a number that follows from what is in a list; the next free one where two different lists have the same. */
  private readonly known = new Map<number, readonly string[]>();
  private readonly members: number[];
  private count = 0;
  private key = 0;

  constructor(journeys: readonly { readonly id: string }[]) {
    this.ids = journeys.map(({ id }) => id);
    this.members = zeros(journeys.length);
  }

  /** Begin a list. */
  open(): void {
    this.count = 0;
    this.key = 0;
  }

  /** Add a journey by its position. */
  add(journey: number): void {
    this.members[this.count++] = journey;
    this.key = (Math.imul(this.key, 31) + journey + 1) | 0;
  }

  /** The ids of the journeys that were added. */
  close(): readonly string[] {
    if (this.count === 0) return NOBODY;
    for (let key = this.key; ; key++) {
      const existing = this.known.get(key);
      if (existing === undefined) {
        const made = this.list();
        this.known.set(key, made);
        return made;
      }
      if (this.isThis(existing)) return existing;
    }
  }

  private list(): readonly string[] {
    const made = new Array<string>(this.count);
    for (let i = 0; i < this.count; i++) made[i] = this.ids[this.members[i] as number] as string;
    return made;
  }

  private isThis(list: readonly string[]): boolean {
    if (list.length !== this.count) return false;
    for (let i = 0; i < this.count; i++) if (list[i] !== this.ids[this.members[i] as number]) return false;
    return true;
  }
}
