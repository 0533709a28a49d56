/** Parsed JSON of a document whose shape nothing has checked yet. */
export type RawDocument = Record<string, unknown>;

/**
 * One step of the format, from `to - 1` to `to`. Frozen once released: a later mistake is mended by a later step.
 * `up` is pure, returns a new document, keeps keys it does not know and must not assume that any field is sound.
 */
export interface Migration {
  readonly to: number;
  /** The file's name without its extension: `NNNN-name`, where NNNN is `to`. */
  readonly name: string;
  readonly up: (raw: RawDocument) => RawDocument;
}
