/** Operational burden in full-time equivalents: an opinion model, shown beside the dollars (evaluation 7.4, semantics 10). */
import type { OperationalFacts } from '../../contracts/behavior.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { EdgeParams } from '../../contracts/edge-params.ts';
import type { EvaluationContext } from '../context.ts';
import type { NodeFacts } from '../types.ts';
import { boundariesAround } from './boundaries.ts';

const TECHNOLOGY: Readonly<Record<OperationalFacts['burden'], number>> = {
  serverless: 0.05, 'managed-cluster': 0.12, 'self-hosted-stateless': 0.12, 'self-hosted-stateful': 0.4, none: 0,
};
const WORDS: Readonly<Record<OperationalFacts['burden'], string>> = {
  serverless: 'serverless', 'managed-cluster': 'managed', 'self-hosted-stateless': 'run by yourself', 'self-hosted-stateful': 'run by yourself, with data', none: '',
};
const KUBERNETES = 0.5;
const DEPLOYABLE = 0.05;
const SERVICE_CALL = 0.02;
const OWN_CLUSTER = 0.25;
const FURTHER_REGION = 0.15;
const CREDIT = 0.1;
const CREDIT_FROM = 2;
const MECHANISM = 0.01;
const LEAST = 0.1;
const LEAST_BUDGET = 0.5;
const BUDGET_PER_ENGINEER = 0.12;
/** Telemetry that follows single requests, by the name of its technology: metrics and logs earn no credit. */
const TRACES = /trac/i;
const CODE_ROLES: ReadonlySet<string> = new Set(['compute', 'worker', 'function']);

/** Practices of a connection that someone must look after once they are on. */
const MECHANISMS: readonly (readonly [string, (values: EdgeParams) => boolean])[] = [
  ['outbox', (values) => values.outbox],
  ['idempotency store', (values) => values.idempotency_key || values.idempotent],
  ['circuit breaker', (values) => values.circuit_breaker],
  ['bulkhead', (values) => values.bulkhead_slots !== null],
  ['retry budget', (values) => values.retry_budget !== null],
  ['fallback', (values) => values.fallback],
  ['single flight', (values) => values.single_flight || values.lease],
  ['early refresh', (values) => values.early_refresh],
  ['negative caching', (values) => values.negative_cache],
  ['Bloom filter', (values) => values.bloom],
  ['dead-letter queue', (values) => values.dlq],
  ['retry topic', (values) => values.retry_topic],
];

type Line = Evaluation['burden']['lines'][number];

function technologies(nodes: readonly NodeFacts[]): Line[] {
  const found = new Map<string, Line>();
  for (const { view } of nodes) {
    const { technology, burden } = view.behavior.operations;
    if (burden !== 'none') found.set(`${technology}\n${burden}`, { label: `${technology}, ${WORDS[burden]}`, value: TECHNOLOGY[burden] });
  }
  return [...found.keys()].sort().map((key) => found.get(key) as Line);
}

function counted(label: string, count: number, weight: number): Line[] {
  return count > 0 ? [{ label: `${label}: ${count}`, value: count * weight }] : [];
}

function groupsOf(nodes: readonly NodeFacts[]): Set<string> {
  return new Set(nodes.filter(({ view }) => view.behavior.operations.deployable).map(({ view }) => view.deployableGroup));
}

/** Deployable groups whose requests appear in a trace: stated, or drawn as a connection to telemetry. */
function tracedGroups(nodes: readonly NodeFacts[], edges: readonly EdgeView[]): number {
  const drawn = new Set(edges.filter((edge) => edge.kind === 'trace' && TRACES.test(edge.to.behavior.operations.technology)).map((edge) => edge.from.id));
  return groupsOf(nodes.filter(({ view }) => drawn.has(view.id) || view.params.values['traced'] === true)).size;
}

/** Deployable groups whose stores are migrated by a job of their own: what there is of a delivery pipeline in a drawing. */
function deliveredGroups(nodes: readonly NodeFacts[], edges: readonly EdgeView[]): number {
  const migrated = new Set(edges.filter((edge) => edge.kind === 'migrate').map((edge) => edge.to.id));
  const users = new Set(edges.filter((edge) => edge.kind === 'db' && migrated.has(edge.to.id)).map((edge) => edge.from.id));
  return groupsOf(nodes.filter(({ view }) => users.has(view.id))).size;
}

function mechanisms(nodes: readonly NodeFacts[], edges: readonly EdgeView[]): Line[] {
  const names = new Set<string>();
  for (const { view } of nodes) for (const name of view.behavior.operations.mechanisms) names.add(name);
  for (const { params } of edges) for (const [name, isOn] of MECHANISMS) if (isOn(params.values)) names.add(name);
  return [...names].sort().map((name) => ({ label: `mechanism: ${name}`, value: MECHANISM }));
}

function hasCluster(context: EvaluationContext, nodes: readonly NodeFacts[]): boolean {
  const { design } = context.compiled.graph;
  return nodes.some(({ view }) => boundariesAround(design, view.node.boundary).some((boundary) => boundary.kind === 'cluster'));
}

/** The index and its lines; only connected parts count. The lines add up to the index, the floor included. `pagesYear`: see `pagesPerYear`. */
export function solveBurden(context: EvaluationContext, pagesYear: number): Evaluation['burden'] {
  const { compiled } = context;
  const nodes = compiled.nodes.filter(({ view }) => compiled.connected[view.index]);
  const edges = compiled.graph.edges.filter((edge) => !edge.idleReason && compiled.connected[edge.from.index] && compiled.connected[edge.to.index]);
  const calls = edges.filter((edge) => (edge.kind === 'http' || edge.kind === 'ws') && CODE_ROLES.has(edge.from.behavior.role) && CODE_ROLES.has(edge.to.behavior.role));
  const clusters = nodes.filter(({ view }) => view.behavior.operations.burden === 'self-hosted-stateful');
  const placed = nodes.filter(({ view }) => view.behavior.routing !== 'source' && view.behavior.role !== 'external' && view.behavior.role !== 'edge');
  const regions = new Set(placed.map(({ view }) => view.region));
  const lines: Line[] = [
    ...technologies(nodes),
    ...(hasCluster(context, nodes) ? [{ label: 'Kubernetes', value: KUBERNETES }] : []),
    ...counted('deployable groups', groupsOf(nodes).size, DEPLOYABLE),
    ...counted('synchronous calls between services', calls.length, SERVICE_CALL),
    ...counted('stores and brokers run by yourself', clusters.length, OWN_CLUSTER),
    ...counted('regions beyond the first', Math.max(0, regions.size - 1), FURTHER_REGION),
    ...mechanisms(nodes, edges),
    ...(tracedGroups(nodes, edges) >= CREDIT_FROM ? [{ label: 'tracing', value: -CREDIT }] : []),
    ...(deliveredGroups(nodes, edges) >= CREDIT_FROM ? [{ label: 'delivery pipeline', value: -CREDIT }] : []),
  ];
  const sum = lines.reduce((total, line) => total + line.value, 0);
  if (sum < LEAST) lines.push({ label: 'least', value: LEAST - sum });
  const { obi_budget } = compiled.targets;
  return { index: Math.max(LEAST, sum), budget: obi_budget ?? Math.max(LEAST_BUDGET, BUDGET_PER_ENGINEER * (compiled.workload.eng ?? 0)), lines, pages_year: pagesYear };
}
