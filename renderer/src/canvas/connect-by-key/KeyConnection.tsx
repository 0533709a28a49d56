import { useStore } from '@xyflow/react';
import { useEffect, type ReactElement } from 'react';
import { assignPorts } from '../../../../shared/drawing/routing/ports.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { headPlace, pathData } from '../../../../shared/drawing/routing/path.ts';
import { plainRoute } from '../../../../shared/drawing/routing/shapes.ts';
import { cancelConnecting, useConnectMode, type ConnectEnd, type MovingEnd } from '../../document/connect-mode.ts';
import { activeDocument, useDesign, useWorkspace } from '../../document/workspace.ts';
import { useSession } from '../../document/session.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { addConnection, moveEnd, reconnectRefusal, refusalBetween } from '../interaction/connecting.ts';
import { exists } from '../interaction/focus-after-removal.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { OnPaper } from '../OnPaper.tsx';
import { flowId } from '../projection/flow-types.ts';
import styles from './KeyConnection.module.css';

const flowOf = (end: ConnectEnd): string => flowId(end.kind, end.id);

/** Why the connection in the hand cannot end at a thing; null when it can. */
function refusalOf(design: Design, from: ConnectEnd, moving: MovingEnd | null, to: ConnectEnd): string | null {
  return moving ? reconnectRefusal(design, moving, to.id) : refusalBetween({ source: flowOf(from), target: flowOf(to) });
}

/** Make the connection, or carry its end. */
function connectTo(from: ConnectEnd, moving: MovingEnd | null, to: ConnectEnd): void {
  cancelConnecting();
  if (!moving) {
    addConnection({ source: flowOf(from), target: flowOf(to), sourceHandle: null, targetHandle: null });
    return;
  }
  moveEnd(moving, to.id);
  useCanvasUi.getState().set({ focused: { kind: 'edge', id: moving.edge } });
}

/** Answers "connect": draws the connection and ends, or says why not and stays. */
function useConfirm(): void {
  const confirmed = useConnectMode((state) => state.confirmed);
  useEffect(() => {
    if (!confirmed) return;
    const { from, moving, to, set } = useConnectMode.getState();
    const design = activeDocument()?.design;
    set({ confirmed: false });
    if (!from || !to || !design) {
      useSession.getState().notify('Choose where the connection ends: arrows walk, Enter connects.');
      return;
    }
    const reason = refusalOf(design, from, moving, to);
    if (reason !== null) {
      useSession.getState().notify(reason);
      return;
    }
    connectTo(from, moving, to);
  }, [confirmed]);
}

/** Ends with its first end, with the drawing, and with any press of the pointer on the canvas. */
function useEnding(from: ConnectEnd, moving: MovingEnd | null): void {
  useEffect(() => {
    useCanvasUi.getState().set({ connectingFrom: moving ? null : from.id, reconnecting: moving, caption: null });
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Element && event.target.closest('[role="application"]') !== null) cancelConnecting();
    };
    const stop = useWorkspace.subscribe((state, before) => {
      const design = activeDocument()?.design;
      if (state.activeId !== before.activeId || !design || !exists(design, from) || (moving && !Object.hasOwn(design.edges, moving.edge))) cancelConnecting();
    });
    window.addEventListener('pointerdown', onPress, true);
    return () => {
      stop();
      window.removeEventListener('pointerdown', onPress, true);
      useCanvasUi.getState().set({ connectingFrom: null, reconnecting: null });
    };
  }, [from, moving]);
}

/** The line as it would run, without avoidance. */
function Line({ from, to, refused }: { readonly from: ConnectEnd; readonly to: ConnectEnd; readonly refused: boolean }): ReactElement | null {
  const model = useCanvasModel();
  const [a, b] = [model.box(from.id), model.box(to.id)];
  const ends = a && b && assignPorts(new Map([[a.id, a], [b.id, b]]), [{ id: 'draft', from: a.id, to: b.id }]).get('draft');
  if (!ends) return null;
  const points = plainRoute(ends);
  const place = headPlace(points);
  return (
    <OnPaper>
      <svg className={styles.line} data-refused={refused || undefined} width="1" height="1" aria-hidden>
        <path d={pathData(points, refused ? 0 : 8)} />
        {!refused && <path className={styles.head} transform={`translate(${place.x} ${place.y}) rotate(${place.angle})`} d="M-9 -4.200L0 0L-9 4.200z" />}
      </svg>
    </OnPaper>
  );
}

/** Why not, at the candidate's lower left. */
function Reason({ to, text }: { readonly to: ConnectEnd; readonly text: string }): ReactElement | null {
  const box = useCanvasModel().box(to.id);
  const [x, y, zoom] = useStore((state) => state.transform);
  if (!box) return null;
  return <div className={styles.reason} style={{ left: box.x * zoom + x, top: (box.y + box.h) * zoom + y + 12 }}>{text}</div>;
}

function Mode({ from, moving, to }: { readonly from: ConnectEnd; readonly moving: MovingEnd | null; readonly to: ConnectEnd | null }): ReactElement {
  useEnding(from, moving);
  const design = useDesign((current) => current);
  const name = (end: ConnectEnd): string => (end.kind === 'node' ? design.nodes[end.id]?.name : design.boundaries[end.id]?.name) ?? 'nothing';
  const reason = to === null ? null : refusalOf(design, from, moving, to);
  const [source, target] = moving?.end === 'from' ? [to, from] : [from, to];
  const keys = `Enter connects, ${moving ? 'Tab takes the other end, ' : ''}Escape cancels.`;
  return (
    <>
      {source && target && <Line from={source} to={target} refused={reason !== null} />}
      {to && reason !== null && <Reason to={to} text={reason} />}
      <section className={styles.bar} aria-label="Connect by keyboard">
        <p className={styles.title}>{source === null ? `Connect which component to ${name(from)}?` : target === null ? `Connect ${name(from)} to which component?` : `Connect ${name(source)} to ${name(target)}`}</p>
        <p className={styles.hint} aria-live="polite">{reason ?? (to === null ? `Arrows or a first letter choose. ${keys}` : keys)}</p>
      </section>
    </>
  );
}

/** A connection while it is drawn by keys: its line, what refuses it, and what to press. */
export function KeyConnection(): ReactElement | null {
  const from = useConnectMode((state) => state.from);
  const moving = useConnectMode((state) => state.moving);
  const to = useConnectMode((state) => state.to);
  useConfirm();
  return from && <Mode from={from} moving={moving} to={to} />;
}
