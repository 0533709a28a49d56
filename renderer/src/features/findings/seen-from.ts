import { useMemo, useRef } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { activeDocument } from '../../document/workspace.ts';

/** The smallest load at which each finding was seen while this state of the drawing was looked at. */
export function useSeenFrom(findings: readonly Finding[], multiple: number): ReadonlyMap<string, number> {
  const seen = useRef({ revision: '', from: new Map<string, number>() });
  return useMemo(() => {
    const doc = activeDocument();
    const revision = `${doc?.id} ${doc?.semanticRevision}`;
    const known = seen.current.revision === revision ? seen.current.from : new Map<string, number>();
    const from = new Map(known);
    for (const { key } of findings) from.set(key, Math.min(multiple, from.get(key) ?? multiple));
    seen.current = { revision, from };
    return from;
  }, [findings, multiple]);
}
