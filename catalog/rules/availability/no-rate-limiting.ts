import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addNodeBetween, fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf, type PracticeState } from '../common/practice.ts';
import { journeysOver, listOf, liveNodesOfRole, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

const isPublic = ({ params }: NodeView): boolean => params.values['kind'] === 'public';

/** Fails for others, or costs money, when one client asks too much: stores, brokers and what is paid by the call. */
function isExposed({ behavior }: NodeView): boolean {
  return behavior.stateful || behavior.role === 'function' || (behavior.role === 'external' && behavior.costs.length > 0);
}

/** A firewall, a throttle of the platform, or a stated bound of what may run at once. */
function isLimiter({ behavior, node }: NodeView): boolean {
  if (node.type === 'waf') return true;
  for (const resource of behavior.resources) if (resource.kind === 'token-bucket' || (resource.kind === 'function' && resource.reserved > 0)) return true;
  return false;
}

const KEYS = ['rate_limit', 'own_limits'] as const;

/** Whether a component limits requests: as said, as drawn, or null where it has no such setting. */
function limitState(view: NodeView): PracticeState | null {
  if (isLimiter(view)) return 'yes';
  let found: PracticeState | null = null;
  for (const key of KEYS) {
    if (!Object.hasOwn(view.params.values, key)) continue;
    const state = stateOf(view.params, key);
    if (state === 'yes') return state;
    if (found !== 'no') found = state;
  }
  return found;
}

/**
 * All paths from clients that arrive at one component alike: with the same first place for a limit, and the same first that
 * says nothing. `before`: the steps that lead here; `entries`: the connections by which clients come here at once; `seenFrom`: the
 * place that was traced back to here.
 */
interface Step { readonly at: NodeView; readonly first: NodeView | null; readonly unset: NodeView | null; before: Way | null; entries: EdgeView[] | null; seenFrom: NodeView | null }

/** A step among those that lead to another, linked to the rest of them. */
interface Way { readonly from: Step; readonly rest: Way | null }

/** A place where a limit could stand, with what lies open behind it and the connections by which clients come to it. */
interface Place { readonly view: NodeView; readonly state: 'no' | 'unset'; readonly ends: readonly Step[]; readonly entries: Set<EdgeView> }

/** The steps from which something exposed is reached without a limit, each once. */
class Paths {
  /** Steps that end at something exposed, by the place that should have stopped them. */
  readonly open = new Map<NodeView, { readonly state: 'no' | 'unset'; readonly ends: Step[] }>();
  private readonly steps = new Map<number, Step>();
  private readonly queue: Step[] = [];
  private readonly many: number;

  constructor(clients: readonly NodeView[], many: number) {
    this.many = many;
    for (const client of clients) for (const entry of client.out) if (entry.idleReason === null) this.enter(entry);
    for (const step of this.queue) this.follow(step);
  }

  private enter(entry: EdgeView): void {
    const step = this.arrive(entry.to, null, null);
    (step.entries ??= []).push(entry);
  }

  /** Paths that arrive alike are one step. */
  private arrive(at: NodeView, first: NodeView | null, unset: NodeView | null): Step {
    const place = unset ?? first;
    const key = ((place === null ? 0 : place.index + 1) * this.many + at.index) * 2 + (unset === null ? 0 : 1);
    const known = this.steps.get(key);
    if (known) return known;
    const step: Step = { at, first, unset, before: null, entries: null, seenFrom: null };
    this.steps.set(key, step);
    this.queue.push(step);
    return step;
  }

  private follow(step: Step): void {
    const { at } = step;
    const state = limitState(at);
    if (state === 'yes') return;
    const first = step.first ?? (state === null ? null : at);
    const unset = step.unset ?? (state === 'unset' ? at : null);
    if (!isExposed(at)) {
      for (const { to, idleReason, kind } of at.out) {
        if (idleReason !== null || kind === 'trace' || kind === 'lookup') continue;
        const next = this.arrive(to, first, unset);
        next.before = { from: step, rest: next.before };
      }
      return;
    }
    const place = unset ?? first;
    if (place === null) return;
    const known = this.open.get(place);
    if (known) known.ends.push(step);
    else this.open.set(place, { state: unset === null ? 'no' : 'unset', ends: [step] });
  }
}

/** The connections by which clients come to any of these steps, which a limit at one place would guard. */
function entriesTo(place: NodeView, ends: readonly Step[]): Set<EdgeView> {
  const entries = new Set<EdgeView>();
  const reached = [...ends];
  for (const step of reached) step.seenFrom = place;
  for (const step of reached) {
    if (step.entries !== null) for (const entry of step.entries) entries.add(entry);
    for (let way = step.before; way !== null; way = way.rest) {
      if (way.from.seenFrom === place) continue;
      way.from.seenFrom = place;
      reached.push(way.from);
    }
  }
  return entries;
}

/** Follows requests from public clients until a limit stops them or they reach something exposed without having met one. */
function openPlaces(clients: readonly NodeView[], many: number): Place[] {
  const { open } = new Paths(clients, many);
  const places = [...open].map(([view, { state, ends }]): Place => ({ view, state, ends, entries: entriesTo(view, ends) }));
  return sortFew(places, (a, b) => byName(a.view, b.view));
}

/** What lies open, by name. */
function exposedBy(ends: readonly Step[]): string {
  const exposed = sortFew([...new Set(ends.map(({ at }) => at))], byName);
  return listOf(exposed.map(({ id }) => id));
}

function paramOf(view: NodeView): 'rate_limit' | 'own_limits' {
  return Object.hasOwn(view.params.values, 'rate_limit') ? 'rate_limit' : 'own_limits';
}

function fixesFor({ view, entries }: Place): RuleFix[] {
  const param = paramOf(view);
  const [entry, ...others] = entries;
  const limit = fix('limit', `Limit requests in ${view.node.name}`, setNodeParam(view.id, param, param === 'rate_limit' ? { enabled: true } : true));
  if (entry === undefined || others.length > 0) return [limit];
  return [limit, fix('firewall', `Put a firewall before ${entry.to.node.name}`, addNodeBetween(entry.id, { id: 'waf', type: 'waf', name: 'Firewall' }))];
}

function arrivals(facts: Facts, view: NodeView): number {
  return facts.evaluation.nodes[view.id]?.arrival_rps ?? 0;
}

/** A way from the internet to a store or to something paid by the call that no limit guards. */
export const noRateLimiting = defineRule({
  id: 'no-rate-limiting',
  meta: {
    title: 'Public entries limit what one client may ask',
    failureTitle: 'No rate limit at a public entry',
    axes: ['availability', 'isolation', 'cost'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Without a limit one client, a script in a loop or an attack, takes the capacity of all others, and everything that is paid by the call is paid.',
    tradeOff: 'Many users behind one address may be refused together, and exact limits over several instances need a shared counter.',
    whenNotToApply: 'Only known systems can reach the entry, or a network in front that is not drawn already limits them.',
    sources: ['sre-book', 'kong-rate-limiting', 'release-it'],
    concepts: ['rate limiting', 'api gateway', 'load shedding'],
  },
  options: {},
  requires: ['nodes', 'edges'],
  messages: {
    open: '{place:name} lets everyone in without a limit, {rate:rate} at the peak: one client can use up {exposed:names}. Limit requests per client there and answer 429 with Retry-After.',
  },
  check: ({ facts, report, notApplicable }) => {
    const clients = liveNodesOfRole(facts, 'source').filter(isPublic);
    if (clients.length === 0) return notApplicable();
    for (const place of openPlaces(clients, facts.graph.nodes.length)) {
      const { view, state, ends, entries } = place;
      report({
        targets: [onNode(view)], messageId: 'open', severity: 'major', fixes: () => fixesFor(place),
        data: () => ({ place: view.id, rate: arrivals(facts, view), exposed: exposedBy(ends) }),
        journeys: journeysOver(facts, entries),
        question: state === 'unset' ? askNode(facts, view, paramOf(view)) : undefined,
      });
    }
  },
  examples: {
    valid: [
      { title: 'the gateway limits', design: sketch({ nodes: { users: 'client', gateway: ['gateway-kong', { rate_limit: { enabled: true, rps: 500 } }], api: 'service', db: 'rdbms' }, edges: ['users>gateway>api>db'] }) },
      { title: 'the service limits by itself', design: threeBox({ api: { own_limits: true } }) },
      { title: 'a firewall stands in front', design: sketch({ nodes: { users: 'client', guard: 'waf', api: ['service', { rate_limit: { enabled: false } }], db: 'rdbms' }, edges: ['users>guard>api>db'] }) },
      { title: 'the managed gateway throttles', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: 'lambda', items: 'nosql' }, edges: ['users>gateway>code>items'] }) },
      { title: 'nothing behind it can be used up', design: sketch({ nodes: { users: 'client', api: ['service', { rate_limit: { enabled: false } }] }, edges: ['users>api'] }) },
    ],
    invalid: [
      { title: 'no limit anywhere', design: threeBox({ api: { rate_limit: { enabled: false } } }), expect: ['open'] },
      { title: 'a gateway without limits before a function', design: sketch({ nodes: { users: 'client', gateway: ['gateway-kong', { rate_limit: { enabled: false } }], code: 'lambda' }, edges: ['users>gateway>code'] }), expect: ['open'] },
      { title: 'nothing is said about limits', design: threeBox(), expect: ['open'] },
    ],
    notApplicable: [
      { title: 'an internal caller', design: sketch({ nodes: { staff: ['client', { kind: 'internal' }], api: ['service', { rate_limit: { enabled: false } }], db: 'rdbms' }, edges: ['staff>api>db'] }) },
    ],
  },
});
