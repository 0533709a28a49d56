import { err, ok, type Problem, type Result } from '../../lib/result.ts';
import { normaliseDesign, typeVocabulary } from '../../model/normalise.ts';
import { createProblemList } from '../../model/problem-list.ts';
import { IMPORT_LIMITS, type ImportFile, type ImportOptions, type ImportReport } from '../import-report.ts';
import { assemble } from './assemble.ts';
import { readShapes, type Shapes } from './read-shapes.ts';
import { readScene } from './scene.ts';
import { readWires } from './wires.ts';

const STOPPED: Problem = { level: 'error', code: 'stopped', message: 'The import was stopped before it was complete. Nothing was changed.' };

/** Short texts that are named one by one. */
const LISTED = 8;

const UNREAD: readonly (readonly [RegExp, string, string])[] = [
  [/^(rectangle|diamond|ellipse)$/, 'shape without a text', 'shapes without a text'],
  [/^line$/, 'line', 'lines'],
  [/^freedraw$/, 'freehand stroke', 'freehand strokes'],
  [/^image$/, 'image', 'images'],
  [/^(embeddable|iframe)$/, 'embedded page', 'embedded pages'],
  [/^(frame|magicframe)$/, 'empty frame', 'empty frames'],
  [/./, 'element of an unknown type', 'elements of unknown types'],
];

function listed(items: readonly string[]): string {
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}` : items.join('');
}

/** What of the drawing is not in the proposal. */
function leftOut({ unread, stray }: Shapes, where: string): Problem[] {
  const counts = UNREAD.map(() => 0);
  for (const [type, count] of unread) {
    const kind = UNREAD.findIndex(([pattern]) => pattern.test(type));
    counts[kind] = (counts[kind] ?? 0) + count;
  }
  const kinds = UNREAD.flatMap(([, one, many], index) => (counts[index] ? [`${counts[index]} ${counts[index] === 1 ? one : many}`] : []));
  const problems: Problem[] = kinds.length === 0 ? [] : [{ level: 'info', code: 'not-read', message: `Not read, as nothing is written on or connected to them: ${listed(kinds)}.`, where }];
  if (stray.length > 0) {
    const texts = stray.slice(0, LISTED).map((text) => `\`${text.replaceAll('`', "'").slice(0, 60)}\``);
    const more = stray.length > LISTED ? [`${stray.length - LISTED} more`] : [];
    problems.push({ level: 'info', code: 'short-texts', message: `Short texts that belong to nothing were left out: ${listed([...texts, ...more])}.`, where });
  }
  return problems;
}

function stopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

function read(file: ImportFile, options: ImportOptions): Result<ImportReport> {
  const limits = options.limits ?? IMPORT_LIMITS;
  const problems = createProblemList();
  const report = (problem: Problem): void => problems.add(problem);
  const scene = readScene(file, limits, report);
  if (!scene.ok) return scene;
  if (stopped(options.signal)) return err(STOPPED);
  const shapes = readShapes(scene.value);
  const count = shapes.parts.length + shapes.areas.length + shapes.remarks.length;
  if (shapes.parts.length === 0) return err({ level: 'error', code: 'nothing-drawn', message: `${file.name} has no shape with a text on it, so there is nothing to import.`, where: file.name });
  if (count > limits.nodes) return err({ level: 'error', code: 'too-many', message: `${file.name} has ${count} shapes and texts; ${limits.nodes} is the most that one import draws.`, where: file.name });
  const { wires, problems: loose, marks } = readWires(scene.value, shapes);
  if (stopped(options.signal)) return err(STOPPED);
  const title = shapes.title ?? (file.name.replace(/\.(excalidraw|json)+$/i, '') || 'Untitled');
  const built = assemble(title, { ...shapes, remarks: [...shapes.remarks, ...marks] }, wires, options);
  const normalised = normaliseDesign(built.design, typeVocabulary(options.catalog.components));
  const fatal = normalised.problems.find(({ level }) => level === 'error');
  if (fatal) return err(fatal);
  for (const problem of [...loose, ...built.problems, ...leftOut(shapes, file.name), ...normalised.problems]) report(problem);
  return ok({ format: 'excalidraw', sources: [file.name], design: normalised.design, guesses: built.guesses, problems: problems.list(), notFollowed: [], entry: built.entry });
}

/**
 * Read an Excalidraw drawing as a proposal: shapes with a text become components, recognised by what is written on
 * them; frames and boxes around others become boundaries, arrows connections, longer texts notes. Everything stays where
 * it was drawn. Nothing is invented: what leads nowhere or says nothing is a problem. Deterministic; never throws; a
 * refusal is a whole sentence.
 */
export function parseExcalidraw(files: readonly ImportFile[], options: ImportOptions): Promise<Result<ImportReport>> {
  const [file, another] = files;
  if (file === undefined) return Promise.resolve(err({ level: 'error', code: 'no-file', message: 'No file was chosen.' }));
  if (another !== undefined) return Promise.resolve(err({ level: 'error', code: 'too-many-files', message: `${files.length} Excalidraw files were chosen; one drawing is imported at a time.` }));
  return Promise.resolve(read(file, options));
}
