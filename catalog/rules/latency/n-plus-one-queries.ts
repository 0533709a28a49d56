import type { EdgeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Design, Journey, JourneyStep } from '../../../shared/model/design.ts';
import { likely } from '../../../shared/model/quantity.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setEdgeParams, type Change } from '../common/fixes.ts';
import { edgeResults } from '../common/results.ts';
import { liveEdges, onEdge, onNode } from '../common/targets.ts';

/** Stores whose queries can be put together; an object store is asked for one file at a time. */
const QUERIED: ReadonlySet<string> = new Set(['relational', 'key-value', 'search', 'warehouse', 'pooler']);

function isQuery({ kind, to }: EdgeView): boolean {
  return QUERIED.has(to.behavior.role) && (kind === 'db' || to.behavior.role === 'pooler');
}

/** The journey that loses the largest share of its target on the way to the store, times in seconds. */
interface Lost { readonly journey: string; readonly queries: number; readonly waitS: number; readonly share: number; readonly target_ms: number }

/** Round trips of each journey that waits for them, by what the engine has counted. */
function lost(facts: Facts, edge: EdgeView): Lost | null {
  const rtt = facts.evaluation.edges[edge.id]?.rtt_s ?? 0;
  let worst: Lost | null = null;
  for (const id of facts.evaluation.edges[edge.id]?.journeys ?? []) {
    const journey = facts.evaluation.journeys[id];
    const step = facts.steps.over(id, edge.id);
    if (journey === undefined || step === undefined || !(journey.p99_target_ms > 0)) continue;
    const queries = step.calls / edge.params.values.pipeline;
    const share = (queries * rtt * 1000) / journey.p99_target_ms;
    if (worst === null || share > worst.share) worst = { journey: id, queries, waitS: queries * rtt, share, target_ms: journey.p99_target_ms };
  }
  return worst;
}

/** A journey whose steps over this connection bring more than its users get, both as somebody has stated them. */
interface Excess { readonly journey: string; readonly fetchedKb: number; readonly answeredKb: number }

/** Connections of which some journey states what a step brings. */
function statedSteps({ graph }: Facts): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { journey } of graph.journeys) for (const { edge, response_kb } of journey.steps ?? []) if (response_kb !== undefined) found.add(edge);
  return found;
}

function excess({ graph, evaluation }: Facts, edge: EdgeView, least: number): Excess | null {
  const drawn = edge.params.stated('response_kb') ? edge.params.values.response_kb : null;
  let worst: Excess | null = null;
  for (const view of graph.journeys) {
    const steps = view.journey.steps ?? [];
    const own = steps.filter((step) => step.edge === edge.id).reduce((most, step) => Math.max(most, step.response_kb ?? 0), 0);
    const fetchedKb = own > 0 ? own : (drawn ?? 0);
    if (fetchedKb === 0 || !(evaluation.journeys[view.id]?.edges.includes(edge.id) ?? false)) continue;
    const answers = (evaluation.journeys[view.id]?.edges ?? []).map((id) => graph.edgeById.get(id)).filter((other) => other?.from.behavior.routing === 'source');
    const answeredKb = answers.reduce((most, other) => Math.max(most, steps.find((step) => step.edge === other?.id)?.response_kb ?? other?.params.values.response_kb ?? graph.workload.payload_out_kb), 0);
    if (answeredKb > 0 && fetchedKb > least * answeredKb && (worst === null || fetchedKb / answeredKb > worst.fetchedKb / worst.answeredKb)) worst = { journey: view.id, fetchedKb, answeredKb };
  }
  return worst;
}

function inSteps(change: (step: JourneyStep) => JourneyStep, edge: string, demands: (journey: Journey) => Journey['demands'] = ({ demands }) => demands): Change {
  return (design: Design) => ({
    ...design,
    journeys: Object.fromEntries(Object.entries(design.journeys).map(([id, journey]) => {
      const steps = journey.steps?.map((step) => (step.edge === edge ? change(step) : step));
      const changed = demands(journey);
      return [id, { ...journey, ...(steps === undefined ? {} : { steps }), ...(changed === undefined ? {} : { demands: changed }) }];
    })),
  });
}

/** One call with `few` queries instead of many, wherever the drawing says how many there are. */
function together({ id, from, params: { values } }: EdgeView, few: number): Change {
  const fewer = (step: JourneyStep): JourneyStep => ({ ...step, ...(step.calls === undefined ? {} : { calls: Math.min(1, likely(step.calls)) }), ...(step.queries === undefined ? {} : { queries: Math.min(few, likely(step.queries)) }) });
  const demands = ({ demands: all }: Journey): Journey['demands'] => {
    const own = all?.[from.id];
    return own?.queries === undefined || likely(own.queries) <= few ? all : { ...all, [from.id]: { ...own, queries: few } };
  };
  return (design) => inSteps(fewer, id, demands)(setEdgeParams(id, { calls: Math.min(1, values.calls), queries: Math.min(few, values.queries * Math.max(1, values.calls)) })(design));
}

function select(edge: EdgeView, kb: number): RuleFix {
  const narrow = inSteps((step) => (step.response_kb === undefined ? step : { ...step, response_kb: Math.min(kb, likely(step.response_kb)) }), edge.id);
  return fix('select', `Read from ${edge.to.node.name} only what ${edge.from.node.name} answers with`, setEdgeParams(edge.id, { response_kb: kb }), narrow);
}

const remote = (queries: number, p99_target_ms: number) =>
  threeBox({ query: { queries, network_class: 'cross_region' } }, { journeys: { list: { rate_rps: 10, entry: 'users', op: 'read', p99_target_ms } } });

