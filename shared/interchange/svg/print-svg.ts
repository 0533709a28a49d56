import type { Catalog } from '../../contracts/catalog.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { RangesResult } from '../../contracts/uncertainty.ts';
import { openFindings } from '../../contracts/open-findings.ts';
import { PALETTES, type Palette, type PictureTheme } from '../../drawing/palette.ts';
import { fitName } from '../../drawing/names.ts';
import { RANGED, ranged } from '../../drawing/range-figures.ts';
import { textWidth } from '../../drawing/text-width.ts';
import { formatMultiple, formatRate } from '../../lib/format.ts';
import type { Design } from '../../model/design.ts';
import { hasRanges } from '../../model/ranges.ts';
import { drawBoundary, drawBoundaryHead, drawEdge, drawLabel, drawNote, drawTeam } from './draw-paper.ts';
import { drawLegend, LEGEND, stripes } from './draw-legend.ts';
import { drawNode } from './draw-node.ts';
import { element, FAMILIES, group, line, NOTHING, text, type Markup } from './markup.ts';
import { pictureScene, type PictureScene } from './picture-scene.ts';

/** Latin files of the two bundled fonts, woff2 in base64: with them the picture looks the same where they are not installed. */
export interface PictureFonts { readonly text: string; readonly mono: string }

/** How a picture is made. */
export interface PictureOptions {
  readonly theme: PictureTheme;
  /** Paper behind the drawing; without it the picture is transparent. */
  readonly background: boolean;
  /** Size in px for one canvas unit. */
  readonly scale: number;
  /** Written into the caption as it is: "7 October 2026". */
  readonly date?: string;
  readonly fonts?: PictureFonts;
}

/** A finished picture; sizes in px. */
export interface Picture { readonly svg: string; readonly width: number; readonly height: number }

/** Paper around the drawing, between it and its foot, and the least width. */
const MARGIN = 32;
const FOOT_GAP = 24;
const LEAST_WIDTH = 480;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What the picture says of its ranges, if the document has any. */
function rangesWords(design: Design, ranges: RangesResult | null): readonly string[] {
  if (!hasRanges(design)) return [];
  return [ranges === null ? 'likely values, ranges not computed' : `ranges p10 to p90 of ${ranges.runs} runs`];
}

function captionOf({ design, evaluation, ranges }: { readonly design: Design; readonly evaluation: Evaluation | null; readonly ranges: RangesResult | null }, date: string | undefined): readonly [string, string] {
  const parts = [
    ...(evaluation ? [`At ${formatMultiple(evaluation.multiple)} load, ${ranged(ranges?.total_rps, RANGED.rate, formatRate(evaluation.total_rps))}`, ...rangesWords(design, ranges)] : []),
    plural(Object.keys(design.nodes).length, 'component'),
    ...(evaluation ? [plural(openFindings(evaluation.findings).length, 'finding')] : []),
    ...(date === undefined ? [] : [date]),
  ];
  return [design.name ?? 'Untitled', parts.join(' · ')];
}

function fontFaces({ text: inter, mono }: PictureFonts): Markup {
  const safe = (data: string): string => data.replace(/[^A-Za-z0-9+/=]/g, '');
  const face = (family: string, data: string, weights: string): string => `@font-face{font-family:'${family}';font-weight:${weights};src:url(data:font/woff2;base64,${safe(data)}) format('woff2')}`;
  return `<style>${face('Inter Variable', inter, '100 900')}${face('JetBrains Mono Variable', mono, '100 800')}</style>` as Markup;
}

function paint(scene: PictureScene, palette: Palette): readonly Markup[] {
  return [
    group({}, [...scene.boundaries.map((boundary) => drawBoundary(boundary, palette)), ...scene.teams.map((team) => drawTeam(team, palette))]),
    group({}, scene.edges.map((edge) => drawEdge(edge, palette))),
    group({}, [...scene.boundaries.map((boundary) => drawBoundaryHead(boundary, palette)), ...scene.labels.map((label) => drawLabel(label, palette))]),
    group({}, scene.notes.map(({ note, box }) => drawNote(note, box, palette))),
    group({}, scene.nodes.map((node) => drawNode(node, palette))),
  ];
}

/** Where the picture's edges are, and what stands at its foot. */
interface Sheet { readonly left: number; readonly top: number; readonly width: number; readonly height: number; readonly foot: Markup }

function sheetOf(scene: PictureScene, caption: readonly [string, string], legend: boolean, palette: Palette): Sheet {
  const drawn = scene.bounds ?? { left: 0, top: 0, right: LEAST_WIDTH - 2 * MARGIN, bottom: 0 };
  const beside = legend ? LEGEND.width + FOOT_GAP : 0;
  const width = Math.max(LEAST_WIDTH, Math.ceil(drawn.right - drawn.left) + 2 * MARGIN, Math.ceil(beside + textWidth(caption[1], 'text', 11)) + 2 * MARGIN);
  const left = Math.floor(drawn.left - (width - (drawn.right - drawn.left)) / 2);
  const top = Math.floor(drawn.top) - MARGIN;
  const foot = Math.ceil(drawn.bottom) + FOOT_GAP;
  const x = left + MARGIN + beside;
  const title = fitName(caption[0], width - 2 * MARGIN - beside, (words) => textWidth(words, 'title', 13));
  const words = group({}, [
    legend ? drawLegend(left + MARGIN, foot, palette) : NOTHING,
    line(x, foot + 18, title, { font: 'text', size: 13, weight: 600, fill: palette.ink1 }),
    line(x, foot + 36, caption[1], { font: 'text', size: 11, weight: 400, fill: palette.ink3 }),
  ]);
  return { left, top, width, height: foot + LEGEND.height + FOOT_GAP - top, foot: words };
}

/**
 * A drawing as SVG, full level of detail: the same places, routes and figures as on the canvas. `evaluation` null shows no
 * load; figures are ranges where `ranges` of the same load are given. Self-contained: no script, no reference to anything outside, every text escaped. The same input gives the same bytes.
 */
export function printSvg(input: { readonly design: Design; readonly evaluation: Evaluation | null; readonly ranges?: RangesResult | null; readonly catalog: Catalog; readonly options: PictureOptions }): Picture {
  const { design, evaluation, catalog, options } = input;
  const ranges = input.ranges?.multiple === evaluation?.multiple ? (input.ranges ?? null) : null;
  const palette = PALETTES[options.theme];
  const scene = pictureScene(design, evaluation, catalog, ranges);
  const heat = scene.nodes.some(({ load }) => (load?.heat.step ?? 0) > 0);
  const caption = captionOf({ design, evaluation, ranges }, options.date);
  const { left, top, width, height, foot } = sheetOf(scene, caption, heat, palette);
  const size = { width: Math.round(width * options.scale), height: Math.round(height * options.scale) };
  const parts = [
    element('title', {}, text(caption[0])),
    element('desc', {}, text(caption[1])),
    ...(options.fonts ? [fontFaces(options.fonts)] : []),
    ...(heat ? [stripes(palette)] : []),
    ...(options.background ? [element('rect', { x: left, y: top, width, height, fill: palette.paper })] : []),
    ...paint(scene, palette),
    foot,
  ].filter((part) => part !== '');
  const svg = element('svg', { xmlns: 'http://www.w3.org/2000/svg', role: 'img', ...size, viewBox: `${left} ${top} ${width} ${height}`, 'font-family': FAMILIES.text }, `\n${parts.join('\n')}\n` as Markup);
  return { svg: `${svg}\n`, ...size };
}
