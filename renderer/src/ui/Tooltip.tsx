import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import styles from './Tooltip.module.css';

interface TooltipProps {
  /** Null or undefined shows nothing. */
  readonly content: ReactNode;
  /** One element that can take focus; the tooltip opens on hover and on focus. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  /** Milliseconds of rest before it opens. */
  readonly delay?: number;
  /** Keeps it closed, for as long as the control is used in another way. */
  readonly disabled?: boolean;
}

/** A short explanation beside a control. Never the only place of a fact: give the control the same words as description. */
export function Tooltip({ content, children, side = 'bottom', delay = 400, disabled = false }: TooltipProps): ReactElement {
  if (content === null || content === undefined || content === '') return children;
  return (
    <Base.Root disabled={disabled}>
      <Base.Trigger delay={delay} render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} side={side} sideOffset={8} collisionPadding={8}>
          <Base.Popup className={styles.popup}>{content}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
