import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import popup from './popup.module.css';
import styles from './Popover.module.css';

interface PopoverProps {
  readonly trigger: ReactElement;
  readonly title?: string;
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly align?: 'start' | 'center' | 'end';
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** In px. */
  readonly width?: number;
}

/** A card that hangs on a button and closes by Escape or a press outside. */
export function Popover({ trigger, title, children, side = 'bottom', align = 'center', open, onOpenChange, width = 280 }: PopoverProps): ReactElement {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} side={side} align={align} sideOffset={8} collisionPadding={8}>
          <Base.Popup className={popup.popup} style={{ width }}>
            <div className={styles.card}>
              {title !== undefined && <Base.Title className={styles.title}>{title}</Base.Title>}
              {children}
            </div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
