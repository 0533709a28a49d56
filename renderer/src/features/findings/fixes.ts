import type { FindingCard } from '../../evaluation/finding-cards.ts';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import type { FixRef, PlannedFix, Ranking } from '../../evaluation/preview-store.ts';
import type { Delta, RankedFix } from '../../evaluation/what-if.ts';

/** A fix as a card shows it. */
export interface Fix extends FixRef {
  /** Null until they are computed, or when that failed. */
  readonly deltas: readonly Delta[] | null;
  readonly error: string | null;
}

const perDollar = ({ gain, usd_month }: Pick<RankedFix, 'gain' | 'usd_month'>): number => gain / Math.max(1, usd_month);

/** The fixes of a card, the best return first; before the ranking is known in the order of the rule. */
export function fixesOf(card: FindingCard, ranking: Pick<Ranking, 'fixes' | 'error'> | null): readonly Fix[] {
  const ranked = card.findings.flatMap((finding) => ranking?.fixes?.get(finding.key) ?? []);
  const place = (fix: FixRef): number => {
    const at = order.findIndex((other) => other.finding === fix.finding && other.fix === fix.fix);
    return at < 0 ? order.length : at;
  };
  const order = [...ranked].sort((a, b) => perDollar(b) - perDollar(a));
  return card.findings
    .flatMap((finding) =>
      finding.fixes.map(({ id, title }): Fix => {
        const found = ranked.find((fix) => fix.finding === finding.key && fix.fix === id);
        return { finding: finding.key, fix: id, title, deltas: found?.deltas ?? null, error: ranking?.error ?? null };
      }),
    )
    .sort((a, b) => place(a) - place(b));
}

/** Fixes that are tried together at most: each of them costs an evaluation. */
const TOGETHER = 24;

/**
 * The fixes of several findings as one plan: of each finding the best, the best return first. What brings nothing by
 * itself, or harm, is listed without its tick. Before the ranking is known in the order of the list.
 */
export function planAll(findings: readonly Finding[], ranking: Ranking | null): readonly PlannedFix[] {
  const best = [...new Map(findings.map((finding) => [finding.key, finding])).values()].flatMap((finding) => {
    const ranked = [...(ranking?.fixes?.get(finding.key) ?? [])].sort((a, b) => perDollar(b) - perDollar(a))[0];
    const found = finding.fixes.find(({ id }) => id === ranked?.fix) ?? finding.fixes[0];
    return found ? [{ finding: finding.key, fix: found.id, title: found.title, worth: ranked ? perDollar(ranked) : 0, ticked: ranked === undefined || ranked.gain > 0 }] : [];
  });
  return best.sort((a, b) => Number(b.ticked) - Number(a.ticked) || b.worth - a.worth).slice(0, TOGETHER).map(({ worth: _worth, ...fix }) => fix);
}
