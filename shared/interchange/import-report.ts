import type { Catalog } from '../contracts/catalog.ts';
import type { Problem, Result } from '../lib/result.ts';
import type { Design } from '../model/design.ts';
import type { IdGenerator } from '../model/ids.ts';
import type { Layouter } from './layout/layouter.ts';

/** How sure an importer is: `sure` names it, `likely` follows from a convention, `guess` could as well be something else. */
export type Confidence = 'sure' | 'likely' | 'guess';

/** The confidences, least sure first: the order of the import dialog. */
export const CONFIDENCES: readonly Confidence[] = ['guess', 'likely', 'sure'];

/** What a guess is about: an object of `ImportReport.design`, or the document itself (`id` is then a path such as `workload.peak_rps`). */
export interface GuessTarget {
  readonly kind: 'node' | 'edge' | 'boundary' | 'document';
  readonly id: string;
}

/** One decision the importer took, with its reason. Every node and every edge of the design has exactly one. */
export interface Guess {
  readonly target: GuessTarget;
  /** What the file calls it: the service's name, or "web to db" for a connection. */
  readonly what: string;
  /** What it became, readable: the component's (or preset's) title, a connection's kind, "100 rps". */
  readonly became: string;
  /** A node's component type, for a menu of types; absent for other targets. */
  readonly type?: string;
  readonly confidence: Confidence;
  /** Why, as a fragment: "image redis:7.2", "depends_on", "CART_ADDR names it". Never a value that could be a secret. */
  readonly because: string;
  /** Other component types worth offering, best first; nodes only, else empty. */
  readonly alternatives: readonly string[];
}

/** What an importer made of the chosen files. Nothing has landed yet: the design is a proposal. */
export interface ImportReport {
  /** `format` of the importer that read the files (`importers.ts`). */
  readonly format: string;
  /** The files that were read, chosen ones first, then related ones (relative paths). */
  readonly sources: readonly string[];
  /** Normalised and laid out. */
  readonly design: Design;
  /** Nodes in the order of the file, then boundaries, edges and the document. Sort by `CONFIDENCES` to show. */
  readonly guesses: readonly Guess[];
  /** Repairs, unknown references, services without any connection: sentences with file name and line where known. */
  readonly problems: readonly Problem[];
  /** What the files point to and was not read, as sentences: "../secrets.env: outside the chosen folder". */
  readonly notFollowed: readonly string[];
  /** Where traffic enters, for the one question that no file answers; null when nothing receives any. */
  readonly entry: { readonly node: string; readonly name: string; readonly peak_rps: number } | null;
}

/** A chosen file. `name` without folder; `text` is UTF-8 without byte-order mark. */
export interface ImportFile {
  readonly name: string;
  readonly text: string;
}

/** Files that a chosen file names, as the host read them, and those it did not with the reason as a fragment. */
export interface RelatedAnswer {
  readonly files: Readonly<Record<string, string>>;
  readonly notFollowed: readonly { readonly path: string; readonly reason: string }[];
}

/** Bounds of one import. `bytes` is per file, in characters of text. */
export interface ImportLimits {
  readonly bytes: number;
  readonly files: number;
  readonly nodes: number;
  readonly aliases: number;
}

/** The limits of `safety.md`: 1 MB a file, 64 files; more services than anyone draws; aliases expanded at most 100-fold. */
export const IMPORT_LIMITS: ImportLimits = { bytes: 1024 * 1024, files: 64, nodes: 2000, aliases: 100 };

/** What an importer is called with. It reads nothing by itself. */
export interface ImportOptions {
  readonly catalog: Catalog;
  readonly limits?: ImportLimits;
  /** Stops the work between stages; the answer is then a refusal with code `stopped`. */
  readonly signal?: AbortSignal;
  /** Ask the host for files beside a chosen one (`file` is the object that was passed in); without it nothing is followed. */
  readonly readRelated?: (file: ImportFile, paths: readonly string[]) => Promise<RelatedAnswer>;
  readonly ids: IdGenerator;
  /** Gives the proposal its places. */
  readonly layouter: Layouter;
}

/** The form of every importer. Refusals are a `Problem` with a complete sentence; never throws. */
export type Importer = (files: readonly ImportFile[], options: ImportOptions) => Promise<Result<ImportReport>>;
