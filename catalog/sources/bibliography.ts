import type { Source } from '../../shared/contracts/catalog.ts';
import { knownSources } from './known.ts';
import { readSources } from './read.ts';

/** The bibliography by id: everything that a default, a price or a rule may cite. */
export const sources: ReadonlyMap<string, Source> = new Map([...readSources, ...knownSources].map((source) => [source.id, source]));
