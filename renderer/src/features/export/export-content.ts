import { catalog } from '../../../../catalog/index.ts';
import type { Evaluation } from '../../../../shared/contracts/evaluation.ts';
import type { ExplainedEvaluation } from '../../../../shared/contracts/explained.ts';
import type { RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import type { PictureTheme } from '../../../../shared/drawing/palette.ts';
import { printJson } from '../../../../shared/interchange/json/print-json.ts';
import { printMarkdown } from '../../../../shared/interchange/markdown/print-markdown.ts';
import { printSvg, type PictureFonts } from '../../../../shared/interchange/svg/print-svg.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** What a drawing can be written as. */
export type ExportFormat = 'svg' | 'markdown' | 'json';

/** What the dialog asks. `scale` in px for one unit of the drawing. */
export interface ExportChoices {
  readonly format: ExportFormat;
  readonly theme: PictureTheme;
  readonly evaluation: boolean;
  readonly background: boolean;
  readonly scale: 1 | 2 | 4;
}

/** What is written. */
export interface ExportSource {
  readonly design: Design;
  readonly evaluation: Evaluation | null;
  /** The same as data holds it; null where no data is wanted. */
  readonly explained: ExplainedEvaluation | null;
  /** Ranges of the same load; null while there are none. */
  readonly ranges: RangesResult | null;
  readonly fonts: PictureFonts;
  /** "7 October 2026". */
  readonly date: string;
}

/** A finished file. `size` is a picture's, in px. */
export interface ExportContent { readonly text: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly size: { readonly width: number; readonly height: number } | null }

/** Names of the formats in a save dialog, with their extensions. */
export const EXPORT_KINDS: Readonly<Record<ExportFormat, { readonly label: string; readonly extension: string; readonly mime: string }>> = {
  svg: { label: 'SVG picture', extension: 'svg', mime: 'image/svg+xml' },
  markdown: { label: 'Markdown report', extension: 'md', mime: 'text/markdown' },
  json: { label: 'JSON data', extension: 'json', mime: 'application/json' },
};

function print(choices: ExportChoices, source: ExportSource): Pick<ExportContent, 'text' | 'size'> {
  const { design, date, fonts } = source;
  const evaluation = choices.evaluation ? source.evaluation : null;
  const ranges = choices.evaluation ? source.ranges : null;
  if (choices.format === 'markdown') return { text: printMarkdown({ design, evaluation, ranges, catalog, date }), size: null };
  if (choices.format === 'json') return { text: printJson({ design, evaluation: choices.evaluation ? source.explained : null, ranges }), size: null };
  const { theme, background, scale } = choices;
  const { svg, width, height } = printSvg({ design, evaluation, ranges, catalog, options: { theme, background, scale, date, fonts } });
  return { text: svg, size: { width, height } };
}

/** The file that the choices give. */
export function exportContent(choices: ExportChoices, source: ExportSource): ExportContent {
  const { text, size } = print(choices, source);
  return { text, size, bytes: new TextEncoder().encode(text) };
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The day where the user is, in words; `now` in milliseconds since 1970. */
export function dayInWords(now: number): string {
  const date = new Date(now);
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''} ${date.getFullYear()}`;
}
