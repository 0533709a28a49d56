import type { Entity } from '../../../../shared/model/design.ts';

/** What a reader can be promised, weakest first. */
export const REQUIREMENTS = ['eventual', 'bounded', 'read_your_writes', 'strong'] as const satisfies readonly NonNullable<Entity['requirement']>[];

const WORDS: Readonly<Record<(typeof REQUIREMENTS)[number], string>> = { eventual: 'Eventual', bounded: 'Bounded', read_your_writes: 'Read your writes', strong: 'Strong' };

/** A promise in words; unset is the schema's own. */
export function requirementText(requirement: Entity['requirement']): string {
  return WORDS[requirement ?? 'read_your_writes'];
}
