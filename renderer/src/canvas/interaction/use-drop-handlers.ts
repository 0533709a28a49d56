import { useReactFlow } from '@xyflow/react';
import { useMemo, type DragEvent } from 'react';
import type { Boundary, Design } from '../../../../shared/model/design.ts';
import { BOUNDARY_DRAG_TYPES, heldPart, PART_DRAG_TYPE } from '../../document/add-request.ts';
import { drawBoundaryAt } from '../../document/commands/add-boundary.ts';
import { boundaryForComponent } from '../../document/edits/membership.ts';
import { parentForNew } from '../../document/edits/nesting.ts';
import { activeDocument } from '../../document/workspace.ts';
import { considerHand, forgetHand } from '../../evaluation/counterfactual.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import type { CanvasModel } from '../model/canvas-model.ts';
import { onCanvas } from '../counterfactual/consider.ts';
import { addPartAt, cornerOf, tryPartAt } from './add-part.ts';
import { markCut } from './splicing.ts';

interface DropHandlers {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

interface Point { readonly x: number; readonly y: number }

const BOUNDARY_KINDS = Object.entries(BOUNDARY_DRAG_TYPES) as readonly [Boundary['kind'], string][];

/** What of the palette is in the hand: a part, a kind of boundary, or nothing that can be dropped here. */
function inHand(event: DragEvent): 'part' | Boundary['kind'] | null {
  const { types } = event.dataTransfer;
  if (types.includes(PART_DRAG_TYPE)) return 'part';
  return BOUNDARY_KINDS.find(([, type]) => types.includes(type))?.[0] ?? null;
}

/** Show at the pointer and on the boundary where a drop here would go, or why the boundary would not take it. */
function showHome(event: DragEvent, design: Design | undefined, what: 'part' | Boundary['kind'], at: Point): void {
  const home = !design ? null : what === 'part' ? { parent: boundaryForComponent(design, cornerOf(at)), refused: null } : parentForNew(design, what, at.x, at.y);
  const name = home?.parent == null ? undefined : design?.boundaries[home.parent]?.name;
  const words = home?.refused ?? (name === undefined ? null : `Into ${name}`);
  const box = event.currentTarget.getBoundingClientRect();
  const caption = words === null ? null : { text: words, x: event.clientX - box.left, y: event.clientY - box.top, tone: home?.refused == null ? 'plain' : 'refusal' } as const;
  useCanvasUi.getState().set({ into: home?.parent ?? null, caption });
}

function hideHome(): void {
  forgetHand();
  markCut(null);
  useCanvasUi.getState().set({ into: null, caption: null });
}

/** What the palette drops on the paper: a boundary, or a part, also on a connection: that shows where it would be cut. */
export function useDropHandlers(model: CanvasModel): DropHandlers {
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const placeOf = (event: DragEvent): Point => screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    return {
      onDragOver: (event) => {
        const what = inHand(event);
        if (what === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const at = placeOf(event);
        const cut = what === 'part' ? model.cutAt(at) : null;
        if (what === 'part') markCut(cut);
        const part = heldPart();
        if (what === 'part' && part !== null) considerHand({ where: 'canvas', ...onCanvas(event), change: () => tryPartAt(part, at, cut?.edge) });
        showHome(event, activeDocument()?.design, what, at);
      },
      onDragLeave: (event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) hideHome();
      },
      onDrop: (event) => {
        const what = inHand(event);
        hideHome();
        if (what === null) return;
        event.preventDefault();
        const at = placeOf(event);
        (event.currentTarget as HTMLElement).focus({ preventScroll: true });
        if (what === 'part') addPartAt(event.dataTransfer.getData(PART_DRAG_TYPE), at, model.cutAt(at)?.edge);
        else drawBoundaryAt(what, at);
      },
    };
  }, [model, screenToFlowPosition]);
}
