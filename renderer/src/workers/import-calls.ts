import type { ImportFile, ImportReport, RelatedAnswer } from '../../../shared/interchange/import-report.ts';
import type { Problem, Result } from '../../../shared/lib/result.ts';

/** What the import worker is told: the chosen files, once, and then answers to what it asks. */
export type ImportOrder =
  | { readonly type: 'import'; readonly files: readonly ImportFile[] }
  | { readonly type: 'related'; readonly ask: number; readonly answer: RelatedAnswer };

/** What the import worker says. `related` asks for files beside the chosen one at position `file`. */
export type ImportMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'related'; readonly ask: number; readonly file: number; readonly paths: readonly string[] }
  | { readonly type: 'done'; readonly result: Result<ImportReport, Problem> };
