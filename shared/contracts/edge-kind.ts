import type { EdgeKind } from '../model/design.ts';
import type { Behavior, NodeRole } from './behavior.ts';

/** What inference needs to know about one end of a connection. */
export interface EdgeEnd {
  /** The component type, only compared for equality: two stores of one type replicate. */
  readonly type: string;
  readonly role: NodeRole;
  /** Roles of an in-memory store (`cache`, `session`, `broker` ...); empty for everything else. */
  readonly memoryRoles: readonly string[];
}

const STORES: ReadonlySet<NodeRole> = new Set<NodeRole>(['relational', 'key-value', 'search', 'warehouse', 'object-store']);
const CALLERS: ReadonlySet<NodeRole> = new Set<NodeRole>(['compute', 'worker', 'function', 'gateway', 'auth', 'plain', 'pooler']);

/** The facts of one end, from its type and behavior. */
export function edgeEnd(type: string, behavior: Behavior): EdgeEnd {
  const memory = behavior.resources.find((resource) => resource.kind === 'cache');
  return { type, role: behavior.role, memoryRoles: memory?.kind === 'cache' ? memory.roles : [] };
}

function isMemory(end: EdgeEnd): boolean {
  return end.role === 'cache' || end.role === 'memory-store' || end.memoryRoles.length > 0;
}

function isCache(end: EdgeEnd): boolean {
  return isMemory(end) && (end.role === 'cache' || end.memoryRoles.includes('cache'));
}

/** Takes messages: a broker, a topic, or an in-memory store that serves as one and not as a cache. */
function isBroker(end: EdgeEnd): boolean {
  if (end.role === 'broker' || end.role === 'topic') return true;
  return isMemory(end) && !isCache(end) && (end.memoryRoles.includes('broker') || end.memoryRoles.includes('pubsub'));
}

/** Hands messages out: as `isBroker`, and a cache that is a broker as well. */
function deliversMessages(end: EdgeEnd): boolean {
  return isBroker(end) || (isMemory(end) && (end.memoryRoles.includes('broker') || end.memoryRoles.includes('pubsub')));
}

function isStore(end: EdgeEnd): boolean {
  return STORES.has(end.role) || isMemory(end);
}

function fromMessages(to: EdgeEnd): EdgeKind {
  return to.role === 'function' ? 'trigger' : 'consume';
}

function fromStore(from: EdgeEnd, to: EdgeEnd): EdgeKind | null {
  if (from.role === 'object-store' && (to.role === 'function' || isBroker(to))) return 'trigger';
  if (isBroker(to)) return 'replicate';
  return isStore(to) && from.type === to.type ? 'replicate' : null;
}

/** Is asked beside the requests, or takes what failed: a connection to it carries no load, however it is drawn. */
export function bearsNoLoad({ role }: EdgeEnd): boolean {
  return role === 'directory' || role === 'dead-letter';
}

/**
 * Kind of a connection that states none (semantics 4), from the two ends only. `to` decides first what cannot be a
 * request (telemetry, directories), then `from` decides whether it hands out messages or copies data.
 */
export function inferEdgeKind(from: EdgeEnd, to: EdgeEnd): EdgeKind {
  if (to.role === 'telemetry') return 'trace';
  if (bearsNoLoad(to)) return 'lookup';
  if (from.role === 'migration' && to.role === 'relational') return 'migrate';
  if (deliversMessages(from) && (CALLERS.has(to.role) || isStore(to) || isBroker(to))) return fromMessages(to);
  const copied = isStore(from) ? fromStore(from, to) : null;
  if (copied) return copied;
  if (isBroker(to)) return 'publish';
  if (isMemory(to)) return isCache(to) ? 'cache' : 'db';
  return STORES.has(to.role) ? 'db' : 'http';
}

/**
 * True for an arrow drawn from a store to something that calls stores: a reading direction, not a call direction. It is
 * evaluated the other way round unless an edge that way is drawn too, in which case it carries nothing (semantics 4).
 */
export function pointsAtItsCaller(from: EdgeEnd, to: EdgeEnd): boolean {
  if (!isStore(from) || deliversMessages(from) || !CALLERS.has(to.role)) return false;
  return !(from.role === 'object-store' && to.role === 'function');
}
