import type { ReactElement } from 'react';
import type { BreakPoint, Evaluation, JourneyResult } from '../../../shared/contracts/evaluation.ts';
import { formatAvailability, formatMoney, formatMs, formatMultiple } from '../../../shared/lib/format.ts';
import { useDesign } from '../document/workspace.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';
import { retryEvaluation } from '../evaluation/use-evaluation-client.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import styles from './BottomStrip.module.css';

/** Journeys that the strip has room for; the rest is counted. */
const SHOWN = 4;

function JourneyFigures({ journey }: { readonly journey: JourneyResult }): ReactElement {
  const p99 = journey.p99_ms.value;
  const availability = journey.availability.state === 'ok' ? journey.availability.value : null;
  return (
    <li className={styles.item}>
      <span className="truncate">{journey.name}</span> <b>{p99 === null ? 'saturated' : `p99 ${formatMs(p99)}`}</b>
      {availability !== null && (
        <>
          {' · '}
          <b>{formatAvailability(availability)}</b>
        </>
      )}
    </li>
  );
}

function FirstBreak({ point }: { readonly point: BreakPoint | undefined }): ReactElement {
  const name = useDesign((design) => (point === undefined ? '' : (design.nodes[point.node]?.name ?? '')));
  if (point === undefined) return <li className={styles.item}>Nothing breaks below 100x</li>;
  return (
    <li className={styles.item}>
      Breaks first at <b>{formatMultiple(point.multiple)}</b> <span className="truncate">{name}</span>
    </li>
  );
}

function Figures({ evaluation, breaks }: { readonly evaluation: Evaluation; readonly breaks: readonly BreakPoint[] }): ReactElement {
  const journeys = Object.values(evaluation.journeys);
  const rest = journeys.length - SHOWN;
  return (
    <ul className={styles.list}>
      {journeys.slice(0, SHOWN).map((journey) => (
        <JourneyFigures key={journey.id} journey={journey} />
      ))}
      {rest > 0 && <li className={styles.item}>{`${rest} more`}</li>}
      <FirstBreak point={[...breaks].sort((a, b) => a.multiple - b.multiple)[0]} />
      {evaluation.cost.items.length > 0 && (
        <li className={classes(styles.item, styles.cost)}>
          <b>{formatMoney(evaluation.cost.usd_month)}</b>/month
        </li>
      )}
    </ul>
  );
}

function Failure({ error }: { readonly error: string }): ReactElement {
  return (
    <div className={styles.failure}>
      <p className={classes(styles.words, 'truncate')}>{error}</p>
      <Button variant="quiet" className={styles.retry} onClick={retryEvaluation}>
        Try again
      </Button>
    </div>
  );
}

/** The closed bottom panel, which is the summary: what the journeys take, what breaks first, what it costs. */
export function BottomStrip(): ReactElement {
  const evaluation = useEvaluation((state) => state.current ?? state.base);
  const breaks = useEvaluation((state) => state.sweep?.breaks ?? state.base?.breaks);
  const error = useEvaluation((state) => state.error);
  const stale = useEvaluation((state) => state.stale);
  const loaded = evaluation !== null && evaluation.total_rps > 0;
  return (
    <section className={classes(styles.strip, stale && styles.stale)} data-region="bottom" aria-label="Summary">
      {error !== null && <Failure error={error} />}
      {error === null && loaded && <Figures evaluation={evaluation} breaks={breaks ?? []} />}
      {error === null && !loaded && <p className={styles.words}>No load yet. Set a peak rate and the journeys show their times here.</p>}
    </section>
  );
}
