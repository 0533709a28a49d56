import { useEffect, useState, type ReactElement } from 'react';
import { useSession, type Notice } from '../../document/session.ts';
import { classes } from '../../ui/classes.ts';
import { GLYPHS } from '../../ui/glyphs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import styles from './NoticeBar.module.css';

/** How long a notice stays unless another replaces it, milliseconds. */
const SHOWN_MS = 8000;

function dismiss(id: number): void {
  const { notice, set } = useSession.getState();
  if (notice?.id === id) set({ notice: null });
}

/** Takes a notice away after its time; a pointer or the focus on it holds the clock. */
function useExpiry(notice: Notice | null, held: boolean): void {
  useEffect(() => {
    if (notice === null || held) return undefined;
    const timer = setTimeout(() => dismiss(notice.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, held]);
}

function Bar({ notice, hold }: { readonly notice: Notice; readonly hold: (held: boolean) => void }): ReactElement {
  const { action } = notice;
  return (
    <div
      className={classes(styles.bar, notice.tone === 'error' && styles.error)}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      {notice.tone === 'error' && <SeverityMark severity="critical" />}
      <p className={styles.text}>{notice.text}</p>
      {action !== undefined && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            dismiss(notice.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton label="Dismiss" icon={GLYPHS.close} className={styles.close} onClick={() => dismiss(notice.id)} tooltipSide="top" />
    </div>
  );
}

/** The one line at the bottom of the canvas that says what happened. Both live regions always exist, or nothing would be announced. */
export function NoticeBar(): ReactElement {
  const notice = useSession((state) => state.notice);
  const [held, setHeld] = useState(false);
  useExpiry(notice, held);
  useEffect(() => setHeld(false), [notice]);
  const bar = notice === null ? null : <Bar key={notice.id} notice={notice} hold={setHeld} />;
  return (
    <div className={styles.place}>
      <div role="status">{notice?.tone === 'status' ? bar : null}</div>
      <div role="alert">{notice?.tone === 'error' ? bar : null}</div>
    </div>
  );
}
