import { catalog } from '../../catalog/index.ts';
import { readPlumb } from '../../shared/migrations/read-plumb.ts';
import type { Design } from '../../shared/model/design.ts';
import { typeVocabulary } from '../../shared/model/normalise-types.ts';
import { RefusedInput, WrongUsage } from './errors.ts';
import type { CliIo } from './io.ts';

/** Read a .plumb document. What was read otherwise than written goes to the error stream. Throws `RefusedInput`. */
export async function readDesign(file: string, io: CliIo): Promise<Design> {
  const read = readPlumb(await io.readText(file), typeVocabulary(catalog.components));
  if (!read.ok) throw new RefusedInput(`${file}: ${read.error.message}`);
  for (const problem of read.value.problems) io.err(`${file}: ${problem.message}\n`);
  return read.value.design;
}

/** The value of `--multiple`: 1 when it is not given. Throws `WrongUsage` for what is no load. */
export function multipleOf(value: unknown): number {
  if (value === undefined) return 1;
  const multiple = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!(multiple >= 0 && Number.isFinite(multiple))) throw new WrongUsage(`--multiple takes a number from 0, not "${String(value)}"`);
  return multiple;
}
