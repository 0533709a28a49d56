import type { CostItem } from '../../../../shared/contracts/evaluation.ts';
import type { Ends } from '../../../../shared/contracts/uncertainty.ts';
import { endsText, unitWriting } from '../../../../shared/drawing/range-figures.ts';
import { formatCount, formatNumber } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** One line of the bill with a key of its own: a component may have two lines of one price. */
export interface CostRow { readonly key: string; readonly item: CostItem }

/** Lines that count, and lines of parts that no journey reaches. */
export function splitItems(items: readonly CostItem[]): { readonly connected: readonly CostRow[]; readonly apart: readonly CostRow[] } {
  const rows = items.map((item, index) => ({ key: `${index} ${item.node ?? item.edge ?? ''} ${item.price_key}`, item }));
  return { connected: rows.filter(({ item }) => item.connected), apart: rows.filter(({ item }) => !item.connected) };
}

/** What a line belongs to: a component, a connection by its ends, or the whole design. */
export function ownerName(design: Design, item: CostItem): string {
  if (item.node !== null) return design.nodes[item.node]?.name ?? 'A removed part';
  const edge = item.edge === undefined ? undefined : design.edges[item.edge];
  if (!edge) return 'Whole design';
  const end = (id: string): string => design.nodes[id]?.name ?? design.boundaries[id]?.name ?? 'a removed part';
  return `${end(edge.from)} to ${end(edge.to)}`;
}

/** How much of it: "2 units", "1.3M requests", from end to end where that is uncertain. Whole numbers in full up to a million; what a unit stands for in brackets is left out. */
export function quantityText({ quantity, unit }: Pick<CostItem, 'quantity' | 'unit'>, ends?: Ends): string {
  const figure = endsText(ends, unitWriting('')) ?? (quantity < 1e6 ? formatCount(quantity) : formatNumber(quantity));
  return `${figure} ${unit.replace(/ *\([^)]*\)/g, '')}`.trim();
}

/** "1 component has", "3 components have". */
export function componentsText(count: number): string {
  return count === 1 ? '1 component has' : `${count} components have`;
}
