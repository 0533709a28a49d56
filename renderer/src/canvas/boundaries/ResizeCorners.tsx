import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef, type PointerEvent, type ReactElement } from 'react';
import type { PaperBox } from '../../../../shared/drawing/places.ts';
import { boxWithCorner, resizeBoundary, type Corner } from '../../document/edits/boundaries.ts';
import { boxOf } from '../../document/edits/membership.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import styles from './ResizeCorners.module.css';

const CORNERS: readonly Corner[] = [
  { x: 'left', y: 'top' },
  { x: 'right', y: 'top' },
  { x: 'left', y: 'bottom' },
  { x: 'right', y: 'bottom' },
];

interface Hand { readonly corner: Corner; readonly before: PaperBox; readonly from: { readonly x: number; readonly y: number } }

function resize(id: string, hand: Hand, by: { readonly x: number; readonly y: number }): void {
  const design = activeDocument()?.design;
  const now = design && boxOf(design, 'boundary', id);
  if (!design || !now) return;
  const { before, corner } = hand;
  const at = { x: (corner.x === 'left' ? before.x : before.x + before.w) + by.x, y: (corner.y === 'top' ? before.y : before.y + before.h) + by.y };
  const box = boxWithCorner(design, id, now, corner, at);
  if (box.x === now.x && box.y === now.y && box.w === now.w && box.h === now.h) return;
  useWorkspace.getState().commit(`Resize ${design.boundaries[id]?.name ?? 'boundary'}`, (draft) => resizeBoundary(draft, id, box, before), 'merge');
}

/** The corners of a boundary's border: dragging one changes its size in steps of 8, down to what it holds. One undo step. */
export function ResizeCorners({ id }: { readonly id: string }): ReactElement {
  const { getZoom } = useReactFlow();
  const hand = useRef<Hand | null>(null);
  useEffect(() => () => void (hand.current && useWorkspace.getState().settle()), []);
  const start = (event: PointerEvent<HTMLElement>, corner: Corner): void => {
    const design = activeDocument()?.design;
    const before = event.button === 0 && design ? boxOf(design, 'boundary', id) : null;
    if (!before) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    useWorkspace.getState().settle();
    hand.current = { corner, before, from: { x: event.clientX, y: event.clientY } };
  };
  const move = (event: PointerEvent): void => {
    const { current } = hand;
    if (current) resize(id, current, { x: (event.clientX - current.from.x) / getZoom(), y: (event.clientY - current.from.y) / getZoom() });
  };
  const end = (): void => {
    if (hand.current) useWorkspace.getState().settle();
    hand.current = null;
  };
  return (
    <>
      {CORNERS.map((corner) => (
        <div
          key={`${corner.x} ${corner.y}`}
          className={`nodrag nopan ${styles.corner}`}
          data-corner={`${corner.y}-${corner.x}`}
          onPointerDown={(event) => start(event, corner)}
          onPointerMove={move}
          onPointerUp={end}
          onPointerCancel={end}
          onDoubleClick={(event) => event.stopPropagation()}
        />
      ))}
    </>
  );
}
