import { useState, type ReactElement } from 'react';
import { commandById, disabledReason, runCommand } from '../../document/commands/index.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { AddEntity, EntitiesView } from './EntitiesView.tsx';
import { JourneyDetail } from './JourneyDetail.tsx';
import styles from './JourneysPanel.module.css';
import { JourneyTable } from './JourneyTable.tsx';

function NewJourney(): ReactElement {
  useDesign((design) => design);
  const command = commandById('insert.journey');
  return <Button disabledReason={command === undefined ? null : disabledReason(command)} onClick={() => runCommand('insert.journey')}>New journey</Button>;
}

/** The table, and beside it the journey that is chosen. */
function JourneysView(): ReactElement {
  const evaluation = useEvaluation((state) => state.current ?? state.base);
  const selected = useSession((state) => state.selectedJourney);
  const drawn = useDesign((design) => (selected === null ? false : Object.hasOwn(design.journeys, selected)));
  if (evaluation === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  const rows = Object.values(evaluation.journeys);
  const open = selected !== null && (drawn || evaluation.journeys[selected] !== undefined);
  if (rows.length === 0 && !open) return <EmptyState title="No journeys.">Each arrow that leaves a client counts as one until you name your own.</EmptyState>;
  return (
    <div className={styles.split} data-open={open || undefined}>
      <div className={styles.list}><JourneyTable rows={rows} narrow={open} /></div>
      {open && <JourneyDetail key={selected} id={selected} />}
    </div>
  );
}

type View = 'journeys' | 'data';
const VIEWS = [{ value: 'journeys', label: 'Journeys' }, { value: 'data', label: 'Data' }] as const;

/** Journeys with their figures and their editor, and the data that they read and write. */
export function JourneysPanel(): ReactElement {
  const [view, setView] = useState<View>('journeys');
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <SegmentedControl<View> label="Show" value={view} options={VIEWS} onChange={setView} />
        {view === 'journeys' ? <NewJourney /> : <AddEntity />}
      </div>
      <div className={styles.body}>{view === 'journeys' ? <JourneysView /> : <EntitiesView />}</div>
    </div>
  );
}
