/** Finds again what was made of the same plain values: like objects of a drawing share everything that follows from what they state. */

interface Branch<T> { next: Map<unknown, Branch<T>> | null; made: T | null }

/** Stands before the text of a value that is no plain one. */
const STRUCTURED = Symbol('structured');

function step<T>(branch: Branch<T>, key: unknown): Branch<T> {
  branch.next ??= new Map();
  const known = branch.next.get(key);
  if (known) return known;
  const added: Branch<T> = { next: null, made: null };
  branch.next.set(key, added);
  return added;
}

/** A bounded table whose keys are what objects state, in its order; a full one starts over. A look-up allocates nothing. */
export class ByContent<T> {
  private readonly most: number;
  private root: Branch<T> = { next: null, made: null };
  private size = 0;

  /** `most` entries are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** What was made of these values before, else what `make` makes of them now. `first` and `second` count as values, too. */
  get(stored: Readonly<Record<string, unknown>>, first: unknown, second: unknown, make: () => T): T {
    let at = step(step(this.root, first), second);
    for (const name in stored) {
      const value = stored[name];
      at = step(at, name);
      at = typeof value === 'object' ? step(step(at, STRUCTURED), JSON.stringify(value)) : step(at, value);
    }
    if (at.made !== null) return at.made;
    if (this.size >= this.most) {
      this.root = { next: null, made: null };
      this.size = 0;
      return this.get(stored, first, second, make);
    }
    this.size += 1;
    return (at.made = make());
  }
}
