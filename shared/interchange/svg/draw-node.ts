import { multiplicityText, TAB_INSIDE, tabWidth } from '../../drawing/component-facts.ts';
import { BADGE, badgeText } from '../../drawing/finding-marks.ts';
import type { HeatStep } from '../../drawing/heat.ts';
import type { Palette } from '../../drawing/palette.ts';
import { textWidth } from '../../drawing/text-width.ts';
import { fitName } from '../../drawing/names.ts';
import type { Severity } from '../../contracts/evaluation.ts';
import { element, join, line, NOTHING, text, type Attributes, type Markup } from './markup.ts';
import type { PictureLoad, PictureNode } from './picture-scene.ts';

/** Reference to the stripes of what is saturated, defined once in the picture. */
export const STRIPES = 'plumbline-stripes';

/** Room at both sides of a component's content, and the height of a tab with the line that it covers. */
const PADDING = 12;
const TAB = { height: 17, inset: 10, radius: 6 } as const;

const border = (colour: string, width: number): Attributes => ({ fill: 'none', stroke: colour, 'stroke-width': width });

function frameBox({ box }: PictureNode, by: number, attributes: Attributes): Markup {
  return element('rect', { x: box.x + by, y: box.y + by, width: box.w - 2 * by, height: box.h - 2 * by, rx: 6 - by, ...attributes });
}

function plates(picture: PictureNode, palette: Palette): Markup {
  const { box } = picture;
  const offsets = box.plates > 4 ? [8, 4] : box.plates > 0 ? [4] : [];
  return join(...offsets.map((by) => element('rect', { x: box.x + by + 0.5, y: box.y - by + 0.5, width: box.w - 1, height: box.h - 1, rx: 5.5, fill: palette.raised, stroke: palette.control })));
}

function tab({ box, facts, zones }: PictureNode, palette: Palette): Markup {
  const width = tabWidth(facts.units, zones);
  if (width === 0) return NOTHING;
  const left = box.x + box.w + box.plates - TAB.inset - width;
  const bottom = box.y - box.plates + 1;
  const top = bottom - TAB.height - 1;
  const [l, t, r] = [left + 0.5, top + 0.5, left + width - 0.5];
  const units = multiplicityText(facts.units);
  const outline = `M${l} ${bottom}V${t + TAB.radius}a${TAB.radius} ${TAB.radius} 0 0 1 ${TAB.radius} ${-TAB.radius}H${r - TAB.radius}a${TAB.radius} ${TAB.radius} 0 0 1 ${TAB.radius} ${TAB.radius}V${bottom}`;
  const first = left + TAB_INSIDE.side + (units === '' ? 0 : Math.ceil(units.length * 6.6) + TAB_INSIDE.between) + TAB_INSIDE.dot / 2;
  const dots = zones === null ? [] : [0, 1, 2].map((zone) => element('circle', { cx: first + zone * TAB_INSIDE.pitch, cy: top + 9, r: 2.25, fill: zone < zones ? palette.ink2 : 'none', stroke: palette.ink2 }));
  return join(
    element('path', { d: outline, fill: palette.raised, stroke: palette.control }),
    units === '' ? NOTHING : line(left + TAB_INSIDE.side, top + 13, units, { font: 'mono', size: 11, weight: 500, fill: palette.ink1 }),
    ...dots,
  );
}

function borderOf({ facts, node }: PictureNode, step: HeatStep | 0, palette: Palette): Attributes & { readonly 'stroke-width': number } {
  const hot = step === 6 || step === 7;
  const width = step === 7 ? 2 : step === 6 || facts.silhouette === 'external' ? 1.5 : 1;
  const dashes = node.guessed ? '4 3' : facts.silhouette === 'external' ? '1.5 2.5' : undefined;
  return { ...border(hot ? palette.heat[step].solid : palette.control, width), 'stroke-width': width, 'stroke-dasharray': dashes };
}

/** The frame with its tint, its border and the silhouette of its type. */
function frame(picture: PictureNode, step: HeatStep | 0, palette: Palette): Markup {
  const { box, facts } = picture;
  const outline = borderOf(picture, step, palette);
  const inner = facts.silhouette === 'store' ? `M${box.x + 6} ${box.y + 4.5}h${box.w - 12}` : facts.silhouette === 'broker' ? `M${box.x + box.w - 5.5} ${box.y + 6}v${box.h - 12}` : null;
  return join(
    frameBox(picture, 0, { fill: step === 0 ? palette.raised : palette.heat[step].tint }),
    inner === null ? NOTHING : element('path', { d: inner, ...border(palette.control, 1) }),
    frameBox(picture, outline['stroke-width'] / 2, outline),
  );
}

