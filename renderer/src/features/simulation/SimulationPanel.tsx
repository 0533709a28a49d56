import type { ReactElement } from 'react';
import { formatDuration } from '../../../../shared/lib/format.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useSimulation, useSimulationOutcome, type RunningSimulation } from '../../evaluation/simulation-store.ts';
import { verdictText } from '../../evaluation/simulation-text.ts';
import { NoLoadYet } from '../../forms/NoLoadYet.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { Results } from './Results.tsx';
import { Settings } from './Settings.tsx';
import styles from './SimulationPanel.module.css';

function Progress({ running, elsewhere }: { readonly running: RunningSimulation; readonly elsewhere: boolean }): ReactElement {
  const { progress } = running;
  const percent = progress === null ? 0 : Math.floor(progress.share * 100);
  const words = progress === null ? 'The simulation starts' : `${percent} % simulated${progress.runs > 1 ? `, run ${progress.run} of ${progress.runs}` : ''}`;
  return (
    <div className={styles.progress}>
      <span>{elsewhere ? `${words}, of another drawing` : words}</span>
      <span className={styles.track} role="progressbar" aria-label="Simulation" aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={words}>
        <span className={styles.fill} style={{ width: `${percent}%` }} />
      </span>
      {progress !== null && <span className={styles.time}>{`${formatDuration(progress.time_s)} of ${formatDuration(progress.duration_s)}`}</span>}
    </div>
  );
}

/** Said once at each quarter of a run, and at its end. */
function Announcements(): ReactElement {
  const quarter = useSimulation(({ running }) => (running === null ? null : Math.floor((running.progress?.share ?? 0) * 4) * 25));
  const shown = useSimulationOutcome();
  const done = shown?.freshness === 'fresh' ? `Simulation done. ${verdictText(shown.outcome)}` : '';
  return <VisuallyHidden live="polite">{quarter === null ? done : quarter === 0 ? 'Simulating' : `${quarter} % simulated`}</VisuallyHidden>;
}

function Right(): ReactElement {
  const id = useWorkspace((state) => state.activeId);
  const running = useSimulation((state) => state.running);
  const error = useSimulation((state) => (id === null ? undefined : state.errors[id]));
  const shown = useSimulationOutcome();
  return (
    <section className={styles.results} aria-label="What the simulation found">
      {running && <Progress running={running} elsewhere={running.documentId !== id} />}
      {error !== undefined && running === null && <p className={styles.error} role="alert">{error}</p>}
      {shown === null ? (
        <EmptyState title={running === null ? 'Not simulated yet.' : 'Simulating.'}>
          {running === null ? 'Run plays the drawing request by request, with real queues, caches and retries: a second opinion on the formulas.' : 'The drawing can be worked on meanwhile.'}
        </EmptyState>
      ) : (
        <Results key={id} outcome={shown.outcome} freshness={shown.freshness} running={running !== null} />
      )}
      <Announcements />
    </section>
  );
}

/** The second opinion: the drawing played request by request, over time, beside what the formulas say. */
export function SimulationPanel(): ReactElement {
  const loaded = useEvaluation((state) => (state.current ?? state.base)?.total_rps ?? null);
  if (loaded === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  if (loaded === 0) return <NoLoadYet />;
  return (
    <div className={styles.panel}>
      <Settings />
      <Right />
    </div>
  );
}
