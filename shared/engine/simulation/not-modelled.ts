/** Features of a drawing that the simulation lacks, and what it assumes where the drawing says nothing. */
import type { CompiledDesign, EdgeFacts, NodeFacts } from '../types.ts';
import { MOST_KEYS } from './kernel/caches.ts';
import { answersOf } from './lower/common.ts';
import { MOST_USERS } from './users.ts';

type Missing = { readonly what: string; readonly target?: string };

function ofNode(facts: NodeFacts, crowded: boolean): string[] {
  const missing: string[] = [];
  const { store, pool, broker, fn, others, view } = facts;
  if (crowded) missing.push('More than a million users who wait for their answers: requests come at the rate that they reach');
  if (!view.known) missing.push('Unknown type: requests pass it without time');
  if (store && facts.popularity.declared) missing.push('Locks on single rows');
  if (store && (store.replicas > 0 || facts.replays.length > 0)) missing.push('How far replicas are behind');
  if (store) missing.push('The limit on database connections');
  if (pool && pool.prefetch > 1) missing.push('Messages that a consumer has taken but not begun');
  if (broker?.visibility_s != null) missing.push('Deliveries repeated after the visibility timeout');
  const pulled = view.out.every((edge) => edge.idleReason || (edge.kind !== 'consume' && edge.kind !== 'trigger') || edge.to.behavior.resources.some(({ kind }) => kind === 'consumer-pool'));
  if ((broker?.max_length != null || broker?.retention_s != null) && !pulled) missing.push('Messages dropped at the longest queue or age');
  if (fn) missing.push('The time limit of a function');
  if (others.some((other) => other.kind === 'partitioned-store')) missing.push('Throttling of single partitions');
  if (others.some((other) => other.kind === 'connections') && view.in.some((edge) => edge.kind === 'ws')) missing.push('Open connections and messages pushed over them');
  if (facts.capped.some((capped) => capped.per !== 'request') || broker?.bandwidth_kb_s != null) missing.push('Bandwidth');
  return missing;
}

function ofEdge({ view }: EdgeFacts, answered: ReadonlySet<number>): string[] {
  const { single_flight, lease, early_refresh, bulk_loaded, blocking_driver, request_reply, outbox } = view.params.values;
  const missing: string[] = [];
  if (view.kind === 'cache' && (single_flight || lease)) missing.push('One load for many misses of a key');
  if (view.kind === 'cache' && (early_refresh || bulk_loaded)) missing.push('Keys renewed early or loaded together');
  if (request_reply && view.kind === 'publish' && !outbox && !answered.has(view.index)) missing.push('The wait for a reply over a broker that delivers in batches or not to just one consumer');
  if (blocking_driver && view.from.behavior.role !== 'compute') missing.push('A driver that blocks the event loop');
  return missing;
}

/** What the simulation lacks, in the order of the drawing, with the part of the drawing. */
export function listMissing(compiled: CompiledDesign): readonly Missing[] {
  const { nodes, edges, connected, populations = [] } = compiled;
  const crowds = new Set(populations.filter(({ users }) => users > MOST_USERS).map(({ node }) => node));
  const answered = new Set([...answersOf(compiled).keys()].map(({ edge }) => edge));
  const ofNodes = nodes.filter(({ view }) => connected[view.index]).flatMap((facts) => ofNode(facts, crowds.has(facts.view.index)).map((what) => ({ what, target: facts.view.id })));
  const ofEdges = edges.filter(({ view }) => !view.idleReason).flatMap((facts) => ofEdge(facts, answered).map((what) => ({ what, target: facts.view.id })));
  return [...ofNodes, ...ofEdges];
}

/** What is assumed for this drawing. */
export function listAssumptions({ nodes, edges, uses, populations = [] }: CompiledDesign): readonly string[] {
  const live = edges.filter(({ view }) => !view.idleReason).map(({ view }) => view.params.values);
  const said: (readonly [boolean, string])[] = [
    [nodes.some((facts) => facts.process), 'A request computes first, then waits and calls; an idle process is the first to accept.'],
    [nodes.some((facts) => facts.store), 'All steps of one query are long or short together, as one exponential time.'],
    [nodes.some((facts) => facts.store), 'Pages that a write changes go to the disk one by one, 0.2 s later on average.'],
    [nodes.some((facts) => facts.capped.length > 0 || facts.broker), 'A throughput cap with a latency is as many single workers as are busy at the cap; a connection stays with its worker.'],
    [live.some((values) => values.circuit_breaker), 'A breaker opens when half of the last 20 calls failed, and tries again after 5 s.'],
    [live.some((values) => values.retries > 0 && values.backoff !== 'none'), 'Back-off begins at 0.1 s.'],
    [nodes.some((facts) => facts.view.behavior.autoscale), 'Scaling looks every 15 s and takes units away after 5 calm minutes.'],
    [populations.length > 0, 'Users think for exponential times; one whose request failed thinks before asking anew.'],
    [nodes.some((facts) => facts.process?.recycle), 'A worker that is replaced ends its requests first; its successor computes for the time of a start and then serves.'],
    [nodes.some((facts) => facts.fn), 'One call in a thousand finds its warm environment recycled.'],
    [uses.some((use) => use.keys > MOST_KEYS), 'Of more than a million keys, neighbours in popularity count as one.'],
  ];
  return said.filter(([applies]) => applies).map(([, sentence]) => sentence);
}
