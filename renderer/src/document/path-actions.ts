import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import type { Design, Journey } from '../../../shared/model/design.ts';
import { likely } from '../../../shared/model/quantity.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';
import { edgeName } from './edge-name.ts';
import { addJourney, adoptDerivedJourneys, leaveOut, resetPath, takeIn, type DerivedJourney } from './edits/journeys.ts';
import { createObjectIds } from './edits/object-ids.ts';
import { neutralSiblings, neutralStep, pathFacts, pathOf, reachableEdges, type PathFacts, type PathRow } from './journey-path.ts';
import { resolvePart } from './parts.ts';
import { usePathEditing } from './path-editing.ts';
import { useSession } from './session.ts';
import { activeDocument, useWorkspace } from './workspace.ts';

/** A drawn journey with its way, as it stands now. */
export interface DrawnPath { readonly design: Design; readonly journey: Journey; readonly facts: PathFacts; readonly rows: readonly PathRow[] }

/** The way of a drawn journey in the active document, or null. */
export function drawnPath(id: string | null): DrawnPath | null {
  const design = activeDocument()?.design;
  const journey = id === null ? undefined : design?.journeys[id];
  if (!design || !journey) return null;
  const facts = pathFacts(useEvaluation.getState().base, journey.id);
  return { design, journey, facts, rows: pathOf(design, journey, facts) };
}

/** The journeys that the evaluation derived, with their rates at 1x. */
export function derivedJourneys(evaluation: Evaluation | null): readonly DerivedJourney[] {
  return Object.values(evaluation?.journeys ?? {}).filter((journey) => journey.derived);
}

/** Make the derived journeys drawn ones, one undo step. Returns the new id of the one asked for, or null. */
export function adoptDerived(id: string): string | null {
  const design = activeDocument()?.design;
  const derived = derivedJourneys(useEvaluation.getState().base);
  if (!design || derived.length === 0) return null;
  let adopted: ReadonlyMap<string, string> = new Map();
  useWorkspace.getState().commit(derived.length === 1 ? 'Keep the journey' : 'Keep the journeys', (draft) => {
    adopted = adoptDerivedJourneys(draft, derived, createObjectIds(design));
  });
  const own = adopted.get(id) ?? null;
  if (own !== null) useSession.getState().set({ selectedJourney: own });
  return own;
}

/** Whether a journey can start at a component: it sends requests by itself. */
function isSource(design: Design, node: string): boolean {
  const type = resolvePart(design.nodes[node]?.type ?? '')?.component.type;
  return type === 'client' || type === 'scheduler';
}

/** Where journeys can start: each connection that leaves a client or scheduler, and each of those that has several. */
export function possibleEntries(design: Design): readonly { readonly id: string; readonly label: string }[] {
  const edges = Object.values(design.edges).filter((edge) => isSource(design, edge.from));
  const counts = new Map<string, number>();
  for (const { from } of edges) counts.set(from, (counts.get(from) ?? 0) + 1);
  const many = [...counts].filter(([, count]) => count > 1).map(([id]) => ({ id, label: `${design.nodes[id]?.name ?? ''}, all connections` }));
  return [...edges.map(({ id }) => ({ id, label: edgeName(design, id) })), ...many];
}

/** Where a new journey starts: what is selected, else the first start that no journey has yet. */
export function entryForNew(design: Design): string | null {
  const entries = possibleEntries(design).map(({ id }) => id);
  const { selection } = useSession.getState();
  const wanted = [...selection.edge, ...Object.values(design.edges).filter((edge) => selection.node.includes(edge.from)).map((edge) => edge.id)];
  const used = new Set(Object.values(design.journeys).map((journey) => journey.entry));
  return wanted.find((id) => entries.includes(id)) ?? entries.find((id) => !used.has(id)) ?? entries[0] ?? null;
}

/** Rate of a journey that is added to a drawing without any, requests per second: the schema's default. */
const FIRST_RATE = 100;

/** Rate of a journey that is added: that of the smallest one drawn, else the peak rate, requests per second. */
export function rateOfNew(design: Design): number {
  const rates = Object.values(design.journeys).map((journey) => likely(journey.rate_rps)).filter((rate) => rate > 0);
  const peak = likely(design.workload.peak_rps ?? 0);
  return rates.length > 0 ? Math.min(...rates) : peak > 0 ? peak : FIRST_RATE;
}

