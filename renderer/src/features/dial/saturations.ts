import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { formatMultiple, formatRate } from '../../../../shared/lib/format.ts';
import { RESOURCE_WORDS } from '../../evaluation/resource-words.ts';

/** What has been told of a drawing's stations. */
export interface Told {
  /** Stations that have been told, and are not told again until the load was back at 1x. */
  readonly keys: ReadonlySet<string>;
  /** Stations that became saturated and wait to be told, the latest last. */
  readonly waiting: readonly BreakPoint[];
}

export const NOTHING_TOLD: Told = { keys: new Set(), waiting: [] };

/**
 * What is to be told after the load or the breaks changed: each station that now reaches 100 % and has not been told.
 * Back at 1x the stations that hold there can be told anew.
 */
export function tellNext(told: Told, breaks: readonly BreakPoint[], multiple: number): Told {
  const saturated = breaks.filter((place) => place.multiple <= multiple).sort((a, b) => a.multiple - b.multiple);
  const now = new Set(saturated.map(({ node }) => node));
  const kept = multiple > 1 ? told.keys : new Set([...told.keys].filter((node) => now.has(node)));
  const fresh = saturated.filter((place, index) => !kept.has(place.node) && saturated.findIndex(({ node }) => node === place.node) === index);
  return { keys: new Set([...kept, ...fresh.map(({ node }) => node)]), waiting: [...told.waiting.filter(({ node }) => now.has(node)), ...fresh] };
}

/** The announcement of stations that saturated since the last one: the first in full, the others by name. */
export function saturationText(places: readonly BreakPoint[], nameOf: (node: string) => string): string {
  const [first, ...rest] = places;
  if (!first) return '';
  const full = `${nameOf(first.node)} saturates at ${formatMultiple(first.multiple)}, ${formatRate(first.rps)}, on ${RESOURCE_WORDS[first.resource]}.`;
  return rest.length === 0 ? full : `${full} Also saturated: ${rest.map(({ node }) => nameOf(node)).join(', ')}.`;
}
