import { fitName } from '../../drawing/names.ts';
import { chevronPath, chevronWidth, DISC_RADIUS, shortening, trianglePath } from '../../drawing/edge-figures.ts';
import type { Palette } from '../../drawing/palette.ts';
import type { PaperBox } from '../../drawing/places.ts';
import { LABEL_HEIGHT } from '../../drawing/routing/labels.ts';
import { headLength, headPlace, pathData } from '../../drawing/routing/path.ts';
import { textWidth } from '../../drawing/text-width.ts';
import { wrapText } from '../../drawing/wrap-text.ts';
import type { Boundary, Note } from '../../model/design.ts';
import { element, join, line, NOTHING, type Attributes, type Markup } from './markup.ts';
import type { PictureEdge, PictureLabel } from './picture-scene.ts';

const BORDERS: Readonly<Record<Boundary['kind'], Attributes>> = {
  region: { 'stroke-width': 1.5 },
  zone: { 'stroke-dasharray': '6 4' },
  cluster: {},
  group: { 'stroke-dasharray': '2 4' },
};

/** A region, zone, cluster or group (ui 3.3): its floor, its border and its name. */
export function drawBoundary(boundary: Boundary, box: PaperBox, palette: Palette): Markup {
  const { kind } = boundary;
  const half = kind === 'region' ? 0.75 : 0.5;
  const name = fitName(boundary.name, box.w - 24, (words) => textWidth(words, 'title', 12));
  const extra = kind === 'cluster' ? element('path', { d: `M${box.x + 6} ${box.y + 3.5}h${box.w - 12}`, fill: 'none', stroke: palette.control })
    : kind === 'group' ? element('rect', { x: box.x, y: box.y + 12, width: 3, height: box.h - 24, fill: palette.control }) : NOTHING;
  return element('g', {},
    element('rect', { x: box.x, y: box.y, width: box.w, height: box.h, rx: 6, fill: palette.ink1, 'fill-opacity': '0.025' }),
    element('rect', { x: box.x + half, y: box.y + half, width: box.w - 2 * half, height: box.h - 2 * half, rx: 6 - half, fill: 'none', stroke: palette.control, ...BORDERS[kind] }),
    extra,
    line(box.x + 12, box.y + 16.4, name, { font: 'text', size: 12, weight: 600, fill: palette.ink2 }),
  );
}

/** Lines of 20 that a note's text is set in, below a padding of 8. */
const NOTE = { line: 20, top: 8, left: 14, right: 12, fold: 12 } as const;

/** A note: its paper with a folded corner, and as much of its text as fits. */
export function drawNote(note: Note, box: PaperBox, palette: Palette): Markup {
  const [right, bottom] = [box.x + box.w, box.y + box.h];
  const lines = wrapText(note.text, box.w - NOTE.left - NOTE.right, Math.max(1, Math.floor((box.h - 2 * NOTE.top) / NOTE.line)), (words) => textWidth(words, 'text', 13));
  return element('g', {},
    element('path', { d: `M${box.x} ${box.y}H${right}V${bottom - NOTE.fold}L${right - NOTE.fold} ${bottom}H${box.x}z`, fill: palette.sunken }),
    element('rect', { x: box.x, y: box.y, width: 2, height: box.h, fill: palette.ink3 }),
    element('path', { d: `M${right - NOTE.fold} ${bottom}v${-NOTE.fold}h${NOTE.fold}z`, fill: palette.paper, stroke: palette.ink3, 'stroke-linejoin': 'round' }),
    ...lines.map((words, index) => line(box.x + NOTE.left, box.y + NOTE.top + index * NOTE.line + 14.7, words, { font: 'text', size: 13, weight: 400, fill: palette.ink1 })),
  );
}

const DASHES = { sync: {}, async: { 'stroke-dasharray': '8 5' }, replicate: { 'stroke-dasharray': '0 6', 'stroke-linecap': 'round' }, platform: {} } as const;

function head({ points, look }: PictureEdge, colour: string): Markup {
  const { x, y, angle } = headPlace(points);
  const transform = `translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}) rotate(${angle})`;
  if (look.line === 'replicate') return element('circle', { transform, cx: -DISC_RADIUS, r: DISC_RADIUS, fill: colour });
  const length = headLength(look.width);
  if (look.line === 'async') return element('path', { transform, d: chevronPath(length, look.width), fill: 'none', stroke: colour, 'stroke-width': chevronWidth(look.width), 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });
  return element('path', { transform, d: trianglePath(length), fill: colour });
}

/** A connection (ui 3.4): casing, line and head. Kinds differ by line and head, never by colour. */
export function drawEdge(edge: PictureEdge, palette: Palette): Markup {
  const { look, points } = edge;
  const colour = look.hot === 0 ? palette.ink3 : palette.heat[look.hot].solid;
  const d = pathData(points, shortening(look, headLength(look.width)));
  const line = { d, fill: 'none', 'stroke-linejoin': 'round' };
  return element('g', {},
    element('path', { ...line, stroke: palette.paper, 'stroke-width': look.width + 5 }),
    element('path', { ...line, stroke: colour, 'stroke-width': look.width, ...DASHES[look.line] }),
    head(edge, colour),
  );
}

/** The short label of a connection on its own piece of paper. */
export function drawLabel({ x, y, width, text }: PictureLabel, palette: Palette): Markup {
  return join(
    element('rect', { x: x - width / 2, y: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT, rx: 3, fill: palette.paper }),
    line(x, y + 4, text, { font: 'mono', size: 11, weight: 500, fill: palette.ink2, anchor: 'middle' }),
  );
}
