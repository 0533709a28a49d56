import { useStore } from '@xyflow/react';
import type { ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useSession } from '../../document/session.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { useHighlight } from '../highlight/highlight.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import { outerRect, type Rect } from '../../../../shared/drawing/routing/geometry.ts';
import styles from './Ghost.module.css';

const SIDES = ['left', 'right', 'above', 'below'] as const;
type Side = (typeof SIDES)[number];

/** Where a box lies whose middle cannot be seen; null when it can. */
function sideOf(box: Rect, view: Rect): Side | null {
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  if (x <= view.left) return 'left';
  if (x >= view.right) return 'right';
  if (y <= view.top) return 'above';
  return y >= view.bottom ? 'below' : null;
}

/** At the canvas's edges: how much of a preview, of selected findings or of the selection lies out of sight. A press brings it into view. */
export function OffscreenChips(): ReactElement | null {
  const model = useCanvasModel();
  const changes = usePreview((state) => state.shown?.changes.nodes);
  const seen = useHighlight((state) => state.active?.seen);
  const { node, boundary } = useSession((state) => state.selection);
  const view = useStore(
    useShallow(({ transform: [x, y, zoom], width, height }): Rect => ({ left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom })),
  );
  const targets = changes ? [...changes.keys()] : seen;
  const ids = targets ?? [...node, ...boundary];
  if (ids.length === 0 || view.right <= view.left) return null;
  const hidden = new Map<Side, string[]>();
  for (const id of ids) {
    const box = model.box(id);
    const side = box ? sideOf(outerRect(box), view) : null;
    if (side) hidden.set(side, [...(hidden.get(side) ?? []), id]);
  }
  const what = (count: number): string => (changes ? `${count} ${count === 1 ? 'change' : 'changes'}` : String(count));
  return (
    <div className={styles.chips}>
      {SIDES.flatMap((side) => {
        const there = hidden.get(side);
        return there ? [<button key={side} type="button" className={styles.chip} data-side={side} onClick={() => useSession.getState().moveCamera(targets ?? 'selection')}>{`${what(there.length)} ${side}`}</button>] : [];
      })}
    </div>
  );
}
