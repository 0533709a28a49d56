import { catalog } from '../../../catalog/index.ts';
import { IMPORT_LIMITS, type ImportFile, type ImportReport, type RelatedAnswer } from '../../../shared/interchange/import-report.ts';
import { importFiles } from '../../../shared/interchange/importers.ts';
import { err, type Problem, type Result } from '../../../shared/lib/result.ts';
import { createElkLayouter } from '../../../shared/interchange/layout/elk-layouter.ts';
import { createCounterIds } from '../../../shared/model/ids.ts';
import { loadElk } from '../layout/load-elk.ts';
import type { ImportMessage, ImportOrder } from './import-calls.ts';

/** The part of a dedicated worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ImportOrder>) => void) | null;
  postMessage(message: ImportMessage): void;
}

const scope = globalThis as unknown as WorkerScope;
const waiting = new Map<number, (answer: RelatedAnswer) => void>();
let asked = 0;

/** Ask the page, which asks its host: a worker reads no files. */
function askRelated(file: number, paths: readonly string[]): Promise<RelatedAnswer> {
  const ask = ++asked;
  return new Promise((resolve) => {
    waiting.set(ask, resolve);
    scope.postMessage({ type: 'related', ask, file, paths: [...paths] });
  });
}

/** Ids are counted, so that the same files give the same drawing. */
async function read(files: readonly ImportFile[]): Promise<Result<ImportReport, Problem>> {
  try {
    return await importFiles(files, {
      catalog,
      limits: IMPORT_LIMITS,
      ids: createCounterIds(),
      layouter: async (graph) => createElkLayouter(await loadElk())(graph),
      readRelated: (file, paths) => askRelated(files.indexOf(file), paths),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({ level: 'error', code: 'failed', message: `The import failed (${reason}). Nothing was changed.` });
  }
}

scope.onmessage = ({ data }) => {
  if (data.type === 'import') {
    void read(data.files).then((result) => scope.postMessage({ type: 'done', result }));
    return;
  }
  waiting.get(data.ask)?.(data.answer);
  waiting.delete(data.ask);
};
scope.postMessage({ type: 'ready' });
