import type { ReactFlowState } from '@xyflow/react';
import type { Rect } from '../../../shared/drawing/routing/geometry.ts';

/** The part of the paper that is on screen, canvas units. */
export function viewOf({ transform: [x, y, zoom], width, height }: Pick<ReactFlowState, 'transform' | 'width' | 'height'>): Rect {
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}
