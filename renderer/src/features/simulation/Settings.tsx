import { useMemo, type ReactElement } from 'react';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { DURATION_LIMITS, expectedText, FACTOR_LIMITS, failingThing, NO_FAILURE, RUNS_LIMITS, settingsProblem, type LoadShape, type SimulationSettings } from '../../evaluation/simulation-settings.ts';
import { cancelSimulation, runSimulation, setSimulation, simulationRefusal, stopSimulation, useSimulation } from '../../evaluation/simulation-store.ts';
import { usePreview } from '../../evaluation/preview-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { failureOptions } from './failure-options.ts';
import { Figure, Line } from './fields.tsx';
import styles from './SimulationPanel.module.css';
import { useSettings } from './use-settings.ts';

const SHAPES: readonly { readonly value: LoadShape; readonly label: string }[] = [
  { value: 'steady', label: 'Steady' },
  { value: 'ramp', label: 'Ramp' },
  { value: 'spike', label: 'Spike' },
  { value: 'day', label: 'Day' },
];
const MOST_SEED = 2_147_483_647;

type Times = ReturnType<typeof useSettings>['times'];
interface FieldsProps { readonly settings: SimulationSettings; readonly times: Times }

/** A time within the run. Null: as usual for its length. */
function Moment({ label, hint, of, value, settings, times }: FieldsProps & { readonly label: string; readonly hint: string; readonly of: 'spike_at_s' | 'spike_for_s' | 'fails_at_s' | 'fails_for_s'; readonly value: number }): ReactElement {
  return <Figure label={label} hint={hint} unit="s" value={value} chosen={settings[of] !== null} min={of.endsWith('_at_s') ? 0 : 0.1} max={times.duration} onChange={(next) => setSimulation({ [of]: next })} />;
}

/** How the load moves, and the figures of that shape. All of them are times the load of the dial. */
function LoadFields({ settings, times }: FieldsProps): ReactElement {
  const factor = (label: string, hint: string, of: 'ramp_to' | 'spike' | 'night', usual: number): ReactElement => (
    <Figure label={label} hint={hint} unit="x" value={settings[of]} chosen={settings[of] !== usual} {...FACTOR_LIMITS} onChange={(next) => setSimulation({ [of]: next ?? usual })} />
  );
  return (
    <>
      <Line label="Load" hint="How the load moves, around the load of the dial" labelId="simulation-load">
        <Select<LoadShape> label="Load" labelledBy="simulation-load" value={settings.shape} options={SHAPES} onChange={(shape) => setSimulation({ shape })} />
      </Line>
      {settings.shape === 'ramp' && factor('Grows to', 'Times the load of the dial, at the end of the run', 'ramp_to', 2)}
      {settings.shape === 'day' && factor('At night', 'Times the load of the dial, which is reached at noon; the day is as long as the run', 'night', 0.3)}
      {settings.shape === 'spike' && (
        <>
          {factor('Height', 'Times the load of the dial', 'spike', 3)}
          <Moment label="Begins at" hint="When the spike begins" of="spike_at_s" value={times.spikeAt} settings={settings} times={times} />
          <Moment label="Lasts" hint="How long the spike lasts" of="spike_for_s" value={times.spikeFor} settings={settings} times={times} />
        </>
      )}
    </>
  );
}

/** Caches at the start of a run. */
const CACHES = [{ value: 'warm', label: 'Warm' }, { value: 'cold', label: 'Empty' }] as const;

/** Where a run starts, and how often it is made. */
function StartFields({ settings }: Pick<FieldsProps, 'settings'>): ReactElement {
  return (
    <>
      <Line label="Caches" hint="What caches hold at the start: as a steady load leaves them, or nothing" labelId="simulation-caches">
        <Select label="Caches" labelledBy="simulation-caches" value={settings.cold_caches ? 'cold' : 'warm'} options={CACHES} onChange={(start) => setSimulation({ cold_caches: start === 'cold' })} />
      </Line>
      <Figure label="Runs" hint="Independent runs of this length; with several, the intervals are over the runs" unit="count" value={settings.runs} chosen={settings.runs !== 1} {...RUNS_LIMITS} onChange={(runs) => setSimulation({ runs: runs ?? 1 })} />
      <Figure label="Seed" hint="Where the random numbers start; the same seed gives the same run" unit="count" value={settings.seed} chosen={settings.seed !== 1} min={0} max={MOST_SEED} onChange={(seed) => setSimulation({ seed: seed ?? 1 })} />
    </>
  );
}

