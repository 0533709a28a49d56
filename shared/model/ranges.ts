import type { Design } from './design.ts';
import { isRange } from './quantity.ts';

/** Whether a stored value is a range with two different ends, or holds one as a member. */
function isOpen(value: unknown): boolean {
  if (isRange(value)) return value.low < value.high;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).some((member) => isRange(member) && member.low < member.high);
}

function anyOpen(stored: object): boolean {
  return Object.values(stored).some(isOpen);
}

/** Whether any number of the document is a range with two different ends: then its results are ranges too. */
export function hasRanges({ workload, nodes, edges, journeys, entities }: Design): boolean {
  if (anyOpen(workload)) return true;
  if ([nodes, edges].some((things) => Object.values(things).some(({ params }) => anyOpen(params)))) return true;
  if ([journeys, entities].some((things) => Object.values(things).some(anyOpen))) return true;
  return Object.values(journeys).some(({ steps = [], demands = {} }) => steps.some(anyOpen) || Object.values(demands).some(anyOpen));
}
