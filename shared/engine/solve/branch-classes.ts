/**
 * Too many branches, put into classes by their mean: narrow near the smallest, so that common fast answers stay apart and
 * rare slow ones remain. Each class becomes one branch with the exact weight, mean and variance of all that it holds.
 */

/** Branches kept inside the walk. */
export const INNER_BRANCHES = 12;
/** Numbers of one branch in a list: weight, shift, mean, variance. */
export const FIELDS = 4;

/** Smallest and largest mean of the branches that were looked at last. */
const span = { low: 0, high: 0 };

function lookAt(list: Float64Array, from: number, count: number): void {
  let low = Number.MAX_VALUE;
  let high = 0;
  for (let at = from * FIELDS, end = at + count * FIELDS; at < end; at += FIELDS) {
    const total = (list[at + 1] as number) + (list[at + 2] as number);
    if (total < low) low = total;
    if (total > high) high = total;
  }
  span.low = low;
  span.high = high;
}

/** What is being added up, in classes between two means. */
interface Columns {
  /** Begin: the smallest mean, and classes for each root of a distance from it. */
  readonly begin: (low: number, high: number) => void;
  /** Puts so many branches of a list. */
  readonly put: (list: Float64Array, from: number, count: number) => void;
  /** Sets so many branches of a list apart as one side of a sum. */
  readonly setApart: (list: Float64Array, from: number, count: number) => void;
  /** Puts the side that was set apart, so many branches, each after the branch of a list at this place. */
  readonly putSide: (count: number, list: Float64Array, place: number) => void;
  /** Writes the classes that hold something from branch `into` on, empties all, and returns how many it wrote. */
  readonly collect: (list: Float64Array, into: number) => number;
}

/**
 * Columns of a fixed length, one number for each class; and one side of a sum, over which its innermost loop runs. They belong
 * to the functions that use them, and so they are constants to the compiler, which has nothing to look up and little to check
 * in that loop; and no number goes from function to function, where each would become an object. Not re-entrant.
 */
function columns(): Columns {
  const [weights, firsts, seconds] = [new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES)];
  const shifts = new Float64Array(INNER_BRANCHES).fill(Number.MAX_VALUE);
  const [sideWeights, sideShifts] = [new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES)];
  const [sideMeans, sideVariances] = [new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES)];
  /** The smallest mean, and classes for each root of a distance from it. */
  const scale = new Float64Array(2);
  function begin(low: number, high: number): void {
    scale[0] = low;
    scale[1] = high > low ? (INNER_BRANCHES - 1e-9) / Math.sqrt(high - low) : 0;
  }
  function put(list: Float64Array, from: number, count: number): void {
    const low = scale[0] as number;
    const perRoot = scale[1] as number;
    for (let at = from * FIELDS, end = at + count * FIELDS; at < end; at += FIELDS) {
      const weight = list[at] as number;
      const shift = list[at + 1] as number;
      const total = shift + (list[at + 2] as number);
      // a mean below the smallest by its last digit has no root: that is the first class too
      const place = (Math.sqrt(total - low) * perRoot) | 0;
      const k = place < INNER_BRANCHES ? place : INNER_BRANCHES - 1;
      weights[k] = (weights[k] as number) + weight;
      firsts[k] = (firsts[k] as number) + weight * total;
      seconds[k] = (seconds[k] as number) + weight * ((list[at + 3] as number) + total * total);
      if (shift < (shifts[k] as number)) shifts[k] = shift;
    }
  }
  function setApart(list: Float64Array, from: number, count: number): void {
    for (let i = 0, at = from * FIELDS; i < count; i++, at += FIELDS) {
      sideWeights[i] = list[at] as number;
      sideShifts[i] = list[at + 1] as number;
      sideMeans[i] = list[at + 2] as number;
      sideVariances[i] = list[at + 3] as number;
    }
  }
  function putSide(count: number, list: Float64Array, place: number): void {
    const low = scale[0] as number;
    const perRoot = scale[1] as number;
    const weight = list[place * FIELDS] as number;
    const shift = list[place * FIELDS + 1] as number;
    const mean = list[place * FIELDS + 2] as number;
    const variance = list[place * FIELDS + 3] as number;
    for (let i = 0; i < count; i++) {
      const own = weight * (sideWeights[i] as number);
      const start = shift + (sideShifts[i] as number);
      const total = start + mean + (sideMeans[i] as number);
      const root = (Math.sqrt(total - low) * perRoot) | 0;
      const k = root < INNER_BRANCHES ? root : INNER_BRANCHES - 1;
      weights[k] = (weights[k] as number) + own;
      firsts[k] = (firsts[k] as number) + own * total;
      seconds[k] = (seconds[k] as number) + own * (variance + (sideVariances[i] as number) + total * total);
      if (start < (shifts[k] as number)) shifts[k] = start;
    }
  }
  function collect(list: Float64Array, into: number): number {
    let at = into * FIELDS;
    for (let k = 0; k < INNER_BRANCHES; k++) {
      const weight = weights[k] as number;
      if (weight > 0) {
        const total = (firsts[k] as number) / weight;
        const shift = Math.min(shifts[k] as number, total);
        list[at] = weight;
        list[at + 1] = shift;
        list[at + 2] = total - shift;
        list[at + 3] = Math.max(0, (seconds[k] as number) / weight - total * total);
        at += FIELDS;
      }
      weights[k] = firsts[k] = seconds[k] = 0;
      shifts[k] = Number.MAX_VALUE;
    }
    return at / FIELDS - into;
  }
  return { begin, put, setApart, putSide, collect };
}

const { begin, put, setApart, putSide, collect } = columns();

/** The branches of a list from `from` on in classes, written from `into` on (which may be the same place); returns how many there are then. */
export function putInClasses(list: Float64Array, from: number, count: number, into: number): number {
  lookAt(list, from, count);
  begin(span.low, span.high);
  put(list, from, count);
  return collect(list, into);
}

/** The sum of two mixtures of a list, of at most `INNER_BRANCHES` branches each, in classes, written from branch `into` on; returns how many there are. */
export function addInClasses(list: Float64Array, fromA: number, countA: number, fromB: number, countB: number, into: number): number {
  lookAt(list, fromA, countA);
  const { low, high } = span;
  lookAt(list, fromB, countB);
  begin(low + span.low, high + span.high);
  setApart(list, fromB, countB);
  for (let place = fromA; place < fromA + countA; place++) putSide(countB, list, place);
  return collect(list, into);
}
