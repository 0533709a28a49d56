import { useEffect, type ReactElement } from 'react';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { Button } from '../../ui/Button.tsx';
import { clockText, untilChange, useClocks, type Clock } from './clock-store.ts';
import styles from './ScenarioClock.module.css';
import { scenarioOf } from './starting-design.ts';

/** Words that change once a minute: nothing moves in between. */
function Remaining({ clock }: { readonly clock: Clock }): ReactElement {
  const now = useClocks((state) => state.now);
  useEffect(() => {
    if (clock.since === null) return undefined;
    const { look } = useClocks.getState();
    const timer = window.setTimeout(look, untilChange(clock, Date.now()) + 50);
    return () => window.clearTimeout(timer);
  }, [clock, now]);
  // the clock goes on while other modes hide it
  useEffect(() => useClocks.getState().look(), []);
  return <p className={styles.text} role="timer" aria-label="Interview clock">{clockText(clock, now)}</p>;
}

/** What is left of the time for the open scenario, in the dial's place while there are no numbers. Nothing without a scenario. */
export function ScenarioClock(): ReactElement | null {
  const scenario = scenarioOf(useDesign((whole) => whole));
  const id = useWorkspace((state) => state.activeId);
  const clock = useClocks(({ clocks }) => (id === null ? undefined : clocks[id]));
  const { start, pause, goOn } = useClocks.getState();
  if (scenario === null || id === null) return null;
  if (clock === undefined) return <div className={styles.clock}><Button variant="quiet" onClick={() => start(id, scenario.minutes)}>{`Start the clock, ${scenario.minutes} minutes`}</Button></div>;
  return (
    <div className={styles.clock}>
      <Remaining clock={clock} />
      {clock.since === null ? <Button variant="quiet" onClick={() => goOn(id)}>Continue</Button> : <Button variant="quiet" onClick={() => pause(id)}>Pause</Button>}
    </div>
  );
}
