import type { Design } from './design.ts';
import { isRange } from './quantity.ts';

function anyOpen(stored: Readonly<Record<string, unknown>>): boolean {
  return Object.values(stored).some((value) => isRange(value) && value.low < value.high);
}

/** Whether any number of the document is a range with two different ends: then its results are ranges too. */
export function hasRanges(design: Design): boolean {
  if (anyOpen(design.workload) || Object.values(design.journeys).some(({ rate_rps }) => anyOpen({ rate_rps }))) return true;
  return Object.values(design.nodes).some(({ params }) => anyOpen(params)) || Object.values(design.edges).some(({ params }) => anyOpen(params));
}
