/** Longest list that is sorted by insertion: beyond it the steps, which grow with the square, cost more than they save. */
const FEW = 12;

/**
 * Sort in place and return the list, as `sort` does: stable, by `compare`. Made for the many lists of two or three: the
 * built-in one sets aside more than a kilobyte for its merges, however short the list.
 */
export function sortFew<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  if (list.length > FEW) return list.sort(compare);
  for (let end = 1; end < list.length; end++) {
    const moved = list[end] as T;
    let at = end;
    for (; at > 0 && compare(list[at - 1] as T, moved) > 0; at--) list[at] = list[at - 1] as T;
    list[at] = moved;
  }
  return list;
}
