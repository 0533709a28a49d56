import { useEffect, type ReactElement } from 'react';
import { applyPreview } from '../../evaluation/apply-preview.ts';
import { deltaDirection, deltaVerdict } from '../../evaluation/delta-look.ts';
import { usePreview, type FixRef } from '../../evaluation/preview-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Delta } from '../../ui/Delta.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import type { Fix } from './fixes.ts';
import styles from './FindingsPanel.module.css';

/** Deltas beside the best fix of a closed card, and in the row of an open one. */
const CLOSED = 2;
const OPEN = 5;

function Deltas({ fix, most }: { readonly fix: Fix; readonly most: number }): ReactElement {
  if (fix.deltas === null) return <p className={styles.waiting}>{fix.error ?? 'Working out what it brings'}</p>;
  if (fix.deltas.length === 0) return <p className={styles.waiting}>No number changes</p>;
  return (
    <ul className={styles.deltas}>
      {fix.deltas.slice(0, most).map((delta) => (
        <li key={`${delta.kind} ${delta.label}`}>
          <Delta text={delta.text} direction={deltaDirection(delta)} verdict={deltaVerdict(delta)} />
        </li>
      ))}
    </ul>
  );
}

/** What hovering, focusing and pressing a fix does: ghosts after a rest, then the pinned preview, then the change itself. */
function useFixHandlers(ref: FixRef): { readonly pinned: boolean; readonly handlers: Readonly<Record<'onPointerEnter' | 'onPointerLeave' | 'onFocus' | 'onBlur' | 'onClick', () => void>> } {
  const pinned = usePreview((state) => state.pinned && state.shown?.finding === ref.finding && state.shown.fix === ref.fix);
  const { look, leave, pin } = usePreview.getState();
  const { finding, fix } = ref;
  // a button that goes away under the pointer takes its ghosts along
  useEffect(() => () => {
    const { asked } = usePreview.getState();
    if (asked?.finding === finding && asked.fix === fix) usePreview.getState().leave();
  }, [finding, fix]);
  const press = (): void => (pinned ? applyPreview() : pin(ref));
  return { pinned, handlers: { onPointerEnter: () => look(ref), onPointerLeave: leave, onFocus: () => look(ref), onBlur: leave, onClick: press } };
}

/** The best fix on a closed card: its name is the button, with its two strongest deltas. */
export function BestFix({ fix }: { readonly fix: Fix }): ReactElement {
  const { pinned, handlers } = useFixHandlers(fix);
  return (
    <div className={styles.best}>
      <Button className={styles.fixButton} aria-pressed={pinned} {...handlers}>
        <span className="truncate">{fix.title}</span>
        <VisuallyHidden>{pinned ? ', apply' : ', preview'}</VisuallyHidden>
      </Button>
      <Deltas fix={fix} most={CLOSED} />
    </div>
  );
}

/** A fix in an open card: name, deltas, Preview. */
export function FixRow({ fix }: { readonly fix: Fix }): ReactElement {
  const { pinned, handlers } = useFixHandlers(fix);
  return (
    <li className={styles.fix}>
      <p className={styles.fixTitle}>{fix.title}</p>
      <Button variant={pinned ? 'primary' : 'default'} {...handlers}>
        {pinned ? 'Apply' : 'Preview'}
        <VisuallyHidden>{`: ${fix.title}`}</VisuallyHidden>
      </Button>
      <Deltas fix={fix} most={OPEN} />
    </li>
  );
}
