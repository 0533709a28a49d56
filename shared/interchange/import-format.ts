import type { ImportFile, Importer } from './import-report.ts';

/**
 * A format that can be read: what its files are called, how they are told from others, and who reads them. Everything
 * that asks about formats (dialogs, dropped files, the worker, the command line) asks the list in `importers.ts`.
 */
export interface ImportFormat {
  /** Kebab-case id, as in `ImportReport.format`. */
  readonly format: string;
  /** Its name in a sentence and in file dialogs: "Docker Compose". */
  readonly title: string;
  /** For file dialogs; without the dot, letters and digits. */
  readonly extensions: readonly string[];
  /** One line of the command line's help: which files, in which order. */
  readonly help: string;
  /** Whether a file by this name is for this format when no format knows its text. Claim too much and refuse by name, rather than too little. */
  readonly claims: (name: string) => boolean;
  /** Whether the text is of this format: a cheap look at its beginning. Never throws. */
  readonly accepts: (file: ImportFile) => boolean;
  /** The reader itself, loaded when it is needed: the page knows every format and reads none. */
  readonly load: () => Promise<Importer>;
}
