/** Finds again what was made of the same plain values: like objects of a drawing share everything that follows from what they state. */

/** Where values lead to, and what was made of them. */
export interface Branch<T> { next: Map<unknown, Branch<T>> | null; made: T | null }

/** Stands before the text of a value that is no plain one. */
const STRUCTURED = Symbol('structured');

function step<T>(branch: Branch<T>, key: unknown): Branch<T> {
  branch.next ??= new Map();
  const existing = branch.next.get(key);
  if (existing) return existing;
  const made: Branch<T> = { next: null, made: null };
  branch.next.set(key, made);
  return made;
}

/** A bounded table whose keys are what objects state, in its order; a full one starts over. A look-up of something known allocates nothing. */
export class ByContent<T> {
  private readonly most: number;
  private root: Branch<T> = { next: null, made: null };
  private size = 0;

  /** `most` entries are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** Where what is made of these values belongs. `first` and `second` count as values, too, where they are given: a table is asked with them always or never. */
  at(stored: Readonly<Record<string, unknown>>, first?: unknown, second?: unknown): Branch<T> {
    let at = this.root;
    if (first !== undefined) at = step(at, first);
    if (second !== undefined) at = step(at, second);
    for (const name in stored) {
      const value = stored[name];
      at = step(at, name);
      at = typeof value === 'object' ? step(step(at, STRUCTURED), JSON.stringify(value)) : step(at, value);
    }
    return at;
  }

  /** Keep what was made at a place where nothing is kept yet. Returns it. */
  keep(branch: Branch<T>, made: T): T {
    if (this.size >= this.most) {
      this.root = { next: null, made: null };
      this.size = 0;
    } else {
      branch.made = made;
      this.size += 1;
    }
    return made;
  }
}
