import { useId, type ReactElement } from 'react';
import { parseValue, printValue } from '../../forms/units.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { ProvenanceTag } from '../../ui/ProvenanceTag.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './ImportDialog.module.css';
import { cancelImport, finishImport, useImport, type Ready } from './import-store.ts';
import { AFTER_ROWS } from './ImportTable.tsx';

const RATE = { unit: 'rps' } as const;

/** Take what was typed, or say why it cannot be a rate. */
function commitPeak(text: string): string | null {
  const parsed = parseValue(text, RATE);
  if (!parsed.ok) return parsed.error;
  if (typeof parsed.value !== 'number' || !(parsed.value > 0)) return 'Type a rate such as 100 or 2k.';
  useImport.getState().set({ peak: parsed.value });
  return null;
}

function PeakQuestion({ name, assumed }: { readonly name: string; readonly assumed: number }): ReactElement {
  const peak = useImport((state) => state.peak);
  const id = useId();
  const value = peak ?? assumed;
  const shown = printValue(value, RATE);
  const step = (direction: 1 | -1, big: boolean): void => useImport.getState().set({ peak: Math.max(1, value + direction * (big ? 100 : 10)) });
  return (
    <div className={styles.question}>
      <span id={id}>
        Peak requests per second into <span className={styles.entry}>{name}</span>
      </span>
      <NumberField
        id={AFTER_ROWS}
        label={`Peak requests per second into ${name}`}
        labelledBy={id}
        describedBy={`${id}-tag`}
        className={styles.peak}
        text={shown.text}
        unit={shown.unit}
        valueNow={value}
        min={0}
        yours={peak !== null}
        onCommit={commitPeak}
        onStep={step}
      />
      <ProvenanceTag id={`${id}-tag`} letter={peak === null ? 'A' : 'U'} title={peak === null ? 'Assumed: these files do not say how many requests arrive.' : 'Set by you.'} />
    </div>
  );
}

/** The one question that no file answers, what to remember, and the way out. */
export function ImportFooter({ phase }: { readonly phase: Ready }): ReactElement {
  const remember = useImport((state) => state.remember);
  const { entry } = phase.report;
  return (
    <div className={styles.foot}>
      {entry === null ? <p className={styles.question}>Nothing here receives requests from outside. Set a peak rate after importing.</p> : <PeakQuestion name={entry.name} assumed={entry.peak_rps} />}
      <div className={styles.actions}>
        <div className={styles.remember}>
          <Switch label="Remember these corrections" checked={remember} onChange={(next) => useImport.getState().set({ remember: next })} />
          <span aria-hidden="true">Remember these corrections</span>
        </div>
        <Button onClick={cancelImport}>Cancel</Button>
        <Button variant="primary" onClick={finishImport}>
          Import <Kbd chord="Mod+Enter" />
        </Button>
      </div>
    </div>
  );
}
