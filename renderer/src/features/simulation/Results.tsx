import { useMemo, useState, type ReactElement } from 'react';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { runSimulation, simulationRefusal, type Freshness, type SimulationOutcome } from '../../evaluation/simulation-store.ts';
import { endedText, failedText, isMoving, runText, simulatedSeconds, staleText, verdictText } from '../../evaluation/simulation-text.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Select } from '../../ui/Select.tsx';
import { BucketTable } from './BucketTable.tsx';
import { CompareTable } from './CompareTable.tsx';
import { LeftOut } from './LeftOut.tsx';
import styles from './SimulationPanel.module.css';
import { spansOf } from './spans.ts';
import { reached, stripsOf } from './strips.ts';
import { Timelines } from './Timelines.tsx';

type View = 'time' | 'journeys' | 'figures' | 'limits';
const VIEWS: readonly { readonly value: View; readonly label: string }[] = [
  { value: 'time', label: 'Over time' },
  { value: 'journeys', label: 'By journey' },
  { value: 'figures', label: 'Figures' },
  { value: 'limits', label: 'Limits' },
];
const ALL = 'all';

interface ResultsProps { readonly outcome: SimulationOutcome; readonly freshness: Freshness; readonly running: boolean }

/** The verdict, or why there is none any more. */
function Verdict({ outcome, freshness, running }: ResultsProps): ReactElement {
  const multiple = useEvaluation((state) => state.multiple);
  const stale = staleText(freshness, outcome.multiple, multiple);
  return (
    <div className={styles.summary} data-stale={stale === '' ? undefined : ''}>
      <p>
        <b>{stale === '' ? verdictText(outcome) : stale}</b> {endedText(outcome)} {failedText(outcome.result)}
      </p>
      {stale !== '' && freshness !== 'preview' && !running && <Button onClick={runSimulation} disabledReason={simulationRefusal()}>Run again</Button>}
    </div>
  );
}

function OverTime({ outcome, freshness, journey }: Omit<ResultsProps, 'running'> & { readonly journey: string | null }): ReactElement {
  const { result, design, stopped_at } = outcome;
  const compares = freshness === 'fresh';
  const timeline = useMemo(() => reached(result, stopped_at), [result, stopped_at]);
  const moving = isMoving(outcome);
  const strips = useMemo(() => stripsOf({ result, timeline, design, journey, compares, moving }), [result, timeline, design, journey, compares, moving]);
  const spans = useMemo(() => spansOf(outcome), [outcome]);
  return <Timelines strips={strips} ends={timeline.ends_s} seconds={Math.max(1e-3, simulatedSeconds(result, stopped_at))} counted={result.warmup_s} spans={spans} />;
}

/** What a run found: over time, by journey, in figures, and what it leaves out. */
export function Results({ outcome, freshness, running }: ResultsProps): ReactElement {
  const [view, setView] = useState<View>('time');
  const [chosen, setChosen] = useState(ALL);
  const { result, design, stopped_at } = outcome;
  const journeys = Object.values(result.journeys);
  const [only] = journeys;
  const journey = journeys.length === 1 && only ? only.id : Object.hasOwn(result.journeys, chosen) ? chosen : null;
  const options = [{ value: ALL, label: 'All journeys' }, ...journeys.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <>
      <div className={styles.bar}>
        <SegmentedControl<View> label="Show" value={view} options={VIEWS} onChange={setView} />
        {journeys.length > 1 && (view === 'time' || view === 'figures') && <Select label="Journey" labelHidden className={styles.journey} value={journey ?? ALL} options={options} onChange={setChosen} />}
      </div>
      <Verdict outcome={outcome} freshness={freshness} running={running} />
      <div key={view} className={styles.body}>
        {view === 'time' && <OverTime outcome={outcome} freshness={freshness} journey={journey} />}
        {view === 'journeys' && <CompareTable outcome={outcome} fresh={freshness === 'fresh'} />}
        {view === 'figures' && <BucketTable timeline={reached(result, stopped_at)} journey={journey} />}
        {view === 'limits' && <LeftOut result={result} design={design} />}
        {view !== 'time' && <p className={styles.run}>{runText(outcome)}</p>}
      </div>
    </>
  );
}
