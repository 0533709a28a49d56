import type { Problem, Result } from '../lib/result.ts';
import { ok } from '../lib/result.ts';
import type { TypeVocabulary } from '../model/normalise.ts';
import { parsePlumb, readDocument, type PlumbDocument, type Upgrade } from '../model/plumb-file.ts';
import { migrateDocument } from './index.ts';

const upgrade: Upgrade = (raw) => {
  const result = migrateDocument(raw);
  return result.ok ? ok(result.value.raw) : result;
};

/**
 * Read the text of a .plumb file of any format: the one way in for the window and the command line. Older formats
 * are upgraded, newer ones come back read-only, everything else is refused with a sentence. Never throws.
 */
export function readPlumb(text: string, vocabulary?: TypeVocabulary): Result<PlumbDocument, Problem> {
  return parsePlumb(text, { upgrade, ...(vocabulary ? { vocabulary } : {}) });
}

/** As {@link readPlumb} for data that is parsed already: drafts, the library, the clipboard. */
export function readPlumbData(raw: unknown, vocabulary?: TypeVocabulary): Result<PlumbDocument, Problem> {
  return readDocument(raw, { upgrade, ...(vocabulary ? { vocabulary } : {}) });
}
