import { useStoreApi } from '@xyflow/react';
import { memo, useEffect, useMemo, type ReactElement } from 'react';
import { pathFacts, pathOf, type PathRow } from '../../document/journey-path.ts';
import { stopPathEditing, usePathEditing } from '../../document/path-editing.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import { pointAlong } from '../../../../shared/drawing/routing/path.ts';
import styles from './Path.module.css';

/** Distance of a number from the start of its line, canvas units: clear of the component and of its plates. */
const FROM_START = 28;

const Mark = memo(function Mark({ edge, number }: { readonly edge: string; readonly number: number }): ReactElement | null {
  const { routes } = useCanvasModel();
  const points = useKeyed(routes, edge);
  if (!points) return null;
  const { x, y } = pointAlong(points, FROM_START);
  return <div className={styles.mark} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }} aria-hidden>{number}</div>;
});

function numbersOf(rows: readonly PathRow[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap((row) => (row.number === null ? [] : [[row.edge, row.number] as const])));
}

/** Keys go to the drawing while a way is edited, and stay there when the bar with its buttons goes. */
function useDrawingFocus(id: string | null, entry: string | undefined): void {
  const store = useStoreApi();
  useEffect(() => {
    if (id === null) return undefined;
    const { domNode } = store.getState();
    domNode?.focus({ preventScroll: true });
    useCanvasUi.getState().set({ focused: entry === undefined ? null : { kind: 'edge', id: entry } });
    return () => {
      if (document.activeElement === document.body) domNode?.focus({ preventScroll: true });
    };
  }, [id, entry, store]);
}

/** Numbers of the connections that the edited journey takes. Editing ends when the journey goes, or another one is chosen. */
export function PathMarks(): ReactElement | null {
  const id = usePathEditing((state) => state.journey);
  const design = useDesign((current) => current);
  const evaluation = useEvaluation((state) => state.base);
  const selected = useSession((state) => state.selectedJourney);
  const plain = useSession((state) => state.mode === 'whiteboard');
  const journey = id === null ? undefined : design.journeys[id];
  const numbers = useMemo(() => (journey ? numbersOf(pathOf(design, journey, pathFacts(evaluation, journey.id))) : null), [design, journey, evaluation]);
  useEffect(() => {
    if (id !== null && (!journey || selected !== id || plain)) stopPathEditing();
    else usePathEditing.getState().set({ numbers });
  }, [id, journey, selected, plain, numbers]);
  useEffect(() => stopPathEditing, []);
  useDrawingFocus(id, journey && design.edges[journey.entry] ? journey.entry : undefined);
  if (numbers === null) return null;
  return <OnPaper>{[...numbers].map(([edge, number]) => <Mark key={edge} edge={edge} number={number} />)}</OnPaper>;
}
