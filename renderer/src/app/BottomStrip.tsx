import { memo, useLayoutEffect, useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react';
import type { BreakPoint, Evaluation, JourneyResult } from '../../../shared/contracts/evaluation.ts';
import { RANGED, ranged } from '../../../shared/drawing/range-figures.ts';
import { formatAvailability, formatMoney, formatMs, formatMultiple } from '../../../shared/lib/format.ts';
import type { JourneyRanges, RangesResult } from '../../../shared/contracts/uncertainty.ts';
import { useDesign } from '../document/workspace.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';
import { p99Sentence } from '../evaluation/range-text.ts';
import { useRangesAt } from '../evaluation/ranges-store.ts';
import { retryEvaluation } from '../evaluation/use-evaluation-client.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { CutTooltip } from '../ui/CutTooltip.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './BottomStrip.module.css';

/** Journeys that the strip tries to show; the rest is counted. */
const SHOWN = 6;

/** A name gives way before any figure does; what is cut of it is in the tooltip. */
const Name = memo(function Name({ text }: { readonly text: string }): ReactElement {
  return (
    <CutTooltip content={text} side="top">
      <span className={styles.name}>
        <span className="truncate">{text}</span>
      </span>
    </CutTooltip>
  );
});

function JourneyFigures({ journey, ranges }: { readonly journey: JourneyResult; readonly ranges: RangesResult | null }): ReactElement {
  const range: JourneyRanges | undefined = ranges?.journeys[journey.id];
  const p99 = journey.p99_ms.value;
  const availability = journey.availability.state === 'ok' ? journey.availability.value : null;
  return (
    <li className={styles.item}>
      <Name text={journey.name} />{' '}
      <Tooltip content={range && ranges ? p99Sentence(range, ranges) : null} side="top">
        <b>{p99 === null ? (journey.p99_ms.state === 'saturated' ? 'saturated' : 'carries nothing') : `p99 ${ranged(range?.p99_ms, RANGED.ms, formatMs(p99))}`}</b>
      </Tooltip>
      {availability !== null && (
        <>
          {' · '}
          <b>{ranged(range?.availability, RANGED.availability, formatAvailability(availability))}</b>
        </>
      )}
    </li>
  );
}

function FirstBreak({ point, ranges }: { readonly point: BreakPoint | undefined; readonly ranges: RangesResult | null }): ReactElement {
  const name = useDesign((design) => (point === undefined ? '' : (design.nodes[point.node]?.name ?? '')));
  if (point === undefined || point.multiple > 100) return <p className={styles.item}>Nothing breaks below 100x</p>;
  return (
    <p className={classes(styles.item, styles.first)}>
      Breaks first at <b>{ranged(ranges?.first_break, RANGED.multiple, formatMultiple(point.multiple))}</b> <Name text={name} />
    </p>
  );
}

/**
 * How many items of a wrapping list of one line's height found no place on that line: those stand beneath it, out of
 * sight, so that no word is ever cut. Measured after each change of the content or the width.
 */
function useOverflow(list: RefObject<HTMLElement | null>, content: unknown): number {
  const [hidden, setHidden] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const measure = (): void => {
      const items = [...element.children].filter((item) => item instanceof HTMLElement);
      setHidden(items.filter((item) => item.offsetTop >= element.offsetTop + element.clientHeight).length);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, content]);
  return hidden;
}

function Figures({ evaluation, breaks }: { readonly evaluation: Evaluation; readonly breaks: readonly BreakPoint[] }): ReactElement {
  const journeys = Object.values(evaluation.journeys);
  const ranges = useRangesAt(evaluation.multiple);
  const list = useRef<HTMLUListElement>(null);
  const rest = journeys.length - Math.min(SHOWN, journeys.length) + useOverflow(list, ranges ?? evaluation);
  return (
    <>
      <ul ref={list} className={styles.journeys} aria-label="Journeys">
        {journeys.slice(0, SHOWN).map((journey) => (
          <JourneyFigures key={journey.id} journey={journey} ranges={ranges} />
        ))}
      </ul>
      {rest > 0 && <p className={styles.rest}>{`${rest} more`}</p>}
      <FirstBreak point={[...breaks].sort((a, b) => a.multiple - b.multiple)[0]} ranges={ranges} />
      {evaluation.cost.items.length > 0 && (
        <p className={classes(styles.item, styles.cost)}>
          <b>{ranged(ranges?.cost_usd_month, RANGED.money, formatMoney(evaluation.cost.usd_month))}</b>/month
        </p>
      )}
    </>
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

/** The closed bottom panel, which is the summary: what the journeys take, what breaks first, what it costs. `actions` stand at its end. */
export function BottomStrip({ actions }: { readonly actions: ReactNode }): ReactElement {
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
      <div className={styles.actions}>{actions}</div>
    </section>
  );
}