/** Many small queries where one would do, or rows that nobody asked for. */
export const nPlusOneQueries = defineRule({
  id: 'n-plus-one-queries',
  meta: {
    title: 'Requests make few queries',
    failureTitle: 'Many small queries for one request',
    axes: ['latency', 'scalability', 'cost'],
    penalises: [],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Each query pays a round trip of half a millisecond to a millisecond, and holds a connection meanwhile. A list of fifty rows that reads one more row for each of them makes fifty-one. Rows and columns that nobody shows are read, sent and thrown away.',
    tradeOff: 'A larger query reads and locks more at once, and its plan needs an eye on it.',
    whenNotToApply: 'The queries depend on each other one by one, as in a walk along a graph, or they are read by key from memory next door.',
    sources: ['azure-antipatterns'],
    explains: ['chatty-api'],
    concepts: ['chatty input and output', 'extraneous fetching', 'eager loading'],
  },
  options: {
    // a page rarely needs more questions than this: more come from a loop
    queries: 10,
    // of the journey's target, for round trips alone
    share: 0.3,
    // two queries are no habit: if they are slow, the distance is the cause
    few: 2,
    // fetched over answered: ten rows read for each one shown
    excess: 10,
  },
  requires: ['nodes', 'edges', 'journeys'],
  messages: {
    many: '{caller:name} asks {store:name} {queries:count} times, one after the other, for one request: each pays a round trip and holds a connection. Fetch it with a join, or with one query for a list of keys.',
    slow: 'Requests of {journey:name} make {queries:count} queries to {store:name}, one after the other: the round trips alone take {wait_ms:ms}, {share:percent} of its p99 target of {target_ms:ms}. Fetch it with a join, or with one query for a list of keys.',
    excess: 'Requests of {journey:name} fetch {fetched:kb} from {store:name} to answer with {answered:kb}. Read only the columns and the page that is shown.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const edges = liveEdges(facts).filter(isQuery);
    if (edges.length === 0) return notApplicable();
    const sized = statedSteps(facts);
    const results = edgeResults(facts);
    for (const edge of edges) {
      const { from, to } = edge;
      const trips = results[edge.index]?.evidence['round_trips'] ?? 0;
      const details = edge.params.stated('response_kb') || sized.has(edge.id);
      if (trips <= options.few && !details) continue;
      const common = { targets: [onEdge(edge), onNode(from)], severity: 'major' } as const;
      const worst = trips > options.few ? lost(facts, edge) : null;
      const late = worst !== null && worst.share > options.share ? worst : null;
      const few = late !== null && options.few * (facts.evaluation.edges[edge.id]?.rtt_s ?? 0) * 1000 > options.share * late.target_ms ? 1 : options.few;
      const fewer = (): RuleFix[] => [fix('together', `Fetch what ${from.node.name} needs from ${to.node.name} with ${few === 1 ? 'one query' : `${few} queries`}`, together(edge, few))];
      if (trips > options.queries) report({ ...common, messageId: 'many', data: { caller: from.id, store: to.id, queries: trips }, fixes: fewer() });
      else if (late !== null) report({ ...common, messageId: 'slow', journeys: [late.journey], data: { journey: late.journey, store: to.id, queries: late.queries, wait_ms: late.waitS * 1000, share: late.share, target_ms: late.target_ms }, fixes: fewer() });
      else if (details) {
        const more = excess(facts, edge, options.excess);
        if (more !== null) report({ ...common, messageId: 'excess', journeys: [more.journey], data: { store: to.id, journey: more.journey, fetched: more.fetchedKb, answered: more.answeredKb }, fixes: [select(edge, more.answeredKb)] });
      }
    }
  },
  examples: {
    valid: [
      { title: 'ten queries', design: threeBox({ query: { queries: 10 } }) },
      { title: 'thirty, ten in one trip', design: threeBox({ query: { queries: 30, pipeline: 10 } }) },
      { title: 'two over a long way', design: remote(2, 300) },
      { title: 'three over a long way, with time for it', design: remote(3, 801) },
      { title: 'ten times the answer', design: threeBox({ query: { response_kb: 200 } }) },
      { title: 'many files', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', files: 'object-store' }, edges: ['users>api>db', ['api>files', { calls: 20 }]] }) },
    ],
    invalid: [
      { title: 'eleven queries', design: threeBox({ query: { queries: 11 } }), expect: ['many'] },
      { title: 'a call for each row', design: threeBox({ query: { calls: 20 } }), expect: ['many'] },
      { title: 'one journey of two', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'], journeys: { one: { rate_rps: 50, entry: 'users' }, list: { rate_rps: 5, entry: 'users', op: 'read', steps: [{ edge: 'api>db', queries: 51 }] } } }), expect: ['many'] },
      { title: 'queries that a journey brings with it', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'], journeys: { list: { rate_rps: 5, entry: 'users', demands: { api: { queries: 30 } } } } }), expect: ['many'] },
      { title: 'through a pooler', design: sketch({ nodes: { users: 'client', api: 'service', pool: 'pooler', db: 'rdbms' }, edges: ['users>api', ['api>pool', { calls: 12 }], 'pool>db'] }), expect: ['many'] },
      { title: 'three over a long way, a little less time', design: remote(3, 799), expect: ['slow'] },
      { title: 'three over a long way, in a hurry', design: remote(3, 300), expect: ['slow'] },
      { title: 'more than ten times the answer', design: threeBox({ query: { response_kb: 201 } }), expect: ['excess'] },
      { title: 'one step brings everything', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'], journeys: { list: { rate_rps: 5, entry: 'users', steps: [{ edge: 'api>db', response_kb: 4000 }] } } }), expect: ['excess'] },
    ],
    notApplicable: [
      { title: 'no store that is queried', design: sketch({ nodes: { users: 'client', api: 'service', files: 'object-store' }, edges: ['users>api>files'] }) },
    ],
  },
});
