/** Failures on demand: units, components and zones that stop and come back. */
import type { SimulatedFailure } from '../../contracts/simulation.ts';
import type { CompiledDesign, NodeFacts } from '../types.ts';
import { FAILURE } from './kernel/kernel.ts';
import type { Machine } from './kernel/machine.ts';
import type { SimNode } from './lower/parts.ts';

/** Time until a dead target gets no more requests where no health check is drawn [A]: three checks of ten seconds. */
const UNCHECKED_S = 30;

/** Steps of a failure: it stops, callers notice, it comes back. */
const STOP = 0;
const NOTICE = 1;
const RESTORE = 2;

interface Loss { readonly node: number; readonly units: number | null; readonly first: number; readonly restoreS: number | null }

function detectionS(facts: NodeFacts, compiled: CompiledDesign): number {
  for (const edge of facts.view.in) {
    const check = compiled.nodes[edge.from.index]?.balancer?.health_check;
    if (check) return check.interval_s * check.threshold;
  }
  return UNCHECKED_S;
}

/** A store with a standby comes back by itself. */
function restoreOf(failure: SimulatedFailure, facts: NodeFacts): number | null {
  if (failure.restore_s !== null) return Math.max(failure.at_s, failure.restore_s);
  const { units, outage_s } = facts.view.behavior.failure;
  return facts.view.behavior.stateful && units > 1 && outage_s > 0 ? failure.at_s + outage_s : null;
}

/** The failures of one run. */
export class Failures {
  private readonly machine: Machine;
  private readonly nodes: readonly SimNode[];
  private readonly compiled: CompiledDesign;
  private readonly caches: readonly number[];
  private readonly losses: Loss[] = [];

  constructor(machine: Machine, nodes: readonly SimNode[], compiled: CompiledDesign, caches: readonly number[], failures: readonly SimulatedFailure[]) {
    this.machine = machine;
    this.nodes = nodes;
    this.compiled = compiled;
    this.caches = caches;
    for (const failure of failures) for (const facts of compiled.nodes) this.plan(failure, facts);
  }

  private plan(failure: SimulatedFailure, facts: NodeFacts): void {
    const { target } = failure;
    const { index } = facts.view;
    const group = this.nodes[index]?.groups[0];
    const drawn = this.nodes[index]?.pooled ? facts.units : group === undefined ? 1 : (this.machine.units.active[group] as number) / (this.machine.units.each[group] as number);
    if (target.kind === 'node') {
      if (facts.view.id !== target.id) return;
      const units = target.units === undefined || target.units >= drawn ? null : Math.max(1, Math.round(target.units));
      return this.add({ node: index, units, first: 0, restoreS: restoreOf(failure, facts) }, failure.at_s);
    }
    const zone = facts.view.zones.indexOf(target.id);
    if (zone < 0 || facts.view.behavior.failure.regional || facts.view.behavior.routing === 'source') return;
    const units = Math.round((facts.zoneShares[zone] ?? 1) * drawn);
    if (units === 0) return;
    // the units of a zone lie together here, so that losing two zones loses what stands in both
    const first = Math.round(facts.zoneShares.slice(0, zone).reduce((sum, share) => sum + share, 0) * drawn);
    this.add({ node: index, units: units >= drawn ? null : units, first, restoreS: restoreOf(failure, facts) }, failure.at_s);
  }

  private add(loss: Loss, at: number): void {
    const id = this.losses.length * 4;
    this.losses.push(loss);
    const { heap } = this.machine.kernel;
    const facts = this.compiled.nodes[loss.node] as NodeFacts;
    const noticed = at + detectionS(facts, this.compiled);
    heap.push(at, (id + STOP) * 16 + FAILURE);
    if (loss.restoreS === null || noticed < loss.restoreS) heap.push(noticed, (id + NOTICE) * 16 + FAILURE);
    if (loss.restoreS !== null) heap.push(loss.restoreS, (id + RESTORE) * 16 + FAILURE);
  }

  /** One step of one failure. */
  happen(id: number): void {
    const loss = this.losses[id >> 2] as Loss;
    const step = id & 3;
    const node = this.nodes[loss.node] as SimNode;
    if (loss.units === null) this.whole(loss.node, step);
    if (node.pooled && node.server !== null && loss.units !== null) {
      const left = step === RESTORE ? node.units : Math.max(0, node.units - loss.units);
      if (step !== NOTICE) this.machine.servers.resize(node.server, left * node.pooled.slotsPerUnit);
      return;
    }
    for (const group of node.groups) this.units(group, loss, step);
    const cache = this.caches[loss.node] ?? -1;
    if (cache >= 0 && loss.units === null && step === STOP) this.machine.caches.empty(cache);
  }

  private whole(node: number, step: number): void {
    if (step === STOP) this.machine.nodeUp[node] = 0;
    else if (step === NOTICE) this.machine.nodeListed[node] = 0;
    else this.machine.nodeUp[node] = this.machine.nodeListed[node] = 1;
    const { fn } = this.nodes[node] as SimNode;
    if (fn !== null && step !== NOTICE) this.machine.functions.setUp(fn, step === RESTORE);
  }

  private units(group: number, loss: Loss, step: number): void {
    const { units, stations, servers } = this.machine;
    const each = units.each[group] as number;
    const start = (units.first[group] as number) + loss.first * each;
    const end = Math.min((units.first[group] as number) + (units.most[group] as number), loss.units === null ? Number.MAX_SAFE_INTEGER : start + loss.units * each);
    for (let unit = start; unit < end; unit++) {
      if (step === NOTICE) {
        units.listed[unit] = 0;
        continue;
      }
      units.up[unit] = step === RESTORE ? 1 : 0;
      if (step === RESTORE) units.listed[unit] = 1;
      else {
        stations.stop(unit);
        servers.stop(unit);
      }
    }
  }
}
