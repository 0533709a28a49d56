/** One formula in several states at once, side by side: the way through its parts is found once for all of them. */
import { ANY, ONE, type FormulaGraph } from './formula-graph.ts';
import type { Program } from './program.ts';

/** Scratch of one pass: values by formula and lane. */
let values = new Float64Array(0);

/** Value of a formula in every lane from those of its parts, to row `i` of `value`. `up`: by element and lane. */
function stepLanes({ parts, elements, shares, kinds }: FormulaGraph, i: number, up: Float64Array, value: Float64Array, lanes: number): void {
  const row = i * lanes;
  const kind = kinds[i] as number;
  for (let l = 0; l < lanes; l++) value[row + l] = 1;
  for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) {
    const part = (parts.items[at] as number) * lanes;
    const share = shares[at] as number;
    if (kind === ONE) for (let l = 0; l < lanes; l++) value[row + l] = (value[row + l] as number) - share * (1 - (value[part + l] as number));
    else if (kind === ANY) for (let l = 0; l < lanes; l++) value[row + l] = (value[row + l] as number) * (1 - (value[part + l] as number));
    else for (let l = 0; l < lanes; l++) value[row + l] = (value[row + l] as number) * (1 - share * (1 - (value[part + l] as number)));
  }
  if (kind === ANY) {
    for (let l = 0; l < lanes; l++) value[row + l] = 1 - (value[row + l] as number);
    return;
  }
  for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) {
    const element = (elements.items[at] as number) * lanes;
    for (let l = 0; l < lanes; l++) value[row + l] = (value[row + l] as number) * (up[element + l] as number);
  }
}

/** `pass` in every lane: values of the whole formula by lane, which hold until the next pass. `up`: by element and lane. */
export function passLanes({ graph, order }: Program, up: Float64Array, lanes: number): Float64Array {
  if (values.length < graph.size * lanes) values = new Float64Array(graph.size * lanes);
  const value = values;
  for (let k = 0; k < order.length; k++) stepLanes(graph, order[k] as number, up, value, lanes);
  const root = (order[order.length - 1] as number) * lanes;
  return value.subarray(root, root + lanes);
}
