import { useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { useSession } from '../document/session.ts';
import { onWindowSize, windowHeight, windowWidth } from '../ui/interface-size.ts';
import { layoutBottom, layoutPanels, widthClassOf, type PanelLayout } from './panel-layout.ts';
import { defaultPanels, memoryKey, usePanelStore, type Panels } from './panel-store.ts';

/** The window's width in px of the design, as React state. */
export function useWindowWidth(): number {
  return useSyncExternalStore(onWindowSize, windowWidth);
}

function useWindowHeight(): number {
  return useSyncExternalStore(onWindowSize, windowHeight);
}

/** The panels of the window as it is now, and how to change their sizes. */
export interface PanelControl {
  readonly layout: PanelLayout;
  /** Open although it does not fit: drawn over the canvas. */
  readonly leftFloats: boolean;
  /** The bottom panel's height while it is open, and the largest it may have, px. */
  readonly bottom: { readonly height: number; readonly max: number };
  resize(change: Partial<Pick<Panels, 'left' | 'right' | 'bottom'>>): void;
}

/**
 * Lays the panels out for the window, and keeps session and memory in step: entering a mode or a width class
 * brings back its own panels, and what the user changes is remembered there.
 */
export function usePanels(): PanelControl {
  const width = useWindowWidth();
  const height = useWindowHeight();
  const widthClass = widthClassOf(width);
  const mode = useSession((state) => state.mode);
  const leftOpen = useSession((state) => state.leftOpen);
  const rightOpen = useSession((state) => state.rightOpen);
  const key = memoryKey(mode, widthClass);
  const remembered = usePanelStore((state) => state.memory[key]);
  const left = remembered?.left ?? null;
  const right = remembered?.right ?? null;
  const bottom = remembered?.bottom ?? null;

  useLayoutEffect(() => {
    const memory = usePanelStore.getState().memory[key] ?? defaultPanels(widthClass);
    const { leftOpen: wantLeft, rightOpen: wantRight, bottomOpen, rightTab, leftTab, bottomTab } = memory;
    useSession.getState().set({ leftOpen: wantLeft, rightOpen: wantRight, bottomOpen, rightTab, leftTab, bottomTab });
    return useSession.subscribe((state) => {
      if (state.mode !== mode) return;
      const { leftOpen, rightOpen, bottomOpen, rightTab, leftTab, bottomTab } = state;
      usePanelStore.getState().remember(key, widthClass, { leftOpen, rightOpen, bottomOpen, rightTab, leftTab, bottomTab });
    });
  }, [key, widthClass, mode]);

  return useMemo(() => {
    const layout = layoutPanels(width, { leftOpen, rightOpen, left, right });
    return {
      layout,
      leftFloats: leftOpen && !layout.left.docked,
      bottom: layoutBottom(height, bottom),
      resize: (change) => usePanelStore.getState().remember(key, widthClass, change),
    };
  }, [width, height, widthClass, key, leftOpen, rightOpen, left, right, bottom]);
}
