import type { FindingCard } from '../../evaluation/finding-cards.ts';
import type { FixRef, Ranking } from '../../evaluation/preview-store.ts';
import type { Delta } from '../../evaluation/what-if.ts';

/** A fix as a card shows it. */
export interface Fix extends FixRef {
  /** Null until they are computed, or when that failed. */
  readonly deltas: readonly Delta[] | null;
  readonly error: string | null;
}

/** The fixes of a card, the best return first; before the ranking is known in the order of the rule. */
export function fixesOf(card: FindingCard, ranking: Ranking | null): readonly Fix[] {
  const ranked = card.findings.flatMap((finding) => ranking?.fixes?.get(finding.key) ?? []);
  const place = (fix: FixRef): number => {
    const at = order.findIndex((other) => other.finding === fix.finding && other.fix === fix.fix);
    return at < 0 ? order.length : at;
  };
  const perDollar = (gain: number, usd: number): number => gain / Math.max(1, usd);
  const order = [...ranked].sort((a, b) => perDollar(b.gain, b.usd_month) - perDollar(a.gain, a.usd_month));
  return card.findings
    .flatMap((finding) =>
      finding.fixes.map(({ id, title }): Fix => {
        const found = ranked.find((fix) => fix.finding === finding.key && fix.fix === id);
        return { finding: finding.key, fix: id, title, deltas: found?.deltas ?? null, error: ranking?.error ?? null };
      }),
    )
    .sort((a, b) => place(a) - place(b));
}
