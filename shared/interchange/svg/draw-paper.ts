import { BOUNDARY, BOUNDARY_FILL, BOUNDARY_GLYPHS, BOUNDARY_HEADER, BOUNDARY_LINES, boundaryMark, fitBoundaryName } from '../../drawing/boundary-figures.ts';
import { chevronPath, chevronWidth, DISC_RADIUS, shortening, trianglePath } from '../../drawing/edge-figures.ts';
import { NOTE, noteLines, type NoteLine } from '../../drawing/note-figures.ts';
import type { Palette } from '../../drawing/palette.ts';
import type { PaperBox } from '../../drawing/places.ts';
import { LABEL_HEIGHT } from '../../drawing/routing/labels.ts';
import { headLength, headPlace, pathData } from '../../drawing/routing/path.ts';
import { fitName } from '../../drawing/names.ts';
import { teamBracket, TEAM_FRAME, type TeamFrame } from '../../drawing/team-frames.ts';
import { textWidth } from '../../drawing/text-width.ts';
import type { Note } from '../../model/design.ts';
import { element, join, line, NOTHING, type Markup } from './markup.ts';
import type { PictureBoundary, PictureEdge, PictureLabel } from './picture-scene.ts';

/** A region, zone, cluster or group (ui 3.3): its floor and its border. */
export function drawBoundary({ boundary: { kind }, box }: PictureBoundary, palette: Palette): Markup {
  const { width, dash } = BOUNDARY_LINES[kind];
  const half = width / 2;
  const mark = boundaryMark(kind, box);
  const outline = { fill: 'none', stroke: palette.control, 'stroke-width': width } as const;
  return element('g', {},
    element('rect', { x: box.x, y: box.y, width: box.w, height: box.h, rx: 6, fill: palette.ink1, 'fill-opacity': String(BOUNDARY_FILL) }),
    element('rect', { x: box.x + half, y: box.y + half, width: box.w - width, height: box.h - width, rx: 6 - half, ...outline, 'stroke-dasharray': dash ?? undefined }),
    mark ? element('path', { ...outline, transform: `translate(${box.x} ${box.y})`, d: mark.d, 'stroke-width': mark.width }) : NOTHING,
  );
}

/** A boundary's header: glyph, name and, of a failure unit, its blast radius. They lie over the connections, each on a piece of the floor. */
export function drawBoundaryHead({ boundary, box, blast, depth }: PictureBoundary, palette: Palette): Markup {
  const { kind } = boundary;
  const figure = blast === null ? 0 : textWidth(blast, 'mono', 11);
  const measure = (words: string): number => textWidth(words, 'title', 12);
  const name = fitBoundaryName(boundary.name, box.w, figure, measure);
  const { glyph, baseline, right } = BOUNDARY_HEADER;
  const ink = String(Math.round((1 - (1 - BOUNDARY_FILL) ** (depth + 1)) * 1000) / 1000);
  const floor = (x: number, width: number): Markup => {
    const place = { x, y: box.y + 4, width: Math.round(width * 10) / 10, height: BOUNDARY.header - 8, rx: 6 } as const;
    return join(element('rect', { ...place, fill: palette.paper }), element('rect', { ...place, fill: palette.ink1, 'fill-opacity': ink }));
  };
  return element('g', {},
    floor(box.x + 4, BOUNDARY_HEADER.name + measure(name)),
    blast === null ? NOTHING : floor(box.x + box.w - right - figure - 4, figure + 8),
    element('path', { transform: `translate(${box.x + glyph.x} ${box.y + glyph.y}) scale(${glyph.size / 20})`, d: BOUNDARY_GLYPHS[kind], fill: 'none', stroke: palette.ink2, 'stroke-width': 1.5, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }),
    line(box.x + BOUNDARY_HEADER.name, box.y + baseline, name, { font: 'text', size: 12, weight: 600, fill: palette.ink2 }),
    blast === null ? NOTHING : line(box.x + box.w - right, box.y + baseline, blast, { font: 'mono', size: 11, weight: 500, fill: palette.ink2, anchor: 'end' }),
  );
}

/** Baseline of a team's name below its frame's top edge, and the size of its letters. */
const TEAM_BASELINE = 16.4;
const TEAM_SIZE = 12;

/** What a team owns (ui 3.3): a dotted line, a bracket at the left, and the name. */
export function drawTeam({ team, rect: { left, top, right, bottom } }: TeamFrame, palette: Palette): Markup {
  const [w, h] = [right - left, bottom - top];
  const outline = { fill: 'none', stroke: palette.control } as const;
  const name = fitName(team, w - 2 * TEAM_FRAME.side, (words) => textWidth(words, 'title', TEAM_SIZE));
  return element('g', {},
    element('rect', { x: left + 0.5, y: top + 0.5, width: w - 1, height: h - 1, rx: 5.5, ...outline, 'stroke-dasharray': '2 4' }),
    element('path', { ...outline, transform: `translate(${left} ${top})`, d: teamBracket(h), 'stroke-width': TEAM_FRAME.bracket }),
    line(left + TEAM_FRAME.side, top + TEAM_BASELINE, name, { font: 'text', size: TEAM_SIZE, weight: 600, fill: palette.ink2 }),
  );
}

/** Baseline of a note's line below its top, and the size of the word for what is left out. */
const NOTE_BASELINE = 14.7;
const MORE_SIZE = 12;

function noteLine({ marker, pieces }: NoteLine, x: number, baseline: number, palette: Palette): Markup {
  return join(
    marker === null ? NOTHING : line(x + NOTE.left, baseline, marker, { font: 'text', size: NOTE.size, weight: 400, fill: palette.ink2 }),
    ...pieces.map(({ text: words, bold, link, x: by }) => join(
      line(x + by, baseline, words, { font: 'text', size: NOTE.size, weight: bold ? 600 : 400, fill: palette.ink1 }),
      link === null ? NOTHING : element('path', { d: `M${x + by} ${baseline + 2.5}h${textWidth(words, bold ? 'title' : 'text', NOTE.size)}`, stroke: palette.ink3, fill: 'none' }),
    )),
  );
}

/** A note: its paper with a folded corner, and as much of its text as fits. */
export function drawNote(note: Note, box: PaperBox, palette: Palette): Markup {
  const [right, bottom] = [box.x + box.w, box.y + box.h];
  const { lines, more } = noteLines(note.text, box);
  const baseline = (index: number): number => box.y + NOTE.top + index * NOTE.line + NOTE_BASELINE;
  return element('g', {},
    element('path', { d: `M${box.x} ${box.y}H${right}V${bottom - NOTE.fold}L${right - NOTE.fold} ${bottom}H${box.x}z`, fill: palette.sunken }),
    element('rect', { x: box.x, y: box.y, width: 2, height: box.h, fill: palette.ink3 }),
    element('path', { d: `M${right - NOTE.fold} ${bottom}v${-NOTE.fold}h${NOTE.fold}z`, fill: palette.paper, stroke: palette.ink3, 'stroke-linejoin': 'round' }),
    ...lines.map((each, index) => noteLine(each, box.x, baseline(index), palette)),
    more ? line(box.x + NOTE.left, baseline(lines.length), 'More', { font: 'text', size: MORE_SIZE, weight: 600, fill: palette.ink2 }) : NOTHING,
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
    element('rect', { x: x - width / 2, y: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT, rx: 6, fill: palette.paper }),
    line(x, y + 4, text, { font: 'mono', size: 11, weight: 500, fill: palette.ink2, anchor: 'middle' }),
  );
}
