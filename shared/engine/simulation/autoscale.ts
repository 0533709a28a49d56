/** Units that follow the load with a lag: a controller looks at the busiest resource from time to time. */
import type { NodeFacts } from '../types.ts';
import { READY_UNITS, SCALE } from './kernel/kernel.ts';
import type { Machine } from './kernel/machine.ts';
import type { SimNode } from './lower/parts.ts';

/** How often it looks, and how long the load must be lower before units go [A]. */
const PERIOD_S = 15;
const CALM_S = 300;

interface Scaled { readonly node: number; readonly min: number; readonly max: number; readonly target: number; readonly lagS: number; readonly resources: readonly number[]; units: number; ordered: number; calmSince: number; work: Float64Array }

/** The controllers of one simulation. */
export class Autoscaler {
  private readonly machine: Machine;
  private readonly nodes: readonly SimNode[];
  private readonly scaled: Scaled[] = [];

  constructor(machine: Machine, nodes: readonly SimNode[], facts: readonly NodeFacts[]) {
    this.machine = machine;
    this.nodes = nodes;
    facts.forEach(({ view }, node) => {
      const scale = view.behavior.autoscale;
      const made = nodes[node] as SimNode;
      const resources = machine.gauges.nodeOf.flatMap((owner, resource) => (owner === node ? [resource] : []));
      if (!scale || resources.length === 0) return;
      this.scaled.push({
        node, min: Math.max(1, scale.min), max: Math.max(1, scale.min, scale.max), target: Math.max(0.01, scale.target), lagS: scale.lag_s, resources,
        units: made.units, ordered: made.units, calmSince: 0, work: new Float64Array(resources.length),
      });
    });
    this.scaled.forEach((_, i) => machine.kernel.after(PERIOD_S, SCALE, i));
  }

  /** Units of a node now, null when it does not scale. */
  unitsOf(node: number): number | null {
    return this.scaled.find((scaled) => scaled.node === node)?.units ?? null;
  }

  /** The controller looks: more units are ordered at once and come after the lag; fewer only after a calm while. */
  look(index: number): void {
    const scaled = this.scaled[index] as Scaled;
    const { kernel, gauges } = this.machine;
    let busiest = 0;
    scaled.resources.forEach((resource, i) => {
      const work = gauges.busy[resource] as number;
      busiest = Math.max(busiest, (work - (scaled.work[i] as number)) / PERIOD_S / Math.max(1e-9, gauges.servers[resource] as number));
      scaled.work[i] = work;
    });
    // whatever waits is work too
    const waits = (gauges.waiting[scaled.node] as number) > scaled.units ? 1 : 0;
    const wanted = Math.min(scaled.max, Math.max(scaled.min, Math.ceil(scaled.units * (busiest / scaled.target) - 1e-9), waits === 1 ? Math.min(scaled.max, scaled.units + 1) : 0));
    if (wanted > scaled.ordered) {
      scaled.ordered = wanted;
      kernel.after(scaled.lagS, READY_UNITS, index);
    }
    if (wanted >= scaled.units) scaled.calmSince = kernel.now;
    else if (kernel.now - scaled.calmSince >= CALM_S && scaled.ordered === scaled.units) {
      this.set(scaled, wanted);
      scaled.calmSince = kernel.now;
    }
    kernel.after(PERIOD_S, SCALE, index);
  }

  /** Ordered units are there. */
  ready(index: number): void {
    const scaled = this.scaled[index] as Scaled;
    this.set(scaled, scaled.ordered);
  }

  private set(scaled: Scaled, units: number): void {
    const { machine } = this;
    const node = this.nodes[scaled.node] as SimNode;
    const factor = units / scaled.units;
    scaled.units = units;
    scaled.ordered = units;
    for (const resource of scaled.resources) machine.gauges.servers[resource] = (machine.gauges.servers[resource] as number) * factor;
    if (node.pooled && node.server !== null) machine.servers.resize(node.server, node.pooled.slotsPerUnit * units);
    else for (const group of node.groups) machine.units.active[group] = Math.min(machine.units.most[group] as number, units * (machine.units.each[group] as number));
  }
}
