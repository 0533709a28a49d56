/** From a document and a catalogue to everything that does not depend on the load. */
import type { Catalog } from '../../contracts/catalog.ts';
import { entityParams, settingsParams, targetsParams, workloadParams, type EntityValues } from '../../contracts/document-params.ts';
import type { EdgeView, GraphView, JourneyView, NodeView } from '../../contracts/graph-view.ts';
import type { Design } from '../../model/design.ts';
import { resolve } from '../resolve.ts';
import type { CompiledDesign, CompileNotes, Plan } from '../types.ts';
import { markConnections } from './connection-marks.ts';
import { orderNodes } from './cycles.ts';
import { compileEdges, type EdgeDraft } from './edges.ts';
import { compileEdgeFacts, compileNodeFacts, compilePopularity } from './facts.ts';
import { compileFronts } from './fronts.ts';
import { InIdOrder } from './in-id-order.ts';
import { compileJourneys } from './journeys.ts';
import { compileNodes, type NodeDraft } from './nodes.ts';
import type { CompileMemory } from './memory.ts';
import { bindStages, statesStages } from './stage-demands.ts';
import { noteUnmodelled } from './unmodelled.ts';
import { noteUnusedOperations } from './unused-operations.ts';
import { WalkCompiler } from './walk.ts';
import { waysOut, type FindView } from './ways-out.ts';

function compileEntities(design: Design): ReadonlyMap<string, EntityValues> {
  const entities = new Map<string, EntityValues>();
  for (const id of Object.keys(design.entities).sort()) entities.set(id, resolve(entityParams, design.entities[id] ?? {}).values);
  return entities;
}

function byId(nodes: readonly NodeDraft[]): ReadonlyMap<string, NodeDraft> {
  const found = new Map<string, NodeDraft>();
  for (const node of nodes) found.set(node.id, node);
  return found;
}

/** The only application in front of a background worker or scheduler, or behind it, directly or over a broker; null where there are none or several. */
function applicationOf(node: NodeDraft): NodeView | null {
  let found: NodeView | null = null;
  let several = false;
  const note = (other: NodeView): void => {
    if (other.behavior.role !== 'compute') return;
    several ||= found !== null && found !== other;
    found = other;
  };
  for (const { from } of node.in) {
    note(from);
    if (from.behavior.role !== 'compute' && from.behavior.routing === 'broker') for (const sender of from.in) note(sender.from);
  }
  for (const { to } of node.out) {
    note(to);
    if (to.behavior.role !== 'compute' && to.behavior.routing === 'broker') for (const receiver of to.out) note(receiver.to);
  }
  return several ? null : found;
}

/** Background workers and schedulers of one application are released with it: same code base (semantics 2). */
function groupWorkers(nodes: readonly NodeDraft[]): void {
  for (const node of nodes) {
    const { operations, role } = node.behavior;
    if (!operations.deployable || (role !== 'worker' && role !== 'source') || node.node.deployable_group) continue;
    const application = applicationOf(node);
    if (application) node.deployableGroup = application.deployableGroup;
  }
}

/** Nodes that a journey reaches, and the telemetry, copies and jobs attached to those. */
function connectedNodes(plan: Plan, nodes: readonly NodeDraft[], edges: readonly EdgeDraft[]): boolean[] {
  const connected = nodes.map((_, i) => (plan.nodeSlots[i]?.length ?? 0) > 0);
  for (const entry of plan.entries) {
    const edge = edges[entry.edge];
    if (edge) connected[edge.from.index] = true;
  }
  const attached = edges.filter((edge) => edge.idleReason === null && (edge.kind === 'trace' || edge.kind === 'lookup' || edge.kind === 'replicate' || edge.kind === 'migrate'));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to, kind } of attached) {
      const reached = kind === 'migrate' ? connected[to.index] && !connected[from.index] : connected[from.index] && !connected[to.index];
      if (!reached) continue;
      connected[kind === 'migrate' ? from.index : to.index] = true;
      changed = true;
    }
  }
  return connected;
}

/** Compile a drawing, with what is remembered of its objects. Pure and deterministic; accepts any document that could be opened. */
export function compileDesign(design: Design, catalog: Catalog, memory?: CompileMemory): CompiledDesign {
  const notes: CompileNotes = { assumptions: [], notModelled: [] };
  const workload = resolve(workloadParams, design.workload).values;
  const targets = resolve(targetsParams, design.targets).values;
  const entities = compileEntities(design);
  const { nodes, read } = compileNodes(design, catalog, entities, notes, memory);
  const nodeById = byId(nodes);
  const { edges, idle } = compileEdges(design, nodes, read, nodeById, notes, memory);
  const views = edges as readonly EdgeView[];
  const edgeById = new InIdOrder(views);
  const ways = waysOut(edges);
  const order = orderNodes(nodes, edges, ways, notes);
  const fronts = compileFronts(design, nodes, read, edges, entities, notes);
  groupWorkers(nodes);
  const marks = markConnections(nodes.length, edges);
  const nodeFacts = compileNodeFacts(nodes, read, marks, compilePopularity(design, entities), notes);
  const edgeFacts = compileEdgeFacts(edges, marks, fronts, workload);
  const find: FindView = { node: (id) => nodeById.get(id) as NodeView | undefined, edge: (id) => edgeById.get(id) };
  const walk = (journeys: readonly JourneyView[]): Plan => new WalkCompiler({ nodes: nodeFacts, workload }, edgeFacts, { order, ways }, find, { entities, stored: design.entities }).compile(journeys);
  const stated = compileJourneys(design, nodes, nodeFacts, ways, workload, notes);
  const staged = stated.some(statesStages);
  const journeys = staged ? bindStages(stated, walk(stated), nodeFacts, edgeFacts, design) : stated;
  const plan = walk(journeys);
  noteUnmodelled(edgeFacts, nodeFacts, notes);
  noteUnusedOperations(edgeFacts, plan, notes);
  const entered = new Set(plan.entries.map(({ journey }) => journey));
  journeys.forEach((journey, i) => {
    if (entered.has(i)) return;
    notes.assumptions.push({ code: 'journey-without-entry', message: `${journey.journey.name} starts nowhere: its entry is missing or carries nothing`, target: { kind: 'journey', id: journey.id } });
  });
  const graph: GraphView = { design, workload, targets, nodes: nodes as readonly NodeView[], nodeById: nodeById as ReadonlyMap<string, NodeView>, edges: views, edgeById, journeys };
  return {
    graph, workload, targets, settings: resolve(settingsParams, design.settings).values, entities,
    nodes: nodeFacts, edges: edgeFacts, journeys, uses: fronts.uses, plan, idle,
    loadDependent: fronts.uses.some((use) => use.ttlS !== null), connected: connectedNodes(plan, nodes, edges),
    retrying: edgeFacts.filter(({ view }) => view.params.values.retries > 0 && (view.synchronous || view.kind === 'publish') && !view.idleReason).map(({ view }) => view.index),
    burst: design.workload.burst ?? null, notes,
  };
}
