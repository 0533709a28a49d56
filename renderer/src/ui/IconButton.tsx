import type { ButtonHTMLAttributes, MouseEvent, ReactElement, Ref } from 'react';
import { classes } from './classes.ts';
import { Glyph } from './Glyph.tsx';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'children'> {
  /** Accessible name, shown as tooltip. */
  readonly label: string;
  /** SVG path data on a 20 x 20 grid. */
  readonly icon: string;
  /** Added to the tooltip, usually the shortcut in words. */
  readonly hint?: string;
  readonly pressed?: boolean;
  readonly disabledReason?: string | null;
  readonly size?: number;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly tooltipSide?: 'top' | 'bottom' | 'left' | 'right';
}

/** A square button with a glyph; its name is in the tooltip and for assistive technology. */
export function IconButton({ label, icon, hint, pressed, disabledReason, size = 16, className, onClick, tooltipSide, ...rest }: IconButtonProps): ReactElement {
  const disabled = typeof disabledReason === 'string';
  const press = (event: MouseEvent<HTMLButtonElement>): void => (disabled ? event.preventDefault() : onClick?.(event));
  const tip = disabled ? `${label}: ${disabledReason}` : hint === undefined ? label : `${label}  ${hint}`;
  return (
    <Tooltip content={tip} side={tooltipSide}>
      <button
        type="button"
        {...rest}
        className={classes(styles.button, className)}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={disabled || undefined}
        aria-description={disabledReason ?? undefined}
        onClick={press}
      >
        <Glyph path={icon} size={size} />
      </button>
    </Tooltip>
  );
}
