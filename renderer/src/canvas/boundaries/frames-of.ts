import { teamFrames, type TeamFrame } from '../../../../shared/drawing/team-frames.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { componentBox } from '../../document/edits/membership.ts';

/** The frames of the teams of a drawing, canvas units; none while nobody owns a component. */
export function framesOf(design: Design): readonly TeamFrame[] {
  if (Object.values(design.nodes).every(({ team }) => team == null || team === '')) return [];
  return teamFrames(design, (id) => {
    const box = componentBox(design, id);
    return box ? { left: box.x, top: box.y, right: box.x + box.w, bottom: box.y + box.h } : null;
  });
}
