import { useRef, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { scenarios } from '../../../../catalog/scenarios/index.ts';
import { scenarioTargets, type Scenario } from '../../../../shared/contracts/scenario.ts';
import { openTemplate } from '../../document/commands/file-open.ts';
import { openScenario } from '../../document/commands/open-scenario.ts';
import { useSession } from '../../document/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useClocks } from './clock-store.ts';
import styles from './ScenarioDialog.module.css';
import { startingDesign } from './starting-design.ts';
import { wantedText } from './target-text.ts';

const WIDTH = 640;

/** The drawing takes the focus when the task closes, so that the next letter draws. */
const DRAWING: RefObject<HTMLElement | null> = {
  get current() {
    return document.querySelector<HTMLElement>('[data-region="canvas"] [role="application"]');
  },
};

function close(): void {
  useSession.getState().set({ dialog: null });
}

/** A sheet of its own, without numbers until they are asked for; its clock starts. */
function begin(scenario: Scenario): void {
  close();
  const id = openTemplate({ id: scenario.id, title: scenario.title, description: scenario.summary, design: startingDesign(scenario) });
  useSession.getState().set({ mode: 'whiteboard' });
  useClocks.getState().start(id, scenario.minutes);
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  if (step === 0 || at < 0) return;
  event.preventDefault();
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
}

function List(): ReactElement {
  return (
    <ul className={styles.list} onKeyDown={walk}>
      {scenarios.map(({ id, title, minutes, summary }) => (
        <li key={id}>
          <button type="button" className={styles.row} onClick={() => openScenario(id)}>
            <span className={styles.title}>{title}</span>
            <span className={styles.minutes}>{`${minutes} minutes`}</span>
            <span className={styles.summary}>{summary}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }): ReactElement {
  return (
    <>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.points}>{points.map((point) => <li key={point}>{point}</li>)}</ul>
    </>
  );
}

function Task({ scenario }: { readonly scenario: Scenario }): ReactElement {
  return (
    <div className={styles.task}>
      <p className={styles.statement}>{scenario.statement}</p>
      <Points title="It must" points={scenario.asked} />
      <Points title="Given" points={[...scenario.given, ...scenario.demands.map(({ title, value, unit }) => `${title}: ${value}${unit === 'count' ? '' : ` ${unit}`}`)]} />
      <h3 className={styles.heading}>Targets</h3>
      <dl className={styles.targets}>
        {scenarioTargets(scenario).map((target) => (
          <div key={target.id} className={styles.target}>
            <dt>{target.title}</dt>
            <dd>{wantedText(target)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The list of scenarios, or the task of one with the button that begins it. */
export function ScenarioDialog(): ReactElement {
  const dialog = useSession((state) => state.dialog);
  const first = useRef<HTMLButtonElement>(null);
  const open = dialog?.name === 'scenario';
  const chosen = (dialog?.data as { readonly scenario?: string } | undefined)?.scenario;
  const scenario = open ? (scenarios.find(({ id }) => id === chosen) ?? null) : null;
  if (scenario === null) {
    return (
      <Dialog open={open} title="Scenarios" description="Interview tasks with targets. Draw, then see which are met." width={WIDTH} onClose={close}>
        <List />
      </Dialog>
    );
  }
  return (
    <Dialog
      key={scenario.id}
      open
      title={scenario.title}
      width={WIDTH}
      onClose={close}
      initialFocus={first}
      finalFocus={DRAWING}
      footer={
        <>
          <Button onClick={() => openScenario()}>All scenarios</Button>
          <Button ref={first} variant="primary" onClick={() => begin(scenario)}>{`Start, ${scenario.minutes} minutes`}</Button>
        </>
      }
    >
      <Task scenario={scenario} />
    </Dialog>
  );
}
