import { stableStringify } from '../lib/stable-json.ts';
import type { Design } from './design.ts';

type Target = { readonly kind: 'node' | 'edge' | 'journey' | 'boundary' | 'entity'; readonly id: string };

const COLLECTION = { node: 'nodes', edge: 'edges', journey: 'journeys', boundary: 'boundaries', entity: 'entities' } as const;

/** Two 32-bit multiplicative hashes (Math.imul), 16 hexadecimal digits: tells versions apart, keeps no secret. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/**
 * What the targets of a finding mean now, without names and places: stored as `fingerprint` with an accepted risk whose
 * condition is "when this component changes", and compared later. A missing target counts as changed.
 */
export function riskFingerprint(design: Design, targets: readonly Target[]): string {
  const parts = targets.map(({ kind, id }) => {
    const record: Readonly<Record<string, object>> = design[COLLECTION[kind]];
    const { name: _name, ...meaning } = (Object.hasOwn(record, id) ? record[id] : {}) as { readonly name?: string };
    return { kind, id, meaning };
  });
  return digest(stableStringify(parts));
}
