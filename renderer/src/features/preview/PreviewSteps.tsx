import type { ReactElement } from 'react';
import { deltaDirection, deltaVerdict } from '../../evaluation/delta-look.ts';
import { usePreview, type PreviewStep } from '../../evaluation/preview-store.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Delta } from '../../ui/Delta.tsx';
import styles from './PreviewBar.module.css';

/** Deltas that each part shows: its two strongest. */
const SHOWN = 2;

function Brings({ step }: { readonly step: PreviewStep }): ReactElement {
  if (!step.ticked) return <span className={styles.quiet}>left out</span>;
  if (step.deltas === null) return <span className={styles.quiet}>not needed after the ones before</span>;
  if (step.deltas.length === 0) return <span className={styles.quiet}>no number changes</span>;
  return (
    <span className={styles.brings}>
      {step.deltas.slice(0, SHOWN).map((delta) => <Delta key={`${delta.kind} ${delta.label}`} text={delta.text} direction={deltaDirection(delta)} verdict={deltaVerdict(delta)} />)}
    </span>
  );
}

/** The parts of a change that consists of several fixes, in the order in which they are made: each can be left out. */
export function PreviewSteps({ steps }: { readonly steps: readonly PreviewStep[] }): ReactElement {
  return (
    <ol className={styles.steps} aria-label="Changes in their order">
      {steps.map((step, index) => (
        <li key={`${step.finding} ${step.fix}`}>
          <Checkbox checked={step.ticked} onChange={(on) => usePreview.getState().tick(index, on)} label={<span className={styles.step}>{step.title}<Brings step={step} /></span>} />
        </li>
      ))}
    </ol>
  );
}