const PARTS = [{ value: 'all', label: 'All of it' }, { value: 'one', label: 'One unit' }] as const;

/** What stops, when and for how long. */
function FailureFields({ settings, times }: FieldsProps): ReactElement {
  const design = useDesign((current) => current);
  const evaluation = useEvaluation((state) => state.base);
  const options = useMemo(() => failureOptions(design, evaluation), [design, evaluation]);
  const thing = failingThing(settings, design);
  const several = thing?.kind === 'node' && (evaluation?.nodes[thing.id]?.units ?? 1) > 1;
  return (
    <>
      <Line label="Failure" hint="What stops during the run" labelId="simulation-failure">
        <Select label="Failure" labelledBy="simulation-failure" value={thing === null ? NO_FAILURE : settings.failure} options={options} onChange={(failure) => setSimulation({ failure })} />
      </Line>
      {thing !== null && (
        <>
          {several && (
            <Line label="How much" hint="All of its units, or one" labelId="simulation-units">
              <Select label="How much" labelledBy="simulation-units" value={settings.one_unit ? 'one' : 'all'} options={PARTS} onChange={(part) => setSimulation({ one_unit: part === 'one' })} />
            </Line>
          )}
          <Moment label="Fails at" hint="When it stops" of="fails_at_s" value={times.failsAt} settings={settings} times={times} />
          <Moment label="Stays down" hint="Until it is back" of="fails_for_s" value={times.failsFor} settings={settings} times={times} />
        </>
      )}
    </>
  );
}

/** Begins a run or ends it, at one place, so that the focus stays. */
function Actions({ refusal, said }: { readonly refusal: string | null; readonly said: string }): ReactElement {
  const running = useSimulation((state) => state.running !== null);
  return (
    <div className={styles.actions}>
      <Button variant={running ? 'default' : 'primary'} disabledReason={running ? null : refusal} onClick={running ? cancelSimulation : runSimulation}>{running ? 'Cancel' : 'Run'}</Button>
      {running && <Button variant="quiet" tooltip="End the run and show what was simulated so far" onClick={stopSimulation}>Stop here</Button>}
      {!running && <span className={styles.expected}>{said}</span>}
    </div>
  );
}

/** What is simulated: load, length, seed and a failure on demand; and how long it will take. */
export function Settings(): ReactElement {
  const { settings, times, expected } = useSettings();
  const previewed = usePreview((state) => state.pinned);
  const said = expectedText(expected);
  const problem = settingsProblem(settings, times);
  const running = useSimulation((state) => state.running !== null);
  return (
    <section className={styles.settings} aria-label="What is simulated">
      <div className={styles.fields}>
        <LoadFields settings={settings} times={times} />
        <Figure label="Length" hint="Simulated time" unit="s" value={times.duration} chosen={settings.duration_s !== null} {...DURATION_LIMITS} onChange={(duration_s) => setSimulation({ duration_s })} />
        <FailureFields settings={settings} times={times} />
        <StartFields settings={settings} />
      </div>
      <div className={styles.foot}>
        {(said.warns || problem !== null) && !running && <p className={styles.warning} role="status">{problem ?? said.text}</p>}
        {expected.fits_s !== null && problem === null && !running && <Button onClick={() => setSimulation({ duration_s: expected.fits_s })}>Use the shorter length</Button>}
        <Actions refusal={running ? null : previewed ? simulationRefusal() : problem} said={said.warns || problem !== null ? '' : said.text} />
      </div>
    </section>
  );
}
