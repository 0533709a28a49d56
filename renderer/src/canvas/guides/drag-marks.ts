import { create } from 'zustand';
import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';
import type { GuideGap, GuideLine } from './alignments.ts';

/** A copy in the hand, not in the drawing yet. */
export interface CopyInHand { readonly key: string; readonly name: string; readonly rect: Rect }

interface DragMarks {
  readonly lines: readonly GuideLine[];
  readonly gaps: readonly GuideGap[];
  readonly copies: readonly CopyInHand[];
}

/** No marks. */
export const NO_MARKS: DragMarks = { lines: [], gaps: [], copies: [] };

/** What is drawn on the canvas while something is dragged. */
export const useDragMarks = create<DragMarks>()(() => NO_MARKS);
