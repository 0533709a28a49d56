import type { ButtonHTMLAttributes, MouseEvent, ReactElement, Ref } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';
import { Tooltip } from './Tooltip.tsx';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly variant?: 'default' | 'primary' | 'quiet' | 'danger';
  /** Why the button does nothing now. It stays in the Tab order and says so. */
  readonly disabledReason?: string | null;
  readonly tooltip?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button of 28 px. */
export function Button({ variant = 'default', disabledReason, tooltip, className, onClick, ...rest }: ButtonProps): ReactElement {
  const disabled = typeof disabledReason === 'string';
  const press = (event: MouseEvent<HTMLButtonElement>): void => (disabled ? event.preventDefault() : onClick?.(event));
  return (
    <Tooltip content={disabledReason ?? tooltip}>
      <button
        type="button"
        {...rest}
        className={classes(styles.button, styles[variant], className)}
        aria-disabled={disabled || undefined}
        aria-description={disabledReason ?? undefined}
        onClick={press}
      />
    </Tooltip>
  );
}
