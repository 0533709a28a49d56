import { err, ok, type Problem, type Result } from '../lib/result.ts';
import { DESIGN_VERSION } from '../model/design.ts';
import { documentVersion } from '../model/plumb-file.ts';
import { firstFormat } from './0001-first-format.ts';
import type { Migration, RawDocument } from './migration.ts';

/** All steps in order, without a gap: the step at index i leads to format i + 1. */
export const migrations: readonly Migration[] = [firstFormat];

/** An upgraded document and the names of the steps that ran, oldest first. */
export interface Upgraded {
  readonly raw: RawDocument;
  readonly ran: readonly string[];
}

/**
 * Bring a document to the current format. One of the current format or a newer one comes back as it is. A step that
 * throws refuses the document: nothing half-upgraded is ever shown.
 */
export function migrateDocument(raw: RawDocument, steps: readonly Migration[] = migrations, target: number = DESIGN_VERSION): Result<Upgraded, Problem> {
  // a version that cannot be read is left for the normaliser to report
  const from = documentVersion(raw) ?? (raw.version === undefined ? 0 : target);
  let current = raw;
  const ran: string[] = [];
  for (const step of steps) {
    if (step.to <= from || step.to > target) continue;
    try {
      current = { ...step.up(current), version: step.to };
    } catch {
      return err({ level: 'error', code: 'migration-failed', message: `This drawing has an older format and could not be brought to the present one (step ${step.name}). The file is unchanged.` });
    }
    ran.push(step.name);
  }
  return ok({ raw: current, ran });
}
