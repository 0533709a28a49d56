import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode, Ref } from 'react';
import { designPx } from './interface-size.ts';
import popup from './popup.module.css';
import styles from './Popover.module.css';

interface PopoverProps {
  readonly trigger: ReactElement;
  readonly title?: string;
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly align?: 'start' | 'center' | 'end';
  readonly open?: boolean;
  /** `pressed`: by a press on the trigger. */
  readonly onOpenChange?: (open: boolean, pressed: boolean) => void;
  /** In px. */
  readonly width?: number;
  /** Also opens while the pointer rests on the trigger. */
  readonly hover?: boolean;
  /** Asked when it opens: whether the focus goes into the card. */
  readonly takesFocus?: () => boolean;
  readonly cardRef?: Ref<HTMLDivElement>;
}

/** Milliseconds of rest before a card opens, and of grace to move from its trigger into it. */
const HOVER_MS = 400;
const GRACE_MS = 120;

/** A card that hangs on a button and closes by Escape or a press outside. */
export function Popover({ trigger, title, children, side = 'bottom', align = 'center', open, onOpenChange, width = 280, hover = false, takesFocus, cardRef }: PopoverProps): ReactElement {
  return (
    <Base.Root open={open} onOpenChange={(next, { reason }) => onOpenChange?.(next, reason === 'trigger-press')}>
      <Base.Trigger render={trigger} openOnHover={hover} delay={HOVER_MS} closeDelay={GRACE_MS} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} side={side} align={align} sideOffset={8} collisionPadding={8}>
          <Base.Popup className={popup.popup} style={{ width: designPx(width) }} initialFocus={takesFocus}>
            <div ref={cardRef} className={styles.card}>
              {title !== undefined && <Base.Title className={styles.title}>{title}</Base.Title>}
              {children}
            </div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
