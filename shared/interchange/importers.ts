import { err, ok, type Problem, type Result } from '../lib/result.ts';
import { compose } from './compose/importer.ts';
import { excalidraw } from './excalidraw/importer.ts';
import type { ImportFormat } from './import-format.ts';
import type { ImportFile, ImportOptions, ImportReport } from './import-report.ts';

/** Every format that can be read, in the order of dialogs. When two know a text, the first reads it. */
export const IMPORTERS: readonly ImportFormat[] = [
  compose,
  excalidraw,
];

/** What can be read, for a sentence: "Docker Compose (.yml, .yaml, .env) and Excalidraw (.excalidraw)". */
export function readableFormats(): string {
  const formats = IMPORTERS.map(({ title, extensions }) => `${title} (${extensions.map((extension) => `.${extension}`).join(', ')})`);
  return formats.length > 1 ? `${formats.slice(0, -1).join(', ')} and ${formats.at(-1) ?? ''}` : formats.join('');
}

/** The format of one file: the one that knows its text, else the one that claims its name; null when none does. */
export function importerOf(file: ImportFile): ImportFormat | null {
  return IMPORTERS.find(({ accepts }) => accepts(file)) ?? IMPORTERS.find(({ claims }) => claims(file.name)) ?? null;
}

function refuse(code: string, message: string): Result<never> {
  const problem: Problem = { level: 'error', code, message };
  return err(problem);
}

/**
 * The one format that all these files are of: one import is one drawing. Refused with codes `no-file`, `not-importable`
 * (nothing reads the file) and `several-formats`.
 */
export function chooseImporter(files: readonly ImportFile[]): Result<ImportFormat> {
  let chosen: { readonly name: string; readonly importer: ImportFormat } | null = null;
  for (const file of files) {
    const { name } = file;
    const importer = importerOf(file);
    if (importer === null) return refuse('not-importable', `${name} cannot be imported. What can be read: ${readableFormats()}.`);
    if (chosen !== null && chosen.importer !== importer) {
      return refuse('several-formats', `${chosen.name} is ${chosen.importer.title} and ${name} is ${importer.title}. One import makes one drawing: choose files of one format.`);
    }
    chosen ??= { name, importer };
  }
  return chosen === null ? refuse('no-file', 'No file was chosen.') : ok(chosen.importer);
}

/** Read files of any known format into a proposal. A refusal is a whole sentence. */
export async function importFiles(files: readonly ImportFile[], options: ImportOptions): Promise<Result<ImportReport>> {
  const chosen = chooseImporter(files);
  if (!chosen.ok) return chosen;
  const importer = await chosen.value.load();
  return importer(files, options);
}
