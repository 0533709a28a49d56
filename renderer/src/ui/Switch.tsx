import { Switch as Base } from '@base-ui/react/switch';
import type { ReactElement } from 'react';
import styles from './Switch.module.css';

interface SwitchProps {
  readonly label: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly id?: string;
}

/** On or off. The knob's place and its bar tell the state without colour. */
export function Switch({ label, labelledBy, describedBy, checked, onChange, disabled, id }: SwitchProps): ReactElement {
  return (
    <Base.Root
      id={id}
      className={styles.track}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      aria-label={labelledBy === undefined ? label : undefined}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      <Base.Thumb className={styles.thumb} />
    </Base.Root>
  );
}
