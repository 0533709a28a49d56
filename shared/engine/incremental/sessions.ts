/** Sessions of several documents, of which the last few are kept. */
import type { Catalog } from '../../contracts/catalog.ts';
import { openSession, type EvaluationSession } from './session.ts';

/** Finds the session of a document, or opens one and lets the one go that was used longest ago. */
export class Sessions {
  private readonly catalog: Catalog;
  private readonly most: number;
  private readonly open = new Map<string, EvaluationSession>();

  /** `most` sessions are kept, 1 at least. */
  constructor(catalog: Catalog, most: number) {
    this.catalog = catalog;
    this.most = most;
  }

  /** Any name of a document will do that it keeps while it is edited. */
  of(document: string): EvaluationSession {
    const found = this.open.get(document) ?? openSession(this.catalog);
    this.open.delete(document);
    this.open.set(document, found);
    const [oldest] = this.open.keys();
    if (this.open.size > this.most && oldest !== undefined) this.open.delete(oldest);
    return found;
  }
}
