import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useRef, useState, type ReactElement } from 'react';
import styles from './Tooltip.module.css';

interface CutTooltipProps {
  /** The full text. */
  readonly content: string;
  /** One element that can take focus; what may be cut in it bears the class `truncate`. */
  readonly children: ReactElement;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

function isCut(element: HTMLElement | null): boolean {
  return [...(element?.querySelectorAll<HTMLElement>('.truncate') ?? [])].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
}

/** The full text of a control, on hover and focus, only while an ellipsis stands in for a part of it. */
export function CutTooltip({ content, children, side = 'bottom' }: CutTooltipProps): ReactElement {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <Base.Root open={open} onOpenChange={(next) => setOpen(next && isCut(trigger.current))}>
      <Base.Trigger ref={trigger} delay={400} render={children} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} side={side} sideOffset={8} collisionPadding={8}>
          <Base.Popup className={styles.popup}>{content}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