/** Add a journey and open it. Derived ones are kept beside it, in the same undo step. Returns its id, or null. */
export function newJourney(): string | null {
  const design = activeDocument()?.design;
  const entry = design && entryForNew(design);
  if (!design || entry === null || entry === undefined) return null;
  const ids = createObjectIds(design);
  const id = ids('j');
  const derived = derivedJourneys(useEvaluation.getState().base);
  const done = useWorkspace.getState().commit('New journey', (draft) => {
    adoptDerivedJourneys(draft, derived, ids);
    addJourney(draft, { id, name: 'New journey', entry, rate_rps: rateOfNew(draft) });
  });
  if (!done) return null;
  useSession.getState().set({ selectedJourney: id, bottomOpen: true, bottomTab: 'journeys' });
  return id;
}

/** Start editing a journey's way on the canvas; a derived one becomes drawn first. */
export function startPathEditing(id: string): void {
  const own = activeDocument()?.design.journeys[id] ? id : adoptDerived(id);
  if (own === null) return;
  useSession.getState().select({});
  useSession.getState().set({ selectedJourney: own, focusedFindings: [] });
  usePathEditing.getState().set({ journey: own });
}

/** Siblings that a splitter leaves aside because only this one is listed: they stay aside when it goes. */
function heldBack({ design, journey, rows }: DrawnPath, edge: string): readonly string[] {
  const from = design.edges[edge]?.from;
  const beside = rows.filter((row) => row.edge !== edge && design.edges[row.edge]?.from === from);
  const listed = (journey.steps ?? []).some((step) => step.edge === edge);
  return listed && !beside.some((row) => row.included) ? beside.filter((row) => row.step === null).map((row) => row.edge) : [];
}

/** Why a connection cannot be taken in, as a sentence, or null. */
function refusal(path: DrawnPath, edge: string): string | null {
  const { design, journey, facts, rows } = path;
  const idle = facts.idle(edge);
  if (idle !== null) return `${edgeName(design, edge)} carries nothing: ${idle}.`.replace(/\.\.$/, '.');
  const from = design.edges[edge]?.from;
  const led = rows.some((row) => row.included && design.edges[row.edge]?.to === from) || journey.entry === from;
  return led ? null : `Nothing leads ${journey.name} to ${design.nodes[from ?? '']?.name ?? 'its start'} yet. Include a connection to it first.`;
}

/** Take a connection into a journey's way, or leave it out; one undo step. Says why when it cannot. */
export function togglePathEdge(id: string, edge: string): void {
  const path = drawnPath(id);
  if (!path || !path.design.edges[edge]) return;
  const { design, journey, facts, rows } = path;
  const { commit } = useWorkspace.getState();
  const { notify } = useSession.getState();
  if (edge === journey.entry) return notify(`${journey.name} starts with this connection.`);
  if (rows.some((row) => row.edge === edge && row.included)) {
    commit(`Leave ${edgeName(design, edge)} out of ${journey.name}`, (draft) => leaveOut(draft, id, [edge, ...heldBack(path, edge)]));
    return;
  }
  const refused = refusal(path, edge);
  if (refused !== null) return notify(refused);
  commit(`Include ${edgeName(design, edge)} in ${journey.name}`, (draft) => takeIn(draft, id, neutralStep(design, journey, edge, facts), neutralSiblings(design, journey, rows, edge, facts)));
}

/** Leave everything out but the start, to click the way anew. */
export function clearPath(id: string): void {
  const path = drawnPath(id);
  if (!path) return;
  const { design, journey, facts } = path;
  const edges = reachableEdges(design, journey, facts).filter((edge) => edge !== journey.entry);
  useWorkspace.getState().commit(`Clear the path of ${journey.name}`, (draft) => {
    resetPath(draft, id);
    leaveOut(draft, id, edges);
  });
}

/** Take everything that can be reached, as the drawing says. */
export function takeWholePath(id: string): void {
  const name = activeDocument()?.design.journeys[id]?.name;
  if (name !== undefined) useWorkspace.getState().commit(`Reset the path of ${name}`, (draft) => resetPath(draft, id));
}
