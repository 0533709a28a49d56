import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { edgeSentence, fullLabel, PLAIN_WIDTH, type EdgeLook } from '../figures/edge-figures.ts';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import type { ConnectionFlowEdge } from '../projection/flow-types.ts';
import type { Polyline } from '../routing/geometry.ts';
import { headLength, headPlace, pathData } from '../routing/path.ts';
import { segmentsOf } from '../routing/spatial-index.ts';
import { EdgeHead } from './EdgeHead.tsx';
import styles from './ConnectionEdge.module.css';

const PLAIN: EdgeLook = { line: 'sync', width: PLAIN_WIDTH, hot: 0 };

/** How much of the line the head replaces: a triangle's stroke ends at its base, the others' at their middle. */
function shortening(look: EdgeLook, head: number): number {
  if (look.line === 'sync') return head - 0.5;
  return look.line === 'replicate' ? 4 : look.line === 'async' ? look.width * 0.8 : 0;
}

/** The middle of the longest piece: where a label asked for by hovering or selecting stands. */
function middleOf(points: Polyline): { readonly x: number; readonly y: number } {
  const longest = [...segmentsOf('', points)].sort((a, b) => b.high - b.low - (a.high - a.low))[0];
  if (!longest) return points[0] ?? { x: 0, y: 0 };
  const along = (longest.low + longest.high) / 2;
  return longest.horizontal ? { x: along, y: longest.at } : { x: longest.at, y: along };
}

/** The short label that is shown unasked, where it found a place. */
const ShortLabel = memo(function ShortLabel({ id }: { readonly id: string }): ReactElement | null {
  const { places, feed } = useCanvasModel();
  const place = useKeyed(places, id);
  const wordings = useKeyed(feed.labels, id);
  const text = place ? wordings?.[place.wording] : undefined;
  if (!place || text === undefined) return null;
  return (
    <EdgeLabelRenderer>
      <div className={styles.label} style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }} aria-hidden>{text}</div>
    </EdgeLabelRenderer>
  );
});

/** The full line about a connection, while it is hovered or selected. */
function FullLabel({ id, points }: { readonly id: string; readonly points: Polyline }): ReactElement | null {
  const design = useDesign((current) => current);
  const result = useEvaluation((state) => state.current?.edges[id]);
  const edge = design.edges[id];
  if (!edge) return null;
  const at = middleOf(points);
  return (
    <EdgeLabelRenderer>
      <div className={styles.label} data-full style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }} aria-hidden>{fullLabel(design, edge, result)}</div>
    </EdgeLabelRenderer>
  );
}

/** The connection for the ear; only where the keyboard stands, since each spoken figure would follow the load. */
function Sentence({ id }: { readonly id: string }): ReactElement | null {
  const design = useDesign((current) => current);
  const result = useEvaluation((state) => state.current?.edges[id]);
  const edge = design.edges[id];
  return edge ? <desc id={`connection-${id}-name`}>{edgeSentence(design, edge, result)}</desc> : null;
}

function Connection({ id, selected }: EdgeProps<ConnectionFlowEdge>): ReactElement | null {
  const { routes, feed } = useCanvasModel();
  const points = useKeyed(routes, id);
  const look = useKeyed(feed.looks, id) ?? PLAIN;
  const lod = useCanvasUi((state) => state.lod);
  const hovered = useCanvasUi((state) => isThing(state.hovered, 'edge', id));
  const focused = useCanvasUi((state) => isThing(state.focused, 'edge', id));
  if (!points) return null;
  const overview = lod === 'overview';
  const scale = lod === 'compact' ? 1.5 : 1;
  const head = headLength(look.width) * scale;
  const d = pathData(points, overview ? 0 : shortening(look, head));
  const asked = (selected || hovered || focused) === true;
  return (
    <g id={`connection-${id}`} className={styles.connection} role="group" aria-roledescription="connection" aria-labelledby={`connection-${id}-name`} data-line={look.line} data-lod={lod} data-selected={selected || undefined} data-hovered={hovered || undefined} data-focused={focused || undefined} data-hot={look.hot || undefined}>
      {(selected || focused) && <Sentence id={id} />}
      {!overview && look.line !== 'platform' && <path d={d} className={styles.casing} strokeWidth={look.width + 5} />}
      {selected && <path d={d} className={styles.selection} strokeWidth={look.width + 4} />}
      <path d={d} className={styles.line} strokeWidth={look.width} />
      {!overview && <EdgeHead place={headPlace(points)} line={look.line} length={head} width={look.width} />}
      <path d={pathData(points)} className={styles.hit} />
      {asked && <FullLabel id={id} points={points} />}
      {!asked && lod === 'full' && <ShortLabel id={id} />}
    </g>
  );
}

/** A connection on the canvas (ui 3.4). Renders again when its route, its width by a tenth, or its state changes. */
export const ConnectionEdge = memo(Connection);
