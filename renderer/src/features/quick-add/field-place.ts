import { componentBox } from '../../document/edits/membership.ts';
import { paperView } from '../../document/clipboard/paper-view.ts';
import type { Design } from '../../../../shared/model/design.ts';
import type { Start } from '../../document/typed-path/plan.ts';
import { interfaceScale } from '../../ui/interface-size.ts';

/** Width of the field and its chips, and the room kept below it, px of the design. */
export const FIELD_WIDTH = 560;
const FIELD_ROOM = 168;
const MARGIN = 8;

/** A size or a place in the canvas region, CSS px. */
interface Size { readonly width: number; readonly height: number }
export interface FieldPlace { readonly left: number; readonly top: number }

const held = (value: number, most: number): number => Math.max(MARGIN, Math.min(value, most));

/**
 * Where the field opens: beneath what the line continues from, at the place where a line was dropped, else at the middle
 * of the view. Wholly inside the region. `canvas` is the corner of the drawing in it.
 */
export function fieldPlace(design: Design, start: Start | null, at: { readonly x: number; readonly y: number } | null, region: Size, canvas: FieldPlace): FieldPlace {
  const scale = interfaceScale();
  const room = FIELD_ROOM * scale;
  const width = Math.min(FIELD_WIDTH * scale, region.width - 2 * MARGIN);
  const view = paperView();
  const box = start?.kind === 'node' ? componentBox(design, start.id) : null;
  const corner = at ?? (box && { x: box.x, y: box.y + box.h });
  const seen = view?.seen();
  const [left, top] =
    view && seen && corner
      ? [canvas.left + (corner.x - seen.left) * view.zoom(), canvas.top + (corner.y - seen.top) * view.zoom() + MARGIN]
      : [(region.width - width) / 2, (region.height - room) / 2];
  return { left: held(left, region.width - width - MARGIN), top: held(top, region.height - room - MARGIN) };
}
