import type { Point } from '../../../../shared/drawing/routing/geometry.ts';
import type { IdGenerator } from '../../../../shared/model/ids.ts';
import type { Design, JourneyStep } from '../../../../shared/model/design.ts';
import { addNode, connect } from '../edits/add.ts';
import { addJourney, setJourneyFields } from '../edits/journeys.ts';
import { setEdgeKind, setNodeProperty, setParam, setType } from '../edits/set.ts';
import { canonical, newItems, type Plan } from './plan.ts';

/** What drawing a line needs beside its plan. */
export interface DrawWith {
  readonly places: ReadonlyMap<number, Point>;
  readonly ids: IdGenerator;
  /** Rate of a journey that is made, requests per second. */
  readonly journeyRate: number;
}

/** What stands in the drawing for a line. */
export interface Drawn {
  /** Component of each item. */
  readonly nodes: readonly string[];
  /** Connection of each planned one; null for one that was refused. */
  readonly edges: readonly (string | null)[];
  /** Components that were added. */
  readonly added: readonly string[];
  readonly journey: string | null;
}

function drawNodes(draft: Design, plan: Plan, { places, ids }: DrawWith): string[] {
  const fresh = new Set(newItems(plan));
  const nodes: string[] = [];
  plan.items.forEach((item, index) => {
    const id = item.same !== null ? (nodes[item.same] ?? '') : (item.existing ?? ids('n'));
    nodes.push(id);
    if (fresh.has(index)) addNode(draft, { id, type: item.part?.component.type ?? '', name: item.name, at: places.get(index) ?? { x: 0, y: 0 }, params: item.params });
    else {
      if (item.becomes) setType(draft, id, item.becomes.component.type);
      for (const [key, value] of Object.entries(item.params)) setParam(draft, { kind: 'node', id }, key, value);
    }
    if (item.zones !== null) setNodeProperty(draft, id, 'zone_spread', item.zones);
  });
  return nodes;
}

function drawEdges(draft: Design, plan: Plan, nodes: readonly string[], ids: IdGenerator): (string | null)[] {
  return plan.edges.map(({ from, to, existing, stored, refused }) => {
    if (refused !== null) return null;
    if (existing !== null) {
      if (stored !== undefined) setEdgeKind(draft, existing, stored);
      return existing;
    }
    const source = from === 'start' ? (plan.start?.id ?? '') : (nodes[canonical(plan, from)] ?? '');
    const id = ids('e');
    connect(draft, { id, from: source, to: nodes[canonical(plan, to)] ?? '', ...(stored === undefined ? {} : { kind: stored }) });
    return id;
  });
}

/** Make or trace the journey: every connection of the line is a step, those beside its way are left out. */
function drawJourney(draft: Design, plan: Plan, nodes: readonly string[], edges: readonly (string | null)[], { ids, journeyRate }: DrawWith): string | null {
  const { journey } = plan;
  if (!journey || journey.refused !== null) return null;
  const way = journey.path.flatMap((index) => edges[index] ?? []);
  const starts = way.filter((id) => draft.edges[id]?.from === nodes[0]);
  const entry = starts.length === 1 ? (starts[0] ?? '') : (nodes[0] ?? '');
  const steps: JourneyStep[] = [...way.filter((edge) => edge !== entry).map((edge) => ({ edge })), ...journey.leftOut.map((edge) => ({ edge, calls: 0 }))];
  const id = journey.existing ?? ids('j');
  if (journey.existing === null) addJourney(draft, { id, name: journey.name, entry, rate_rps: journeyRate });
  setJourneyFields(draft, id, { entry, steps: steps.length > 0 ? steps : undefined });
  return id;
}

/** Draw a line: what it adds, connects and traces. */
export function drawLine(draft: Design, plan: Plan, options: DrawWith): Drawn {
  const before = new Set(Object.keys(draft.nodes));
  const nodes = drawNodes(draft, plan, options);
  const edges = drawEdges(draft, plan, nodes, options.ids);
  const journey = drawJourney(draft, plan, nodes, edges, options);
  return { nodes, edges, added: [...new Set(nodes)].filter((id) => !before.has(id)), journey };
}

const counted = (count: number, one: string): string => (count === 1 ? one : `${count} ${one}s`);

/** Whether a plan changes nothing that is drawn: everything in it stands there already. */
export function addsNothing(plan: Plan): boolean {
  const changed = plan.items.some((item) => item.becomes !== null || item.zones !== null || Object.keys(item.params).length > 0);
  return newItems(plan).length === 0 && !changed && plan.edges.every((edge) => edge.refused !== null || (edge.existing !== null && edge.stored === undefined));
}

/** The name of the undo step. */
export function stepName(plan: Plan): string {
  const fresh = newItems(plan);
  if (plan.journey && plan.journey.refused === null) return `${addsNothing(plan) ? 'Trace' : 'Draw'} ${plan.journey.name}`;
  if (fresh.length > 0) return fresh.length === 1 ? `Add ${plan.items[fresh[0] ?? 0]?.name ?? ''}` : `Add ${fresh.length} components`;
  const edges = plan.edges.filter((edge) => edge.refused === null && edge.existing === null).length;
  return edges > 0 ? `Add ${counted(edges, 'connection')}` : `Change ${plan.items.at(-1)?.name ?? ''}`;
}
