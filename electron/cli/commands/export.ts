import { catalog } from '../../../catalog/index.ts';
import { evaluateExplained } from '../../../shared/engine/evaluate.ts';
import { sampleRanges } from '../../../shared/engine/uncertainty/sample-ranges.ts';
import type { ExplainedEvaluation } from '../../../shared/contracts/explained.ts';
import type { RangesResult } from '../../../shared/contracts/uncertainty.ts';
import { printJson } from '../../../shared/interchange/json/print-json.ts';
import { printMarkdown } from '../../../shared/interchange/markdown/print-markdown.ts';
import { printSvg } from '../../../shared/interchange/svg/print-svg.ts';
import type { Design } from '../../../shared/model/design.ts';
import { hasRanges } from '../../../shared/model/ranges.ts';
import { EXIT, type Command, type CommandInput } from '../command.ts';
import { WrongUsage } from '../errors.ts';
import { pictureFonts } from '../picture-fonts.ts';
import { multipleOf, readDesign } from '../read-design.ts';

type Values = CommandInput['values'];
type Print = (design: Design, evaluation: ExplainedEvaluation | null, ranges: RangesResult | null) => string;

function scaleOf(value: unknown): number {
  const scale = value === undefined ? 1 : Number(value);
  if (!(scale >= 0.25 && scale <= 8)) throw new WrongUsage(`--scale takes a number from 0.25 to 8, not "${String(value)}"`);
  return scale;
}

function themeOf(value: unknown): 'light' | 'dark' {
  if (value === undefined || value === 'light' || value === 'dark') return value ?? 'light';
  throw new WrongUsage(`--theme takes light or dark, not "${String(value)}"`);
}

const dateOf = (values: Values): { readonly date?: string } => (typeof values['date'] === 'string' ? { date: values['date'] } : {});

/** A printer for each format. Making one reads its options, so that a wrong one is told before any work. */
const FORMATS: Readonly<Record<string, (values: Values) => Print>> = {
  svg: (values) => {
    const fonts = values['no-fonts'] === true ? {} : { fonts: pictureFonts };
    const options = { theme: themeOf(values['theme']), background: values['transparent'] !== true, scale: scaleOf(values['scale']), ...dateOf(values), ...fonts };
    return (design, evaluation, ranges) => printSvg({ design, evaluation, ranges, catalog, options }).svg;
  },
  markdown: (values) => (design, evaluation, ranges) => printMarkdown({ design, evaluation, ranges, catalog, ...dateOf(values) }),
  json: () => (design, evaluation, ranges) => printJson({ design, evaluation, ranges }),
};

const NAMES = Object.keys(FORMATS).join(', ');

/** `plumbline export FILE --to FORMAT`: the drawing as a picture, a report or data, with its evaluation. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'Write a drawing as a picture, a report or data.',
  usage: 'FILE --to svg|markdown|json [-o OUT]',
  details: [
    'FILE             a .plumb document',
    '--to FORMAT      svg: a picture; markdown: a report; json: design and evaluation with sorted keys',
    '-o, --out OUT    where to write; without it the result is printed',
    '--multiple X     the load as a multiple of the drawn one (1)',
    '--no-evaluation  the design alone, without figures',
    '--no-ranges      likely values only where inputs are ranges: quicker',
    '--date TEXT      a date for the caption or the report, written as it is',
    'For svg:',
    '--theme THEME    light (without it) or dark',
    '--scale N        px for one unit of the drawing (1)',
    '--transparent    no paper behind the drawing',
    '--no-fonts       do not embed the fonts: smaller, but texts look as the reader has fonts',
  ],
  options: {
    to: { type: 'string' }, out: { type: 'string', short: 'o' }, multiple: { type: 'string' }, 'no-evaluation': { type: 'boolean' }, 'no-ranges': { type: 'boolean' }, date: { type: 'string' },
    theme: { type: 'string' }, scale: { type: 'string' }, transparent: { type: 'boolean' }, 'no-fonts': { type: 'boolean' },
  },
  run: async ({ values, positionals }, io) => {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new WrongUsage('export takes one file');
    const to = values['to'];
    if (to === undefined) throw new WrongUsage(`export needs --to with one of ${NAMES}`);
    const printer = typeof to === 'string' && Object.hasOwn(FORMATS, to) ? FORMATS[to] : undefined;
    if (printer === undefined) throw new WrongUsage(`--to takes one of ${NAMES}, not "${String(to)}"`);
    const print = printer(values);
    const multiple = multipleOf(values['multiple']);
    const design = await readDesign(file, io);
    const evaluation = values['no-evaluation'] === true ? null : evaluateExplained(design, catalog, { multiple });
    const ranges = evaluation !== null && values['no-ranges'] !== true && hasRanges(design) ? sampleRanges(design, catalog, { multiple }) : null;
    const text = print(design, evaluation, ranges);
    if (typeof values['out'] === 'string') await io.write(values['out'], text);
    else io.out(text);
    return EXIT.ok;
  },
};
