/**
 * Equality of what a drawing has by the thousand, member by member: a loop over the names of members costs a hundred times as
 * much. `same.test.ts` holds them to all members that there are.
 */
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { Call, EdgeFacts, NodeFacts } from '../types.ts';
import { isShared } from './share.ts';

function sameList(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before === after || (before.length === 0 && after.length === 0) || isShared(before, after);
}

/** True when both are the same call. */
export function sameCall(a: Call, b: Call): boolean {
  return a === b || (
    a.from === b.from && a.to === b.to && a.edge === b.edge && a.op === b.op && a.rate === b.rate && a.arrive === b.arrive && a.drive === b.drive &&
    a.looksUp === b.looksUp && a.deletes === b.deletes && a.wait === b.wait && a.trips === b.trips && a.probability === b.probability && a.group === b.group &&
    a.hard === b.hard && a.tripS === b.tripS && a.scatter === b.scatter && a.push === b.push && a.kb === b.kb && a.reply === b.reply &&
    sameList(a.gates, b.gates) && sameList(a.lookups, b.lookups) && isShared(a.batch, b.batch)
  );
}

/** Equal values of one object state the same. */
function sameParams(a: EdgeView['params'] | NodeView['params'], b: EdgeView['params'] | NodeView['params']): boolean {
  return a === b || isShared(a.values, b.values);
}

/** But for the components at its ends, which are compared for themselves. */
function sameEdgeView(a: EdgeView, b: EdgeView): boolean {
  return a.id === b.id && a.index === b.index && a.kind === b.kind && a.kindInferred === b.kindInferred && a.synchronous === b.synchronous &&
    a.rtt_s === b.rtt_s && a.crossZone === b.crossZone && a.idleReason === b.idleReason && sameList(a.fronts, b.fronts) && isShared(a.edge, b.edge) && sameParams(a.params, b.params);
}

/** True when both are the same connection, whatever its ends have become. */
export function sameEdge(a: EdgeFacts, b: EdgeFacts): boolean {
  return a.tripS === b.tripS && a.kb === b.kb && a.only === b.only && a.isFront === b.isFront &&
    a.seriesUse === b.seriesUse && a.alternatives === b.alternatives && a.timeoutS === b.timeoutS && sameList(a.fronts, b.fronts) && sameEdgeView(a.view, b.view);
}

/** Its resources, as they follow from what it is. */
function sameResources(a: NodeFacts, b: NodeFacts): boolean {
  return isShared(a.process, b.process) && isShared(a.pool, b.pool) && isShared(a.store, b.store) && isShared(a.cache, b.cache) && isShared(a.broker, b.broker) && isShared(a.fn, b.fn) &&
    isShared(a.balancer, b.balancer) && isShared(a.edgeCache, b.edgeCache) && sameList(a.others, b.others) && sameList(a.capped, b.capped) && a.units === b.units;
}

/** But for its connections, which are compared for themselves. */
function sameNodeView(a: NodeView, b: NodeView): boolean {
  return a.id === b.id && a.index === b.index && a.known === b.known && a.region === b.region && a.deployableGroup === b.deployableGroup && sameList(a.zones, b.zones) &&
    isShared(a.node, b.node) && isShared(a.behavior, b.behavior) && sameParams(a.params, b.params);
}

/** True when both are the same component, whatever its connections have become. */
export function sameNode(a: NodeFacts, b: NodeFacts): boolean {
  return a.split === b.split && a.policy === b.policy && a.hot === b.hot && a.blocking === b.blocking && a.syncCopyS === b.syncCopyS && a.lagTripS === b.lagTripS &&
    sameList(a.zoneShares, b.zoneShares) && sameList(a.replays, b.replays) && sameList(a.limited, b.limited) && isShared(a.popularity, b.popularity) &&
    sameResources(a, b) && sameNodeView(a.view, b.view);
}
