import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect, type CSSProperties, type ReactElement } from 'react';
import { useSession } from '../../document/session.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { selectCut, useCutSets } from '../../evaluation/cut-sets.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { FULL_FROM } from '../level-of-detail.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import { outerRect, type Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { highlightOf, highlightOfCut, useHighlight } from './highlight.ts';
import { viewOf } from '../view-of.ts';
import styles from './Highlight.module.css';

/** Journeys that are named at one entry; the rest is counted. */
const NAMED = 2;

/** Distance of that name's lower edge from the component, canvas units: clear of its badge and tab. */
const ABOVE = 14;

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
      const { selected } = useCutSets.getState();
      const active = design && selected ? highlightOfCut(design, evaluation, selected) : design ? highlightOf(design, evaluation, focusedFindings) : null;
      useHighlight.setState({ active });
    };
    const look = (): void => {
      const seen = useHighlight.getState().active?.seen ?? [];
      const view = viewOf(store.getState());
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
          if (state.focusedFindings.length > 0) selectCut(null);
          follow();
          look();
        } else if (state.selection !== before.selection && Object.values(state.selection).some((ids) => ids.length > 0)) {
          // something else was taken in hand: the drawing comes back
          if (state.focusedFindings.length > 0) state.set({ focusedFindings: [] });
          selectCut(null);
        }
      }),
      useCutSets.subscribe((state, before) => {
        if (state.selected === before.selected) return;
        if (state.selected !== null) useSession.getState().set({ focusedFindings: [] });
        follow();
        look();
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

/** Space between a component and the bracket around it, canvas units. */
const BRACKET = 8;

/** How much signs grow against the zoom, so that their words can still be read from far away. */
function useGrowth(): number {
  return useStore((state) => Math.max(1, FULL_FROM / state.transform[2]));
}

/** A bracket around each member of a cut set, with the number of the set. */
function CutBrackets(): ReactElement | null {
  const model = useCanvasModel();
  const cuts = useHighlight((state) => state.active?.cuts);
  const growth = useGrowth();
  if (!cuts || cuts.size === 0) return null;
  return (
    <OnPaper>
      {[...cuts].map(([id, numbers]) => {
        const box = model.box(id);
        if (!box) return null;
        const { left, top, right, bottom } = outerRect(box);
        return (
          <div key={id} className={styles.bracket} data-cut-member={id} style={{ transform: `translate(${left - BRACKET}px, ${top - BRACKET}px)`, width: right - left + 2 * BRACKET, height: bottom - top + 2 * BRACKET, '--growth': growth } as CSSProperties}>
            <span className={styles.cutNumber}>{growth === 1 ? `cut set ${numbers.join(', ')}` : numbers.join(', ')}</span>
          </div>
        );
      })}
    </OnPaper>
  );
}

/** The selected findings or the selected cut set on the canvas: follows them, brackets cut sets, and names the affected journeys where they enter. */
export function FindingFocus(): ReactElement | null {
  useFollow();
  const model = useCanvasModel();
  const entries = useHighlight((state) => state.active?.entries);
  const growth = useGrowth();
  return (
    <>
      <CutBrackets />
      {entries && entries.size > 0 && (
        <OnPaper>
          {[...entries].map(([id, names]) => {
            const box = model.box(id);
            return box && <span key={id} className={styles.entry} style={{ transform: `translate(${box.x}px, ${box.y - ABOVE}px) scale(${growth}) translateY(-100%)` }}>{entryText(names)}</span>;
          })}
        </OnPaper>
      )}
    </>
  );
}
