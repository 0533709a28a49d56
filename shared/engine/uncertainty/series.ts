/**
 * Numbers of which a drawing has thousands: figures of components, rates of connections, lines of the bill, places that
 * break. A run keeps them in one array of floats, not as objects, so that hundreds of runs of a large drawing fit.
 */
import type { Evaluation, NodeResult } from '../../contracts/evaluation.ts';
import { breakKey, costKey, NODE_MEASURES, type BreakRanges, type CostRanges, type Ends, type NodeRanges } from '../../contracts/uncertainty.ts';
import { quantity, type Quantity } from '../../model/quantity.ts';

/** One number: which kind of thing, which one, and which of its figures. */
interface Slot { readonly kind: 'node' | 'edge' | 'item' | 'break' | 'place'; readonly id: string; readonly measure: string }

/** What counts where a run has no such number: a line that is not billed costs nothing, a place that never breaks has no limit. */
const ABSENT: Readonly<Record<Slot['kind'], number>> = { node: NaN, edge: NaN, item: 0, break: Infinity, place: NaN };

/** Failure units that are places of the drawing. */
const PLACES: ReadonlySet<string> = new Set(['region', 'zone', 'cluster']);

/** Ends nearer than this are one: the noise of arithmetic is no range. */
const NOISE = 1e-9;

function orderOf({ value, state }: Quantity): number {
  return value ?? (state === 'saturated' || state === 'unbounded' ? Infinity : NaN);
}

function nodeFigures({ utilisation, arrival_rps, reads_rps, writes_rps, evidence, backlog, breaks_at, availability, cost_usd_month }: NodeResult): readonly number[] {
  return [utilisation ?? NaN, arrival_rps, reads_rps, writes_rps, evidence['connections'] ?? NaN, backlog ? orderOf(backlog.messages) : NaN, orderOf(breaks_at), orderOf(availability), cost_usd_month];
}

/** Quantile between order statistics (Hyndman and Fan's type 7) of sorted numbers, of which the last may be infinite. */
function quantileOf(sorted: Float64Array, level: number): number {
  const at = level * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  if (at === Math.floor(at)) return below;
  return Number.isFinite(above) ? below + (above - below) * (at - Math.floor(at)) : above;
}

/** Names the numbers and gathers them run by run. */
export class Series {
  private readonly places = new Map<string, number>();
  private readonly slots: Slot[] = [];
  /** The first is the one with the likely values. */
  private readonly runs: Float64Array[] = [];

  private placeOf(slot: Slot): number {
    const name = `${slot.kind}\n${slot.id}\n${slot.measure}`;
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.slots.length);
    return this.slots.push(slot) - 1;
  }

  /** Take one run's numbers; the first call must be with the likely values. */
  take({ nodes, edges, cost, breaks, blast }: Evaluation): void {
    const values: [number, number][] = [];
    const put = (kind: Slot['kind'], id: string, measure: string, value: number): void => void values.push([this.placeOf({ kind, id, measure }), value]);
    for (const [id, node] of Object.entries(nodes)) nodeFigures(node).forEach((value, i) => void (Number.isNaN(value) || put('node', id, NODE_MEASURES[i] as string, value)));
    for (const [id, { rps }] of Object.entries(edges)) put('edge', id, 'rps', rps);
    for (const item of cost.items) {
      const total = item.connected ? cost.usd_month : cost.not_connected_usd_month;
      const figures = { usd_month: item.usd_month, quantity: item.quantity, share: total > 0 ? item.usd_month / total : 0 };
      for (const [measure, value] of Object.entries(figures)) put('item', costKey(item), measure, value);
    }
    for (const { kind, target, share_lost } of blast) if (PLACES.has(kind)) put('place', target, 'share_lost', share_lost);
    for (const point of breaks) put('break', breakKey(point), 'multiple', point.multiple);
    const run = Float64Array.from(this.slots, ({ kind }) => ABSENT[kind]);
    // two lines of the bill with the same words are one
    for (const [at, value] of values) run[at] = this.slots[at]?.kind === 'item' ? (run[at] as number) + value : value;
    this.runs.push(run);
  }

  private valuesOf(at: number): Float64Array {
    const { kind } = this.slots[at] as Slot;
    return Float64Array.from(this.runs, (run) => (at < run.length ? (run[at] as number) : ABSENT[kind]));
  }

  private endsOf(values: Float64Array): Ends | null {
    const sampled = values.subarray(1).filter((value) => !Number.isNaN(value)).sort();
    if (sampled.length === 0) return null;
    const [p10, p90] = [quantileOf(sampled, 0.1), quantileOf(sampled, 0.9)];
    if (p10 === p90 || Math.abs(p90 - p10) <= NOISE * Math.abs(p10)) return null;
    const likely = values[0] as number;
    return { likely: Number.isNaN(likely) ? { value: null, state: 'not_applicable' } : quantity(likely), p10: quantity(p10), p90: quantity(p90) };
  }

  /** Everything that is not the same in most runs, by the things that it belongs to. */
  result(): { readonly nodes: Readonly<Record<string, NodeRanges>>; readonly edges: Readonly<Record<string, Ends>>; readonly cost_items: Readonly<Record<string, CostRanges>>; readonly breaks: Readonly<Record<string, BreakRanges>>; readonly blast: Readonly<Record<string, Ends>> } {
    const found = { nodes: {} as Record<string, Record<string, Ends>>, edges: {} as Record<string, Ends>, cost_items: {} as Record<string, Record<string, Ends>>, breaks: {} as Record<string, BreakRanges>, blast: {} as Record<string, Ends> };
    this.slots.forEach(({ kind, id, measure }, at) => {
      const values = this.valuesOf(at);
      const ends = this.endsOf(values);
      if (ends === null) return;
      if (kind === 'node') (found.nodes[id] ??= {})[measure] = ends;
      else if (kind === 'edge') found.edges[id] = ends;
      else if (kind === 'item') (found.cost_items[id] ??= {})[measure] = ends;
      else if (kind === 'place') found.blast[id] = ends;
      else {
        const [node = '', resource] = id.split('\n') as [string, BreakRanges['resource']];
        found.breaks[id] = { node, resource, share: values.subarray(1).filter(Number.isFinite).length / (values.length - 1), multiple: ends };
      }
    });
    return found;
  }
}
