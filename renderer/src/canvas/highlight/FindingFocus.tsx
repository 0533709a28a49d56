import { useStoreApi } from '@xyflow/react';
import { useEffect, type ReactElement } from 'react';
import { useSession } from '../../document/session.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import { outerRect, type Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { highlightOf, useHighlight } from './highlight.ts';
import styles from './Highlight.module.css';

/** Journeys that are named at one entry; the rest is counted. */
const NAMED = 2;

/** Distance of that name's upper edge from the component's, canvas units: clear of its badge and tab. */
const ABOVE = 32;

/** The part of the paper that is on screen, canvas units. */
function viewOf(store: ReturnType<typeof useStoreApi>): Rect {
  const { transform: [x, y, zoom], width, height } = store.getState();
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}

const inside = (rect: Rect, view: Rect): boolean => rect.left >= view.left && rect.top >= view.top && rect.right <= view.right && rect.bottom <= view.bottom;

/** Follows the selected findings: what they are about, and the camera when a part of that is off screen. */
function useFollow(): void {
  const store = useStoreApi();
  const model = useCanvasModel();
  useEffect(() => {
    const follow = (): void => {
      const design = activeDocument()?.design;
      const { focusedFindings } = useSession.getState();
      const evaluation = usePreview.getState().held?.current ?? useEvaluation.getState().current;
      useHighlight.setState({ active: design ? highlightOf(design, evaluation, focusedFindings) : null });
    };
    const look = (): void => {
      const seen = useHighlight.getState().active?.seen ?? [];
      const view = viewOf(store);
      const hidden = seen.some((id) => {
        const box = model.box(id);
        return box !== undefined && !inside(outerRect(box), view);
      });
      if (hidden) useSession.getState().moveCamera(seen);
    };
    follow();
    const stops = [
      useSession.subscribe((state, before) => {
        if (state.focusedFindings !== before.focusedFindings) {
          follow();
          look();
        } else if (state.selection !== before.selection && state.focusedFindings.length > 0 && Object.values(state.selection).some((ids) => ids.length > 0)) {
          // something else was taken in hand: the drawing comes back
          state.set({ focusedFindings: [] });
        }
      }),
      useEvaluation.subscribe((state, before) => {
        if (state.current !== before.current) follow();
      }),
      useWorkspace.subscribe((state, before) => {
        if (state.activeId !== before.activeId) useSession.getState().set({ focusedFindings: [] });
      }),
    ];
    return () => {
      stops.forEach((stop) => stop());
      useHighlight.setState({ active: null });
    };
  }, [model, store]);
}

function entryText(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ');
}

/** The selected findings on the canvas: follows them, and names the affected journeys where they enter. */
export function FindingFocus(): ReactElement | null {
  useFollow();
  const model = useCanvasModel();
  const entries = useHighlight((state) => state.active?.entries);
  if (!entries || entries.size === 0) return null;
  return (
    <OnPaper>
      {[...entries].map(([id, names]) => {
        const box = model.box(id);
        return box && <span key={id} className={styles.entry} style={{ transform: `translate(${box.x}px, ${box.y - ABOVE}px)` }}>{entryText(names)}</span>;
      })}
    </OnPaper>
  );
}