function bar({ box }: PictureNode, { heat, share }: PictureLoad, palette: Palette): Markup {
  const { step, knee } = heat;
  if (share === null || step === 0) return NOTHING;
  const [x, y, track] = [box.x + PADDING, box.y + 53, box.w - 2 * PADDING];
  return join(
    element('rect', { x: x + 0.5, y: y + 0.5, width: track - 1, height: 3, fill: palette.sunken, stroke: palette.hair }),
    element('rect', { x, y, width: track * share, height: 4, fill: step === 7 ? `url(#${STRIPES})` : palette.heat[step].solid }),
    element('rect', { x: x + Math.round(track * knee), y: y + 4, width: 1, height: 4, fill: palette.ink3 }),
    element('rect', { x: x - 1 + track * share, y: y - 2, width: 2, height: 8, fill: palette.ink1 }),
  );
}

function figures(picture: PictureNode, load: PictureLoad, palette: Palette): Markup {
  const { box, facts } = picture;
  const { step } = load.heat;
  const baseline = box.y + 45.3;
  const right = box.x + box.w - (facts.silhouette === 'broker' ? 14 : PADDING);
  const metric = step === 7
    ? line(box.x + PADDING, baseline, load.text.metric, { font: 'text', size: 12, weight: 600, fill: palette.ink1 })
    : line(box.x + PADDING, baseline, load.text.metric, { font: 'mono', size: 12, weight: 500, fill: palette.ink2 });
  const figure = facts.silhouette === 'client' || load.text.figure === '' ? NOTHING
    : line(right, baseline, load.text.figure, { font: 'mono', size: 12, weight: step >= 6 ? 600 : 500, fill: palette.ink1, anchor: 'end' });
  return join(metric, figure, bar(picture, load, palette));
}

/** The shape of a severity in a square of 14 around a point: filled octagon with "!", outlined triangle, ring. */
export function severityMark(x: number, y: number, severity: Severity, palette: Palette): Markup {
  const at = { transform: `translate(${x} ${y})` };
  if (severity === 'minor') return element('circle', { ...at, r: 4.5, ...border(palette.ink3, 1.5) });
  if (severity === 'major') return element('path', { ...at, d: 'M0 -5.5l6 10.5h-12z', fill: palette.redTint, stroke: palette.red, 'stroke-width': 1.5, 'stroke-linejoin': 'round' });
  return element('g', at,
    element('path', { d: 'M-2.5 -6h5l3.5 3.5v5l-3.5 3.5h-5l-3.5 -3.5v-5z', fill: palette.red }),
    element('path', { d: 'M0 -3.2v3.6M0 2.6v.4', ...border(palette.onRed, 1.6), 'stroke-linecap': 'round' }));
}

function badge({ box, mark }: PictureNode, palette: Palette): Markup {
  if (!mark) return NOTHING;
  const words = badgeText(mark.count);
  const [left, top] = [box.x + BADGE.left, box.y + BADGE.top];
  const width = 30 + textWidth(words, 'mono', 11);
  return join(
    element('rect', { x: left + 0.5, y: top + 0.5, width: width - 1, height: BADGE.height - 1, rx: 9.5, fill: palette.raised, stroke: mark.worst === 'minor' ? palette.control : palette.red }),
    severityMark(left + 12, top + 10, mark.worst, palette),
    line(left + 22, top + 14, words, { font: 'mono', size: 11, weight: 600, fill: palette.ink1 }),
  );
}

function guess({ box, node }: PictureNode, palette: Palette): Markup {
  if (!node.guessed) return NOTHING;
  const [left, top] = [box.x - 6, box.y + box.h - 10];
  return join(
    element('rect', { x: left + 0.5, y: top + 0.5, width: 15, height: 15, fill: palette.raised, stroke: palette.control }),
    line(left + 8, top + 12, '?', { font: 'mono', size: 11, weight: 600, fill: palette.ink1, anchor: 'middle' }),
  );
}

function secondLine(picture: PictureNode, palette: Palette): Markup {
  const { box, facts, load } = picture;
  if (load) return figures(picture, load, palette);
  const title = fitName(facts.title, box.w - 50, (words) => textWidth(words, 'text', 12));
  return line(box.x + 40, box.y + 44.4, title, { font: 'text', size: 12, weight: 400, fill: palette.ink2 });
}

/** A component (ui 3.1, full): plates, tab, frame, glyph, name, figures, bar, badge. Its whole name is its title. */
export function drawNode(picture: PictureNode, palette: Palette): Markup {
  const { box, facts, node, shown, load } = picture;
  const step = load?.heat.step ?? 0;
  return element('g', {},
    element('title', {}, text(`${node.name}, ${facts.title.toLowerCase()}${load ? `, ${load.text.spoken}` : ''}`)),
    plates(picture, palette),
    tab(picture, palette),
    frame(picture, step, palette),
    element('path', { d: facts.glyph, transform: `translate(${box.x + PADDING} ${box.y + 10})`, ...border(palette.ink2, 1.5), 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }),
    line(box.x + 40, box.y + 24.7, shown, { font: 'text', size: 13, weight: 600, fill: palette.ink1 }),
    secondLine(picture, palette),
    guess(picture, palette),
    badge(picture, palette),
  );
}
