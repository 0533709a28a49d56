/** Structural sharing of plain data: what did not change stays the same object, so that a look at identities is enough. */

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function shareList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  let made: unknown[] | null = null;
  for (let i = 0; i < after.length; i++) {
    const kept = share(before[i], after[i]);
    if (kept !== after[i]) (made ??= [...after])[i] = kept;
  }
  const shared = made ?? after;
  if (before.length !== after.length) return shared;
  for (let i = 0; i < shared.length; i++) if (!Object.is(shared[i], before[i])) return shared;
  return before;
}

function sharePlain(before: Plain, after: Plain): Plain {
  const known = Object.keys(before);
  let made: Plain | null = null;
  let same = true;
  let at = 0;
  for (const key in after) {
    // an assignment would not keep this key as data
    if (key === '__proto__') return after;
    // the order of the keys counts: it is the order in which they are read and written
    if (key !== known[at++]) {
      same = false;
      if (!Object.hasOwn(before, key)) continue;
    }
    const mine = after[key];
    const theirs = before[key];
    if (mine === theirs && mine !== 0) continue;
    const kept = share(theirs, mine);
    if (!Object.is(kept, theirs)) same = false;
    if (kept !== mine) (made ??= { ...after })[key] = kept;
  }
  return same && at === known.length ? before : (made ?? after);
}

/**
 * `after` with every part that equals the same part of `before` taken from there; `before` itself when all of it does. Neither
 * is changed. Equal means: written as JSON they are the same text. Anything but plain objects and lists is shared by identity only.
 */
export function share<T>(before: unknown, after: T): T {
  if (Object.is(before, after) || typeof after !== 'object' || after === null || typeof before !== 'object' || before === null) return after;
  if (Array.isArray(after)) return Array.isArray(before) ? (shareList(before, after) as T) : after;
  return isPlain(after) && isPlain(before) ? (sharePlain(before, after) as T) : after;
}

function sameLists(before: readonly unknown[], after: readonly unknown[]): boolean {
  if (before.length !== after.length) return false;
  for (let i = 0; i < after.length; i++) if (!isShared(before[i], after[i])) return false;
  return true;
}

function samePlain(before: Plain, after: Plain): boolean {
  const known = Object.keys(before);
  let at = 0;
  for (const key in after) if (key !== known[at++] || key === '__proto__' || !isShared(before[key], after[key])) return false;
  return at === known.length;
}

/** True when both would be shared as one. */
export function isShared(before: unknown, after: unknown): boolean {
  if (Object.is(before, after)) return true;
  if (typeof after !== 'object' || after === null || typeof before !== 'object' || before === null) return false;
  if (Array.isArray(after)) return Array.isArray(before) && sameLists(before, after);
  return isPlain(after) && isPlain(before) && samePlain(before, after);
}

/** `before` where that is the same, `after` as it is else: for what is looked at as a whole. */
export function keep<T>(before: T | undefined, after: T): T {
  return before !== undefined && isShared(before, after) ? before : after;
}
