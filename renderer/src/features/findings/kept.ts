import { useMemo, useRef } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import type { FindingCard, FindingGroup, FindingSource } from '../../evaluation/finding-cards.ts';
import { sameValue } from '../../evaluation/preview-changes.ts';

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, index) => item === b[index]);

/** `after`, each finding that says what it said in `before` as that very object: what shows it sees that it is the same. */
export function keepFindings(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const known = new Map(before.map((finding) => [finding.key, finding]));
  const kept = after.map((finding) => {
    const old = known.get(finding.key);
    return old && sameValue(old, finding) ? old : finding;
  });
  return sameItems(before, kept) ? before : kept;
}

function sameCard(a: FindingCard, b: FindingCard): boolean {
  return a.rule === b.rule && a.severity === b.severity && a.share === b.share && a.fresh === b.fresh && sameItems(a.findings, b.findings) && sameItems(a.symptoms, b.symptoms);
}

/** `after`, each card that shows what it showed in `before` as that very object. */
export function keepCards(before: readonly FindingGroup[], after: readonly FindingGroup[]): readonly FindingGroup[] {
  const known = new Map(before.flatMap(({ cards }) => cards.map((card) => [card.key, card])));
  return after.map((group) => ({
    ...group,
    cards: group.cards.map((card) => {
      const old = known.get(card.key);
      return old && sameCard(old, card) ? old : card;
    }),
  }));
}

/** The names of journeys, as the object of before while they are the same. */
export function keepNames(before: FindingSource['journeys'], after: FindingSource['journeys']): FindingSource['journeys'] {
  const ids = Object.keys(after);
  return ids.length === Object.keys(before).length && ids.every((id) => before[id]?.name === after[id]?.name) ? before : after;
}

/** A value that follows `next`, of which `keep` holds on to what is still the same. */
export function useKept<T>(next: T, keep: (before: T, after: T) => T): T {
  const last = useRef(next);
  return useMemo(() => {
    last.current = keep(last.current, next);
    return last.current;
  }, [next, keep]);
}
