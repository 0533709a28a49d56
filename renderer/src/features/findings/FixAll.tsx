import type { ReactElement } from 'react';
import type { Finding } from '../../../../shared/contracts/evaluation.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { Button } from '../../ui/Button.tsx';
import { planAll } from './fixes.ts';

/** The best fix of every listed finding as one change: previewed with its list, where each can be left out. */
export function FixAll({ findings }: { readonly findings: readonly Finding[] }): ReactElement | null {
  const ranking = usePreview((state) => state.ranking);
  const waiting = usePreview((state) => state.asked?.plan !== undefined && state.shown === null);
  const shown = usePreview((state) => state.pinned && state.shown?.plan !== undefined);
  const plan = planAll(findings, ranking);
  if (plan.length < 2) return null;
  const unknown = ranking === null || ranking.fixes === null ? 'What the fixes bring is being worked out.' : null;
  return (
    <Button disabledReason={waiting ? 'The changes are being worked out one after another.' : unknown} aria-pressed={shown} onClick={() => usePreview.getState().pinAll(plan)}>
      {waiting ? 'Working it out' : 'Fix all'}
    </Button>
  );
}
