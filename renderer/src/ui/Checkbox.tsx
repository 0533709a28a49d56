import type { ReactElement, ReactNode } from 'react';
import styles from './Checkbox.module.css';

interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** A tick beside its words; the whole line takes the press. */
export function Checkbox({ label, checked, onChange, disabled }: CheckboxProps): ReactElement {
  return (
    <label className={styles.line}>
      <input type="checkbox" className={styles.box} checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span className={styles.words}>{label}</span>
    </label>
  );
}
