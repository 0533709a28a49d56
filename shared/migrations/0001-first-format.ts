import type { Migration } from './migration.ts';

/**
 * Format 1, the first one. Documents without a version are hand-written or come from before the format was
 * numbered; their lists of components and their zones are read by the normaliser, so only the number is added.
 */
export const firstFormat: Migration = {
  to: 1,
  name: '0001-first-format',
  up: (raw) => ({ ...raw, version: 1 }),
};
