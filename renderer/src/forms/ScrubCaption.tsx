import { useRef, useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { activeDocument, useWorkspace, type OpenDocument } from '../document/workspace.ts';
import { considerHand, forgetHand, useCounterfactual } from '../evaluation/counterfactual.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { ScrubPhase } from '../ui/Row.tsx';
import { WhatChanges } from '../ui/WhatChanges.tsx';
import styles from './Form.module.css';

/** Px between the pointer and the caption. */
const AWAY = 16;

/** What the drag on a label has changed since it began, at the pointer while it rests. On the side where the window has room. */
export function ScrubCaption(): ReactElement | null {
  const shown = useCounterfactual((state) => (state.shown?.where === 'panel' ? state.shown : null));
  if (!shown) return null;
  const { innerWidth, innerHeight } = window;
  const across = shown.x > innerWidth / 2 ? { right: innerWidth - shown.x + AWAY } : { left: shown.x + AWAY };
  const down = shown.y > innerHeight * 0.8 ? { bottom: innerHeight - shown.y + AWAY } : { top: shown.y + AWAY };
  return createPortal(
    <div className={styles.scrubCaption} style={{ ...across, ...down }}>
      <WhatChanges lines={shown.lines} />
    </div>,
    document.body,
  );
}

/** Follows a drag on a label: the drawing as it was when it began is what the caption compares with, and what Escape returns to. */
export function useScrubCaption(): { readonly scrubbing: boolean; readonly follow: (phase: ScrubPhase, at: { readonly x: number; readonly y: number }) => void } {
  const [scrubbing, setScrubbing] = useState(false);
  const before = useRef<Design | null>(null);
  const future = useRef<OpenDocument['future']>([]);
  return {
    scrubbing,
    follow: (phase, at) => {
      const now = activeDocument()?.design ?? null;
      if (phase === 'start') {
        before.current = now;
        future.current = activeDocument()?.future ?? [];
        setScrubbing(true);
        return;
      }
      const began = before.current;
      if (phase === 'move') {
        if (began) considerHand({ where: 'panel', ...at, before: began, change: () => activeDocument()?.design ?? null });
        return;
      }
      before.current = null;
      setScrubbing(false);
      forgetHand();
      const { settle, withdraw } = useWorkspace.getState();
      settle();
      if (phase === 'cancel' && began !== null && now !== began) withdraw(future.current);
    },
  };
}
