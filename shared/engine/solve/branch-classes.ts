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

/** Classes for each root of a distance from the smallest mean. */
function scaleOf(low: number, high: number): number {
  return high > low ? (INNER_BRANCHES - 1e-9) / Math.sqrt(high - low) : 0;
}

/** What is being added up. A branch is put with its weight, least shift, mean in all and variance. */
interface Columns {
  readonly put: (weight: number, shift: number, total: number, variance: number, low: number, scale: number) => void;
  /** Sets so many branches of a list apart as one side of a sum. */
  readonly setApart: (list: Float64Array, from: number, count: number) => void;
  /** Puts the side that was set apart, so many branches, each after one of the other side. */
  readonly putSide: (count: number, weight: number, shift: number, mean: number, variance: number, low: number, scale: number) => void;
  /** Writes the classes that hold something from branch `into` on, empties all, and returns how many it wrote. */
  readonly collect: (list: Float64Array, into: number) => number;
}

/**
 * Columns of a fixed length, one number for each class; and one side of a sum, over which its innermost loop runs. They belong
 * to the functions that use them, and so they are constants to the compiler, which has nothing to look up and little to check
 * in that loop. Not re-entrant.
 */
function columns(): Columns {
  const [weights, firsts, seconds] = [new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES)];
  const shifts = new Float64Array(INNER_BRANCHES).fill(Number.MAX_VALUE);
  const [sideWeights, sideShifts] = [new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES)];
  const [sideMeans, sideVariances] = [new Float64Array(INNER_BRANCHES), new Float64Array(INNER_BRANCHES)];
  function put(weight: number, shift: number, total: number, variance: number, low: number, scale: number): void {
    // a mean below the smallest by its last digit has no root: that is the first class too
    const place = (Math.sqrt(total - low) * scale) | 0;
    const k = place < INNER_BRANCHES ? place : INNER_BRANCHES - 1;
    weights[k] = (weights[k] as number) + weight;
    firsts[k] = (firsts[k] as number) + weight * total;
    seconds[k] = (seconds[k] as number) + weight * (variance + total * total);
    if (shift < (shifts[k] as number)) shifts[k] = shift;
  }
  function setApart(list: Float64Array, from: number, count: number): void {
    for (let i = 0, at = from * FIELDS; i < count; i++, at += FIELDS) {
      sideWeights[i] = list[at] as number;
      sideShifts[i] = list[at + 1] as number;
      sideMeans[i] = list[at + 2] as number;
      sideVariances[i] = list[at + 3] as number;
    }
  }
  function putSide(count: number, weight: number, shift: number, mean: number, variance: number, low: number, scale: number): void {
    for (let i = 0; i < count; i++) {
      const start = shift + (sideShifts[i] as number);
      put(weight * (sideWeights[i] as number), start, start + mean + (sideMeans[i] as number), variance + (sideVariances[i] as number), low, scale);
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
  return { put, setApart, putSide, collect };
}

const { put, setApart, putSide, collect } = columns();

/** The branches of a list from `from` on in classes, written from `into` on (which may be the same place); returns how many there are then. */
export function putInClasses(list: Float64Array, from: number, count: number, into: number): number {
  lookAt(list, from, count);
  const { low, high } = span;
  const scale = scaleOf(low, high);
  for (let at = from * FIELDS, end = at + count * FIELDS; at < end; at += FIELDS) {
    const shift = list[at + 1] as number;
    put(list[at] as number, shift, shift + (list[at + 2] as number), list[at + 3] as number, low, scale);
  }
  return collect(list, into);
}

/** The sum of two mixtures of a list, of at most `INNER_BRANCHES` branches each, in classes, written from branch `into` on; returns how many there are. */
export function addInClasses(list: Float64Array, fromA: number, countA: number, fromB: number, countB: number, into: number): number {
  lookAt(list, fromA, countA);
  const { low: lowA, high: highA } = span;
  lookAt(list, fromB, countB);
  const low = lowA + span.low;
  const scale = scaleOf(low, highA + span.high);
  setApart(list, fromB, countB);
  for (let at = fromA * FIELDS, end = at + countA * FIELDS; at < end; at += FIELDS) putSide(countB, list[at] as number, list[at + 1] as number, list[at + 2] as number, list[at + 3] as number, low, scale);
  return collect(list, into);
}
