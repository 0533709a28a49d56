/** What failures leave of several nodes: a column by node, with the nodes that it says something about. */
import type { NodesLeft } from '../availability/element-values.ts';
import { type Numbers, wholes } from '../math/lists.ts';

/** Units left by node index; nodes that were not set have all theirs. */
export class UnitsLeft implements NodesLeft {
  /** One more than the units that are left; 0 for nodes that lose none. */
  private readonly units: Numbers;
  private readonly nodes: number[] = [];

  constructor(nodes: number) {
    this.units = wholes(nodes);
  }

  /** Leave so many units of a node. Each node once. */
  set(node: number, units: number): void {
    this.units[node] = units + 1;
    this.nodes.push(node);
  }

  get(node: number): number | undefined {
    const units = this.units[node] as number;
    return units === 0 ? undefined : units - 1;
  }

  /** In the order in which they were set. */
  keys(): readonly number[] {
    return this.nodes;
  }

  /** How many nodes lose something. */
  get size(): number {
    return this.nodes.length;
  }

  /** Give all nodes their units back. */
  clear(): void {
    for (const node of this.nodes) this.units[node] = 0;
    this.nodes.length = 0;
  }
}
