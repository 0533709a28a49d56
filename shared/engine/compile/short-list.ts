/** Lists that mostly end with one or two members, of which a drawing has thousands. */

/** The list with one more, the same one where it can be. The first two are put in lists just as long: one that grows takes room for sixteen more. */
export function withOneMore<T>(list: T[] | null | undefined, item: T): T[] {
  if (!list) return [item];
  if (list.length === 1) return [list[0] as T, item];
  list.push(item);
  return list;
}
