import type { Design } from '../../../../shared/model/design.ts';
import { homeAt, homeOf } from '../../document/edits/move.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import type { CanvasModel } from '../model/canvas-model.ts';
import { parseFlowId, type BoxKind } from '../projection/flow-types.ts';

/** What a drop here would mean: the boundary to enter, words for the pointer, and why an inner boundary would not take it. */
export interface DropMeaning { readonly into: string | null; readonly words: string | null; readonly refused: string | null }

/** What it means to let a thing go with its top left corner at a point: "Into Zone a", "Out of Zone a", or nothing new. */
export function dropMeaning(design: Design, kind: BoxKind, id: string, at: { readonly x: number; readonly y: number }): DropMeaning {
  const now = homeOf(design, kind, id);
  const { parent, refused } = homeAt(design, kind, id, at);
  const name = (boundary: string): string => design.boundaries[boundary]?.name ?? 'boundary';
  if (parent === now) return { into: null, words: refused, refused };
  // a step outwards leaves the inner boundary: that, and not the outer one, is what the hand is doing
  const outwards = now !== null && (parent === null || homeChain(design, now).includes(parent));
  const words = outwards ? `Out of ${name(now)}` : parent === null ? null : `Into ${name(parent)}`;
  return { into: parent, words: refused ?? words, refused };
}

function homeChain(design: Design, id: string): readonly string[] {
  const chain: string[] = [];
  for (let at = design.boundaries[id]?.parent ?? null; at !== null && !chain.includes(at); at = design.boundaries[at]?.parent ?? null) chain.push(at);
  return chain;
}

let last: DropMeaning | null = null;

/** The thing in the hand stands at a place now: show at the pointer and on the boundary what a drop would mean. */
export function followDragHome(model: CanvasModel, event: MouseEvent | TouchEvent, flow: string): void {
  const design = activeDocument()?.design;
  const place = model.view().nodes.byId.get(flow)?.position;
  const pointer = 'changedTouches' in event ? event.changedTouches[0] : event;
  const canvas = (event.target as Element | null)?.closest?.('[role="application"]') ?? document.querySelector('[role="application"]');
  if (!design || !place || !pointer || !canvas) return;
  const { kind, id } = parseFlowId(flow);
  last = dropMeaning(design, kind, id, place);
  const { into, caption, set } = useCanvasUi.getState();
  if (last.words === null) {
    if (into !== null || caption !== null) set({ into: null, caption: null });
    return;
  }
  const box = canvas.getBoundingClientRect();
  set({ into: last.into, caption: { text: last.words, x: pointer.clientX - box.left, y: pointer.clientY - box.top, tone: last.refused === null ? 'plain' : 'refusal' } });
}

/** The thing was let go, or the drag was cancelled: take the words away, and after a drop say it once more where the innermost boundary refused it. */
export function endDragHome(cancelled = false): void {
  const { into, caption, set } = useCanvasUi.getState();
  if (last !== null && (into !== null || caption !== null)) set({ into: null, caption: null });
  if (last?.refused != null && !cancelled) useSession.getState().notify(last.refused);
  last = null;
}
