import { useEffect, useLayoutEffect } from 'react';
import { useSession } from '../document/session.ts';

/** What scrolls on its own: a titled panel, or a tab's panel. */
const SCROLLS = '[data-scroll], [data-panel]';

/** How far each was scrolled, px, by mode and name: as long as the window lives. */
const places = new Map<string, number>();

function keyOf(element: HTMLElement): string {
  return `${useSession.getState().mode} ${element.dataset['scroll'] ?? element.dataset['panel'] ?? ''}`;
}

/** Panels stand where they were scrolled to when their mode, or their tab, comes back. */
export function useScrollMemory(): void {
  useEffect(() => {
    const onScroll = (event: Event): void => {
      if (event.target instanceof HTMLElement && event.target.matches(SCROLLS)) places.set(keyOf(event.target), event.target.scrollTop);
    };
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => document.removeEventListener('scroll', onScroll, { capture: true });
  }, []);
  const shown = useSession(({ mode, leftTab, rightTab, bottomTab, leftOpen, rightOpen, bottomOpen }) => [mode, leftTab, rightTab, bottomTab, leftOpen, rightOpen, bottomOpen].join());
  useLayoutEffect(() => {
    for (const element of document.querySelectorAll<HTMLElement>(SCROLLS)) {
      const place = places.get(keyOf(element));
      if (place !== undefined && element.scrollTop !== place) element.scrollTop = place;
    }
  }, [shown]);
}
