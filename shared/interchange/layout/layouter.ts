/** Something to place, canvas units. One with `children` closes around them, whatever its own size. */
export interface LayoutBox {
  readonly key: string;
  readonly w: number;
  readonly h: number;
  readonly children: readonly LayoutBox[];
}

/** Boxes, and who calls whom by key; a connection may lead to a box at any depth. */
export interface LayoutGraph {
  readonly boxes: readonly LayoutBox[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Top left corner of every box without children, by key, in one system of coordinates. */
export type LayoutPlaces = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/**
 * Places boxes in layers from left to right along their connections, without overlaps and at least the gaps of
 * `geometry.ts` apart. The same graph gives the same places. Knows no pinned boxes: everything given is placed.
 */
export type Layouter = (graph: LayoutGraph) => Promise<LayoutPlaces>;
