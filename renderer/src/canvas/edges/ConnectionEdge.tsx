import type { EdgeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { useSession } from '../../document/session.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import type { ChangeKind } from '../../evaluation/preview-changes.ts';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { PLAIN_WIDTH, shortening, type EdgeLook } from '../../../../shared/drawing/edge-figures.ts';
import { EdgeGhostMark, useEdgeGhost } from '../ghosts/GhostMark.tsx';
import { useDimmedEdge, useHighlight } from '../highlight/highlight.ts';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { usePathState } from '../path/use-path-state.ts';
import { parseFlowId, type ConnectionFlowEdge } from '../projection/flow-types.ts';
import { OnPaper } from '../OnPaper.tsx';
import type { Polyline } from '../../../../shared/drawing/routing/geometry.ts';
import { headLength, headPlace, pathData, withoutPlates } from '../../../../shared/drawing/routing/path.ts';
import { ConnectionLabels, ConnectionSentence } from './ConnectionLabels.tsx';
import { EdgeHands } from './EdgeHands.tsx';
import { EdgeHead } from './EdgeHead.tsx';
import styles from './ConnectionEdge.module.css';

const PLAIN: EdgeLook = { line: 'sync', width: PLAIN_WIDTH, hot: 0 };

/** Whether the journey that somebody traces, or one that the selected finding affects, travels this connection. */
function useTraced(id: string): boolean {
  const affected = useHighlight(({ active }) => active?.traced.has(id) ?? false);
  const journey = useSession((state) => state.selectedJourney);
  const asked = useEvaluation((state) => journey !== null && (state.current?.edges[id]?.journeys.includes(journey) ?? false));
  return affected || asked;
}

/** The line as it is drawn at this distance: in the overview no plates are, so it ends at the component's own border. */
function useDrawnRoute({ id, source, target }: Pick<EdgeProps<ConnectionFlowEdge>, 'id' | 'source' | 'target'>, overview: boolean): Polyline | undefined {
  const model = useCanvasModel();
  const points = useKeyed(model.routes, id);
  return points && overview ? withoutPlates(points, model.box(parseFlowId(source).id), model.box(parseFlowId(target).id)) : points;
}

/** How far from the line's beginning its mark stands, canvas units: short of where labels are. */
const MARK_AT = 18;

/** The mark of a changed connection, near where it begins. */
function GhostOnLine({ kind, points }: { readonly kind: ChangeKind; readonly points: Polyline }): ReactElement | null {
  const [a, b] = points;
  if (!a || !b) return null;
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const along = length === 0 ? 0 : Math.min(MARK_AT, length / 2) / length;
  return <OnPaper><EdgeGhostMark kind={kind} x={a.x + (b.x - a.x) * along} y={a.y + (b.y - a.y) * along} /></OnPaper>;
}

function Connection({ id, source, target, selected }: EdgeProps<ConnectionFlowEdge>): ReactElement | null {
  const { feed } = useCanvasModel();
  const look = useKeyed(feed.looks, id) ?? PLAIN;
  const lod = useCanvasUi((state) => state.lod);
  const hovered = useCanvasUi((state) => isThing(state.hovered, 'edge', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'edge', id));
  const cut = useCanvasUi((state) => state.splice?.edge === id);
  const traced = useTraced(id);
  const dimmed = useDimmedEdge(id);
  const ghost = useEdgeGhost(id);
  const path = usePathState(id);
  const overview = lod === 'overview';
  const points = useDrawnRoute({ id, source, target }, overview);
  const bundled = useKeyed(useCanvasModel().bundled, id) === true && overview;
  if (!points || (bundled && !(selected || focused || traced || ghost || path))) return null;
  const scale = lod === 'compact' ? 1.5 : 1;
  const head = headLength(look.width) * scale;
  const d = pathData(points, overview ? 0 : shortening(look, head));
  return (
    <g id={`connection-${id}`} className={styles.connection} role="group" aria-roledescription="connection" aria-labelledby={`connection-${id}-name`} data-line={look.line} data-lod={lod} data-selected={selected || undefined} data-hovered={hovered || undefined} data-focused={focused || undefined} data-hot={look.hot || undefined} data-traced={traced || undefined} data-dimmed={dimmed || undefined} data-ghost={ghost} data-path={path}>
      {(selected || focused) && <ConnectionSentence id={id} />}
      {!overview && look.line !== 'platform' && <path d={d} className={styles.casing} strokeWidth={look.width + 5} />}
      {(selected || cut) && <path d={d} className={styles.selection} strokeWidth={look.width + 4} />}
      <path d={d} className={styles.line} strokeWidth={look.width + (traced ? 1 : 0)} />
      {!overview && <EdgeHead place={headPlace(points)} line={look.line} length={head} width={look.width} />}
      <path d={pathData(points)} className={styles.hit} />
      {selected && <EdgeHands id={id} points={points} />}
      {ghost && <GhostOnLine kind={ghost} points={points} />}
      <ConnectionLabels id={id} points={points} near={(selected || hovered || focused) === true} short={lod === 'full' && path === undefined} />
    </g>
  );
}

/** A connection on the canvas (ui 3.4). Renders again when its route, its width by a tenth, or its state changes. */
export const ConnectionEdge = memo(Connection);
