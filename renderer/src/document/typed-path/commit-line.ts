import type { Point, Rect } from '../../../../shared/drawing/routing/geometry.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { paperView } from '../clipboard/paper-view.ts';
import { adoptDerivedJourneys, type DerivedJourney } from '../edits/journeys.ts';
import { componentBox } from '../edits/membership.ts';
import { createObjectIds } from '../edits/object-ids.ts';
import { derivedJourneys, rateOfNew } from '../path-actions.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { addsNothing, drawLine, stepName, type Drawn } from './draw.ts';
import { placeLine } from './place.ts';
import { endId, type Plan, type Start } from './plan.ts';

/** A part that came to stand nearer than this to the edge of the view counts as out of view, canvas units. */
const VIEW_MARGIN = 24;

/** A view, for a canvas that has not said yet what it shows. */
const FIRST_VIEW: Rect = { left: 0, top: 0, right: 800, bottom: 600 };

function view(): Rect {
  const seen = paperView()?.seen() ?? FIRST_VIEW;
  return { left: seen.left + VIEW_MARGIN, top: seen.top + VIEW_MARGIN, right: seen.right - VIEW_MARGIN, bottom: seen.bottom - VIEW_MARGIN };
}

/** Move the camera to the line's components when one that was added cannot be seen. */
function show({ added, nodes }: Drawn, start: Start | null, seen: Rect): void {
  const design = activeDocument()?.design;
  const hidden = added.some((id) => {
    const box = design && componentBox(design, id);
    return box && (box.x < seen.left || box.y < seen.top || box.x + box.w > seen.right || box.y + box.h > seen.bottom);
  });
  if (hidden) useSession.getState().moveCamera([...new Set([...(start?.kind === 'node' ? [start.id] : []), ...nodes])]);
}

/** What the next line continues from when this one stays on its source: what its last item hangs on. */
function sourceOf(plan: Plan, drawn: Drawn): Start | null {
  const last = plan.items.length - 1;
  const edge = plan.edges.findLast(({ to, refused }) => to === (plan.items[last]?.same ?? last) && refused === null);
  if (!edge || edge.from === 'start') return plan.start;
  const id = endId(plan, edge.from) ?? drawn.nodes[edge.from];
  return id === undefined ? null : { kind: 'node', id };
}

/** What committing a line did: the last component that it names, and what a sibling would hang on. */
export interface Committed { readonly last: string | null; readonly source: Start | null }

/** Journeys that were derived from the drawing until now: those that the line names by their entry, and those that stay beside it. */
function derivedBeside(plan: Plan): { readonly kept: readonly DerivedJourney[]; readonly named: readonly DerivedJourney[] } {
  const entries = plan.edges.flatMap(({ from, existing }) => (from === 0 && existing !== null ? [`derived:${existing}`] : []));
  const derived = derivedJourneys(useEvaluation.getState().base).filter((journey) => journey.rate_rps > 0);
  const isNamed = ({ id }: DerivedJourney): boolean => entries.some((entry) => id === entry || id.startsWith(`${entry}:`));
  return { kept: derived.filter((journey) => !isNamed(journey)), named: derived.filter(isNamed) };
}

function commitDrawing(plan: Plan, design: Design, at: Point | null): Drawn | null {
  const seen = view();
  const ids = createObjectIds(design);
  const places = placeLine(plan, design, seen, at);
  const { kept, named } = derivedBeside(plan);
  const first = Object.keys(design.journeys).length === 0 ? named[0]?.rate_rps : undefined;
  let drawn: Drawn | null = null;
  const done = useWorkspace.getState().commit(stepName(plan), (draft) => {
    if (plan.journey && plan.journey.refused === null && plan.journey.existing === null) adoptDerivedJourneys(draft, kept, ids);
    drawn = drawLine(draft, plan, { places, ids, journeyRate: first ?? rateOfNew(draft) });
  });
  const result = drawn as Drawn | null;
  if (result && done) show(result, plan.start, seen);
  return result;
}

/** Draw a line as one undo step, select its last component, and show what was added. Null when there is nothing to draw. */
export function commitLine(plan: Plan, at: Point | null): Committed | null {
  const doc = activeDocument();
  if (!doc || plan.items.length === 0) return null;
  const { notify, select, set } = useSession.getState();
  const traced = plan.journey !== null && plan.journey.refused === null;
  if (plan.journey?.refused) notify(plan.journey.refused);
  else if (addsNothing(plan) && !traced) notify('Everything in this line is drawn already.');
  const drawn = commitDrawing(plan, doc.design, at);
  const last = drawn?.nodes.at(-1) ?? null;
  if (drawn?.journey != null) set({ selectedJourney: drawn.journey });
  if (last !== null) select({ node: [last] });
  return drawn && { last, source: sourceOf(plan, drawn) };
}
