import type { Design } from '../../../shared/model/design.ts';

/** "Shortener API to Postgres primary". */
export function edgeName(design: Design, id: string): string {
  const edge = design.edges[id];
  const end = (at: string | undefined): string => (at === undefined ? 'nothing' : (design.nodes[at]?.name ?? design.boundaries[at]?.name ?? 'nothing'));
  return `${end(edge?.from)} to ${end(edge?.to)}`;
}
