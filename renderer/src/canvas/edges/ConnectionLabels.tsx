import { useStore, useStoreApi } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { labelWordings } from '../../../../shared/drawing/edge-figures.ts';
import { edgeSentence, fullLabel } from '../figures/edge-words.ts';
import { onlySelected } from '../interaction/selection.ts';
import { useDimmedEdge } from '../highlight/highlight.ts';
import { useKeyed } from '../keyed-store.ts';
import { FULL_FROM } from '../level-of-detail.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import type { Polyline } from '../../../../shared/drawing/routing/geometry.ts';
import { viewOf } from '../view-of.ts';
import styles from './ConnectionEdge.module.css';

interface LabelProps { readonly id: string; readonly points: Polyline }

/** The short label that is shown unasked, where it found a place. */
const ShortLabel = memo(function ShortLabel({ id }: { readonly id: string }): ReactElement | null {
  const { places, feed } = useCanvasModel();
  const place = useKeyed(places, id);
  const wordings = useKeyed(feed.labels, id);
  const dimmed = useDimmedEdge(id);
  const text = place ? wordings?.[place.wording] : undefined;
  if (!place || text === undefined) return null;
  return (
    <OnPaper>
      <div className={styles.label} data-dimmed={dimmed || undefined} style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }} aria-hidden>{text}</div>
    </OnPaper>
  );
});

/** The full line about a connection. From far away it grows against the zoom, so that it can still be read. */
function FullLabel({ id, points }: LabelProps): ReactElement | null {
  const model = useCanvasModel();
  const design = useDesign((current) => current);
  const result = useEvaluation((state) => state.current?.edges[id]);
  const ends = useRangesAt(useEvaluation((state) => state.current?.multiple))?.edges[id];
  const plain = useSession((state) => state.mode === 'whiteboard');
  const store = useStoreApi();
  const scale = useStore((state) => Math.max(1, FULL_FROM / state.transform[2]));
  const edge = design.edges[id];
  if (!edge) return null;
  const text = fullLabel(design, edge, result, plain, ends);
  const at = model.placeFull(id, points, text, scale, viewOf(store.getState()));
  return (
    <OnPaper>
      <div className={styles.label} data-full style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${scale}) translate(-50%, -50%)` }} aria-hidden>{text}</div>
    </OnPaper>
  );
}

/** Whether the full line is asked for: hovered, the only thing selected, or where the keys stand. */
function useAsked(id: string): boolean {
  const hovered = useCanvasUi((state) => isThing(state.hovered, 'edge', id));
  const focused = useCanvasUi((state) => state.keys && isThing(state.focused, 'edge', id));
  const alone = useSession((state) => isThing(onlySelected(state.selection), 'edge', id));
  return hovered || focused || alone;
}

function Labels({ id, points, short }: LabelProps & { readonly short: boolean }): ReactElement | null {
  const asked = useAsked(id);
  if (asked) return <FullLabel id={id} points={points} />;
  return short ? <ShortLabel id={id} /> : null;
}

/**
 * The words on a connection (ui 3.4): the short label where there is room, the full line on request. `near` tells that
 * the connection is hovered, selected or focused, and so may have been asked; `short` that the zoom shows short labels.
 */
export function ConnectionLabels({ near, ...props }: LabelProps & { readonly near: boolean; readonly short: boolean }): ReactElement | null {
  if (near) return <Labels {...props} />;
  return props.short ? <ShortLabel id={props.id} /> : null;
}

/** The connection for the ear; only where the keyboard stands, since each spoken figure would follow the load. */
export function ConnectionSentence({ id }: { readonly id: string }): ReactElement | null {
  const design = useDesign((current) => current);
  const result = useEvaluation((state) => state.current?.edges[id]);
  const plain = useSession((state) => state.mode === 'whiteboard');
  const onMiss = useEvaluation((state) => state.current !== null && (labelWordings(design, state.current, [id]).get(id)?.[0]?.startsWith('on miss') ?? false));
  const edge = design.edges[id];
  return edge ? <desc id={`connection-${id}-name`}>{edgeSentence(design, edge, result, plain, onMiss)}</desc> : null;
}
