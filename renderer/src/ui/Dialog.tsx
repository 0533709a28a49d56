import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactElement, ReactNode, RefObject } from 'react';
import styles from './Dialog.module.css';
import { Glyph } from './Glyph.tsx';
import { GLYPHS } from './glyphs.ts';
import { designPx } from './interface-size.ts';

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description?: ReactNode;
  /** Escape, the close button or a press outside. */
  readonly onClose: () => void;
  readonly children?: ReactNode;
  /** Buttons, right-aligned; the main one last. */
  readonly footer?: ReactNode;
  /** In px; the window's width less 48 is the limit. */
  readonly width?: number;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly finalFocus?: RefObject<HTMLElement | null>;
  /** Nothing inside takes the focus: the text itself does, as a region of the dialog's name, so that keys can scroll it. */
  readonly reading?: boolean;
}

/** A question or a sheet above the window. Focus stays inside and returns to the opener. */
export function Dialog({ open, title, description, onClose, children, footer, width = 480, initialFocus, finalFocus, reading }: DialogProps): ReactElement {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={styles.popup} style={{ width: designPx(width) }} initialFocus={initialFocus} finalFocus={finalFocus}>
          <div className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close className={styles.close} aria-label="Close">
              <Glyph path={GLYPHS.close} size={16} />
            </Base.Close>
          </div>
          {description !== undefined && <Base.Description className={styles.description}>{description}</Base.Description>}
          {children !== undefined && children !== null && <div className={styles.body} {...(reading === true ? { tabIndex: 0, role: 'region', 'aria-label': title } : {})}>{children}</div>}
          {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
