import { err, ok, type Problem, type Result } from '../lib/result.ts';
import { stableStringify } from '../lib/stable-json.ts';
import { DESIGN_VERSION, type Design } from './design.ts';
import { scanJson, type JsonError } from './json-scan.ts';
import { normaliseDesign, type TypeVocabulary } from './normalise.ts';
import { isData, type Data } from './plain-data.ts';

/** A document as read from a file. */
export interface PlumbDocument {
  readonly design: Design;
  /** What was repaired or is worth knowing. */
  readonly problems: readonly Problem[];
  /** The sentence that says why the document must not be changed or saved; null when it may. */
  readonly readOnly: string | null;
}

/** Brings parsed data of an older format to this one. */
export type Upgrade = (raw: Data) => Result<Data, Problem>;

/** What reading may use besides the text. */
export interface ReadOptions {
  readonly vocabulary?: TypeVocabulary;
  readonly upgrade?: Upgrade;
}

function refuse(code: string, message: string, line?: number): Result<never, Problem> {
  return err({ level: 'error', code, message, ...(line === undefined ? {} : { line }) });
}

function notJson(text: string, error: JsonError): Result<never, Problem> {
  const { line, column, expected, ended } = error;
  const words = (text.split('\n', line)[line - 1] ?? '').trimStart();
  if (/^(<{7}|={7}|>{7})/.test(words)) return refuse('merge-conflict', `Line ${line} is the mark of a merge that was not finished. Choose one side in the file and open it again.`, line);
  if (ended) return refuse('cut-off', `The file ends in the middle of line ${line}: expected ${expected}. Nothing was opened.`, line);
  return refuse('not-json', `Line ${line}, column ${column}: expected ${expected}. Nothing was opened.`, line);
}

/** The version a document says it has: a whole number from 1, or null when it says none. */
export function documentVersion(raw: Data): number | null {
  const version = typeof raw.version === 'string' ? Number(raw.version) : raw.version;
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : null;
}

/** Data of any version as a document: newer ones as far as they can be read, older ones upgraded. */
export function readDocument(raw: unknown, { vocabulary, upgrade }: ReadOptions = {}): Result<PlumbDocument, Problem> {
  if (!isData(raw) || !(isData(raw.nodes) || Array.isArray(raw.nodes))) {
    return refuse('not-a-design', 'This is not a Plumbline drawing: it holds no list of components under "nodes".');
  }
  const version = documentVersion(raw) ?? DESIGN_VERSION;
  const newer = version > DESIGN_VERSION;
  const current = newer || upgrade === undefined ? ok(raw) : upgrade(raw);
  if (!current.ok) return current;
  const { design, problems } = normaliseDesign(current.value, vocabulary);
  const refused = problems.find((problem) => problem.level === 'error');
  if (refused) return err(refused);
  const readOnly = newer
    ? `This file was made by a newer Plumbline (format ${version}, this one reads ${DESIGN_VERSION}). It is open read-only; saving would lose what is new.`
    : null;
  return ok({ design, problems, readOnly });
}

function duplicateProblems(scan: ReturnType<typeof scanJson>): Problem[] {
  const listed: Problem[] = scan.duplicates.map(({ key, line }) => ({
    level: 'warning',
    code: 'key-twice',
    message: `Line ${line}: the key "${key.slice(0, 60)}" stands twice in one object. The last one was read.`,
    line,
  }));
  const more = scan.duplicateCount - listed.length;
  return more > 0 ? [...listed, { level: 'warning', code: 'key-twice', message: `${more} more keys stand twice.` }] : listed;
}

/**
 * Read the text of a .plumb file. Refused with a sentence, and a line where there is one: what is not JSON, not a
 * drawing, or too large. Never throws.
 */
export function parsePlumb(text: string, options: ReadOptions = {}): Result<PlumbDocument, Problem> {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (body.trim() === '') return refuse('empty', 'The file is empty.');
  const scan = scanJson(body);
  if (scan.error) return notJson(body, scan.error);
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    // the scan accepted it, so only memory can be the reason
    return refuse('too-large', 'The file is too large to be opened.');
  }
  const read = readDocument(raw, options);
  return read.ok ? ok({ ...read.value, problems: [...duplicateProblems(scan), ...read.value.problems] }) : read;
}

/** The text of a document: sorted keys, two spaces, a final newline. For files use {@link writePlumb}, which checks it. */
export function printPlumb(design: Design): string {
  return stableStringify(design);
}

/** A text that reads back to the same document, and what had to be repaired so that it does. */
export interface PlumbText {
  readonly text: string;
  readonly problems: readonly Problem[];
}

function readsBack(text: string): boolean {
  const read = parsePlumb(text);
  return read.ok && printPlumb(read.value.design) === text;
}

/**
 * The text to save. It is read back and compared before it is given out; a document that would not read back as it
 * is (a number that JSON cannot hold, a broken reference) is normalised first and the repairs are returned.
 */
export function writePlumb(design: Design): Result<PlumbText, Problem> {
  if (design.version > DESIGN_VERSION) return refuse('newer', `This drawing has format ${design.version}; this Plumbline writes ${DESIGN_VERSION}.`);
  const { design: normal, problems } = normaliseDesign(design);
  const refused = problems.find((problem) => problem.level === 'error');
  if (refused) return err(refused);
  const text = printPlumb(normal);
  if (!readsBack(text)) return refuse('does-not-read-back', 'The drawing would not read back as it is. Nothing was written; the drawing is still in this window.');
  return ok({ text, problems: problems.filter((problem) => problem.code !== 'unattached' && problem.code !== 'reference-missing') });
}
