import path from 'node:path';
import { catalog } from '../../../catalog/index.ts';
import { CONFIDENCES, IMPORT_LIMITS, type ImportFile, type ImportReport } from '../../../shared/interchange/import-report.ts';
import { IMPORTERS, importFiles } from '../../../shared/interchange/importers.ts';
import { stableStringify } from '../../../shared/lib/stable-json.ts';
import { createCounterIds } from '../../../shared/model/ids.ts';
import { writePlumb } from '../../../shared/model/plumb-file.ts';
import { EXIT, type Command } from '../command.ts';
import { RefusedInput, WrongUsage } from '../errors.ts';
import { layouter } from '../layouter.ts';
import type { CliIo } from '../io.ts';

/** A file of 1 MB takes half a second; what takes longer is hostile. */
const SOFT_LIMIT_MS = 2000;

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

function summary({ design, guesses, problems, notFollowed }: ImportReport): string {
  const sorted = CONFIDENCES.flatMap((confidence) => guesses.filter((guess) => guess.confidence === confidence));
  const rows = table([['Name', 'became', 'how sure', 'because'], ...sorted.map(({ what, became, confidence, because }) => [what, became, confidence, because])]);
  const notes = [...problems.map(({ message }) => message), ...notFollowed.map((line) => `Not followed: ${line}`)];
  return `${design.name ?? ''}: ${Object.keys(design.nodes).length} components, ${Object.keys(design.edges).length} connections\n\n${rows}\n${notes.length === 0 ? '' : `\n${notes.join('\n')}\n`}`;
}

async function read(names: readonly string[], io: CliIo): Promise<ImportReport> {
  const chosen = new Map<ImportFile, string>();
  for (const name of names) chosen.set({ name: path.basename(name), text: await io.readText(name) }, name);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), SOFT_LIMIT_MS);
  try {
    const result = await importFiles([...chosen.keys()], {
      catalog, limits: IMPORT_LIMITS, ids: createCounterIds(), signal: stop.signal, layouter,
      readRelated: (file, paths) => io.readRelated(chosen.get(file) ?? file.name, paths),
    });
    if (!result.ok) throw new RefusedInput(result.error.message);
    return result.value;
  } finally {
    clearTimeout(timer);
  }
}

/** `plumbline import FILE...`: files of another format as a drawing, with everything that was guessed. */
export const importCommand: Command = {
  name: 'import',
  summary: 'Make a drawing of files of another format.',
  usage: 'FILE... [--json] [-o OUT.plumb]',
  details: [
    ...IMPORTERS.map(({ help }, index) => `${index === 0 ? 'FILE' : '    or'}`.padEnd(15) + help),
    '--json         format, document, guesses and problems as JSON',
    '-o, --out OUT  write the drawing as a .plumb document',
    'Files they name (.env, env_file, extends, include) are read only from their own folder or below,',
    'at most 1 MB each and 64 in all; what points elsewhere is listed as not followed.',
  ],
  options: { json: { type: 'boolean' }, out: { type: 'string', short: 'o' } },
  run: async ({ values, positionals }, io) => {
    if (positionals.length === 0) throw new WrongUsage('import takes at least one file');
    const report = await read(positionals, io);
    const out = values['out'];
    if (typeof out === 'string') {
      const text = writePlumb(report.design);
      if (!text.ok) throw new RefusedInput(text.error.message);
      await io.write(out, text.value.text);
    }
    const { design, ...rest } = report;
    if (values['json'] === true) io.out(stableStringify({ ...rest, document: design }));
    else io.out(summary(report));
    return EXIT.ok;
  },
};
