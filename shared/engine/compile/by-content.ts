/** Finds again what was made of the same plain values: like objects of a drawing share everything that follows from what they state. */

interface Branch<T> { next: Map<unknown, Branch<T>> | null; made: T | null }

/** Stands before the text of a value that is no plain one. */
const STRUCTURED = Symbol('structured');

/** What the keys of one look-up lead to: the next branch, where there is one or one may be added. */
type Step<T> = (branch: Branch<T>, key: unknown) => Branch<T> | undefined;

function known<T>(branch: Branch<T>, key: unknown): Branch<T> | undefined {
  return branch.next?.get(key);
}

function added<T>(branch: Branch<T>, key: unknown): Branch<T> {
  branch.next ??= new Map();
  const existing = branch.next.get(key);
  if (existing) return existing;
  const made: Branch<T> = { next: null, made: null };
  branch.next.set(key, made);
  return made;
}

function walk<T>(root: Branch<T>, stored: Readonly<Record<string, unknown>>, first: unknown, second: unknown, step: Step<T>): Branch<T> | undefined {
  const start = step(root, first);
  let at = start && step(start, second);
  for (const name in stored) {
    const value = stored[name];
    at &&= step(at, name);
    if (at && typeof value === 'object') at = step(at, STRUCTURED);
    at &&= step(at, typeof value === 'object' ? JSON.stringify(value) : value);
    if (!at) return undefined;
  }
  return at;
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

  /** What was kept for these values; null when nothing was. `first` and `second` count as values, too. */
  find(stored: Readonly<Record<string, unknown>>, first: unknown, second: unknown): T | null {
    return walk(this.root, stored, first, second, known)?.made ?? null;
  }

  /** Keep what was made of these values, for which nothing is kept yet. Returns it. */
  keep(stored: Readonly<Record<string, unknown>>, first: unknown, second: unknown, made: T): T {
    if (this.size >= this.most) {
      this.root = { next: null, made: null };
      this.size = 0;
    }
    this.size += 1;
    const branch = walk(this.root, stored, first, second, added);
    if (branch) branch.made = made;
    return made;
  }
}
