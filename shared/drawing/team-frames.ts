/** Frames of teams (ui 3.3). A team is a component's own field: its frame is drawn from it and holds nothing else. */
import type { Design } from '../model/design.ts';
import type { Rect } from './routing/geometry.ts';

/** Room between a frame and what it holds, canvas units; above there is room for tabs and the name. */
export const TEAM_FRAME = { side: 12, top: 44, bracket: 3, arm: 8 } as const;

/** Components of one team that stand together. */
export interface TeamFrame { readonly team: string; readonly rect: Rect; readonly nodes: readonly string[] }

const around = (a: Rect, b: Rect): Rect => ({ left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) });
const touches = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

interface Box { readonly id: string; readonly team: string | null; readonly rect: Rect }

function framed(rect: Rect): Rect {
  const { side, top } = TEAM_FRAME;
  return { left: rect.left - side, top: rect.top - top, right: rect.right + side, bottom: rect.bottom + side };
}

/**
 * The frames of a drawing: one for the components of a team, or several where others stand between them, so that no
 * frame holds a component of somebody else. By team, then from top left on; `boxOf` gives a component's box.
 */
export function teamFrames(design: Pick<Design, 'nodes'>, boxOf: (node: string) => Rect | null): readonly TeamFrame[] {
  const boxes = Object.values(design.nodes).flatMap(({ id, team }): readonly Box[] => {
    const rect = boxOf(id);
    return rect ? [{ id, team: team == null || team.trim() === '' ? null : team.trim(), rect }] : [];
  });
  const teams = [...new Set(boxes.flatMap(({ team }) => team ?? []))].sort((a, b) => (a < b ? -1 : 1));
  return teams.flatMap((team) => {
    const others = boxes.filter((box) => box.team !== team);
    const own = boxes.filter((box) => box.team === team).sort((a, b) => a.rect.top - b.rect.top || a.rect.left - b.rect.left);
    const frames: { rect: Rect; nodes: string[] }[] = [];
    for (const { id, rect } of own) {
      const home = frames.find((frame) => !others.some((other) => touches(framed(around(frame.rect, rect)), other.rect)));
      if (home) {
        home.rect = around(home.rect, rect);
        home.nodes.push(id);
      } else frames.push({ rect, nodes: [id] });
    }
    return frames.map(({ rect, nodes }) => ({ team, rect: framed(rect), nodes }));
  });
}

/** Where a frame's name is written, canvas units: no label of a connection comes there. `width` is that of the name. */
export function teamNameRect({ rect }: TeamFrame, width: number): Rect {
  const [left, top] = [rect.left + TEAM_FRAME.side, rect.top + 4];
  return { left, top, right: Math.min(left + width, rect.right), bottom: top + 16 };
}

/** A frame's bracket at its left as SVG path data, relative to the frame's corner. */
export function teamBracket(height: number): string {
  const { bracket, arm } = TEAM_FRAME;
  return `M${arm} ${bracket / 2}H${bracket / 2}V${height - bracket / 2}H${arm}`;
}
