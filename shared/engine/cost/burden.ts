/** Operational burden in full-time equivalents: an opinion model, shown beside the dollars (evaluation 7.4, semantics 10). */
import type { OperationalFacts } from '../../contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
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
/** The budget where none is stated: this much an engineer, in full-time equivalents, and never less than the least. */
export const BURDEN_BUDGET = { least: 0.5, perEngineer: 0.12 } as const;
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
  const lines = new Map<string, Line>();
  // like components share what is known of them
  for (const { technology, burden } of new Set(nodes.map(({ view }) => view.behavior.operations))) {
    if (burden !== 'none') lines.set(`${technology}\n${burden}`, { label: `${technology}, ${WORDS[burden]}`, value: TECHNOLOGY[burden] });
  }
  return [...lines.keys()].sort().map((key) => lines.get(key) as Line);
}

function counted(label: string, count: number, weight: number): Line[] {
  return count > 0 ? [{ label: `${label}: ${count}`, value: count * weight }] : [];
}

/** How many deployable groups have a part that is one of these. */
function groupsWith(nodes: readonly NodeFacts[], isOne: (node: NodeView) => boolean): number {
  const groups = new Set<string>();
  for (const { view } of nodes) if (view.behavior.operations.deployable && isOne(view)) groups.add(view.deployableGroup);
  return groups.size;
}

/** Deployable groups whose requests appear in a trace: stated, or drawn as a connection to telemetry. */
function tracedGroups(nodes: readonly NodeFacts[], edges: readonly EdgeView[]): number {
  const drawn = new Set<NodeView>();
  for (const { kind, from, to } of edges) if (kind === 'trace' && TRACES.test(to.behavior.operations.technology)) drawn.add(from);
  return groupsWith(nodes, (node) => drawn.has(node) || node.params.values['traced'] === true);
}

/** Deployable groups whose stores are migrated by a job of their own: what there is of a delivery pipeline in a drawing. */
function deliveredGroups(nodes: readonly NodeFacts[], edges: readonly EdgeView[]): number {
  const migrated = new Set<NodeView>();
  for (const { kind, to } of edges) if (kind === 'migrate') migrated.add(to);
  if (migrated.size === 0) return 0;
  const users = new Set<NodeView>();
  for (const { kind, from, to } of edges) if (kind === 'db' && migrated.has(to)) users.add(from);
  return groupsWith(nodes, (node) => users.has(node));
}

function mechanisms(nodes: readonly NodeFacts[], edges: readonly EdgeView[]): Line[] {
  const names = new Set<string>();
  for (const { view } of nodes) for (const name of view.behavior.operations.mechanisms) names.add(name);
  // like connections share their parameters
  for (const { values } of new Set(edges.map(({ params }) => params))) for (const [name, isOn] of MECHANISMS) if (isOn(values)) names.add(name);
  return [...names].sort().map((name) => ({ label: `mechanism: ${name}`, value: MECHANISM }));
}

function hasCluster({ compiled: { graph: { design } } }: EvaluationContext, nodes: readonly NodeFacts[]): boolean {
  for (const id in design.boundaries) {
    if (design.boundaries[id]?.kind !== 'cluster') continue;
    return nodes.some(({ view }) => boundariesAround(design, view.node.boundary).some((boundary) => boundary.kind === 'cluster'));
  }
  return false;
}

/** Regions in which there is something that somebody placed there. */
function regionsOf(nodes: readonly NodeFacts[]): number {
  const regions = new Set<string>();
  for (const { view: { behavior: { routing, role }, region } } of nodes) if (routing !== 'source' && role !== 'external' && role !== 'edge') regions.add(region);
  return regions.size;
}

/** Requests from own code to own code that somebody waits for. */
function isServiceCall({ kind, from, to }: EdgeView): boolean {
  return (kind === 'http' || kind === 'ws') && CODE_ROLES.has(from.behavior.role) && CODE_ROLES.has(to.behavior.role);
}

function countOf<T>(list: readonly T[], isOne: (item: T) => boolean): number {
  let count = 0;
  for (const item of list) if (isOne(item)) count += 1;
  return count;
}

/** The index and its lines; only connected parts count. The lines add up to the index, the floor included. `pagesYear`: see `pagesPerYear`. */
export function solveBurden(context: EvaluationContext, pagesYear: number): Evaluation['burden'] {
  const { compiled } = context;
  const nodes = compiled.nodes.filter(({ view }) => compiled.connected[view.index]);
  const edges = compiled.graph.edges.filter((edge) => !edge.idleReason && compiled.connected[edge.from.index] && compiled.connected[edge.to.index]);
  const lines: Line[] = [
    ...technologies(nodes),
    ...(hasCluster(context, nodes) ? [{ label: 'Kubernetes', value: KUBERNETES }] : []),
    ...counted('deployable groups', groupsWith(nodes, () => true), DEPLOYABLE),
    ...counted('synchronous calls between services', countOf(edges, isServiceCall), SERVICE_CALL),
    ...counted('stores and brokers run by yourself', countOf(nodes, ({ view }) => view.behavior.operations.burden === 'self-hosted-stateful'), OWN_CLUSTER),
    ...counted('regions beyond the first', Math.max(0, regionsOf(nodes) - 1), FURTHER_REGION),
    ...mechanisms(nodes, edges),
    ...(tracedGroups(nodes, edges) >= CREDIT_FROM ? [{ label: 'tracing', value: -CREDIT }] : []),
    ...(deliveredGroups(nodes, edges) >= CREDIT_FROM ? [{ label: 'delivery pipeline', value: -CREDIT }] : []),
  ];
  const sum = lines.reduce((total, line) => total + line.value, 0);
  if (sum < LEAST) lines.push({ label: 'least', value: LEAST - sum });
  const { obi_budget } = compiled.targets;
  return { index: Math.max(LEAST, sum), budget: obi_budget ?? Math.max(BURDEN_BUDGET.least, BURDEN_BUDGET.perEngineer * (compiled.workload.eng ?? 0)), lines, pages_year: pagesYear };
}
