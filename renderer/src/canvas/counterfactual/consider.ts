import { connect } from '../../document/edits/add.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { reconnect } from '../../document/edits/set.ts';
import { edit } from '../../document/history.ts';
import { activeDocument } from '../../document/workspace.ts';
import { considerHand } from '../../evaluation/counterfactual.ts';
import type { Design } from '../../../../shared/model/design.ts';
import type { DragHand } from '../guides/drag-hand.ts';
import type { EndInHand } from '../interaction/connecting.ts';

interface Place { readonly x: number; readonly y: number }

/** A place in the window as one on the canvas, px. */
export function onCanvas(at: { readonly clientX: number; readonly clientY: number }): Place {
  const box = document.querySelector('[role="application"]')?.getBoundingClientRect();
  return { x: at.clientX - (box?.left ?? 0), y: at.clientY - (box?.top ?? 0) };
}

/** Something is dragged over the paper. */
export function considerDrag(hand: DragHand, event: MouseEvent | TouchEvent): void {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (at) considerHand({ where: 'canvas', ...onCanvas(at), change: () => hand.tryDrop() });
}

/** The drawing after an edit that is not made; null when it changes nothing. */
export function tried(recipe: (draft: Design) => void): Design | null {
  const design = activeDocument()?.design;
  return design ? (edit(design, 'Try', recipe)?.design ?? null) : null;
}

/** A new connection could be let go at a place of the canvas. */
export function considerConnection(at: Place, ends: { readonly from: string; readonly to: string }): void {
  considerHand({ where: 'canvas', ...at, change: () => tried((draft) => connect(draft, { id: createObjectIds(draft)('e'), ...ends })) });
}

/** An end of a connection could be let go at another thing. */
export function considerEnd(at: Place, { edge, end }: EndInHand, to: string): void {
  considerHand({ where: 'canvas', ...at, change: () => tried((draft) => reconnect(draft, edge, { [end]: to })) });
}
