import { useEffect, useRef, useState, type ReactElement } from 'react';
import { catalog } from '../../../catalog/index.ts';
import { CATEGORIES, type Category } from '../../../shared/contracts/component.ts';
import { useSession } from '../document/session.ts';
import { PalettePanel } from '../features/palette/PalettePanel.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './LeftRegion.module.css';
import { CANVAS_MIN_WIDTH, LEFT, RIGHT } from './panel-layout.ts';
import { RegionBoundary } from './RegionBoundary.tsx';
import { Splitter } from './Splitter.tsx';
import type { PanelControl } from './use-panels.ts';

interface RailEntry {
  readonly category: Category;
  readonly label: string;
  readonly icon: string;
}

/** One glyph per category that has parts: the glyph of its first part. */
function railEntries(): readonly RailEntry[] {
  const components = [...catalog.components.values()];
  return CATEGORIES.flatMap((category) => {
    const first = components.find((component) => component.category === category);
    return first === undefined ? [] : [{ category, label: `${category.slice(0, 1).toUpperCase()}${category.slice(1)}`, icon: first.icon }];
  });
}

const RAIL = railEntries();

/** The palette over the canvas, opened from the rail; Escape or a press elsewhere closes it. */
function Flyout({ category, onClose }: { readonly category: Category | null; readonly onClose: () => void }): ReactElement {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.querySelector(`[data-category="${category ?? ''}"]`)?.scrollIntoView({ block: 'start' });
  }, [category]);
  useEffect(() => {
    ref.current?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true });
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Element && event.target.closest('[data-region="left"]') === null) onClose();
    };
    window.addEventListener('pointerdown', onPointerDown, true);
    return () => window.removeEventListener('pointerdown', onPointerDown, true);
  }, [onClose]);
  return (
    <div
      ref={ref}
      className={styles.flyout}
      style={{ width: LEFT.flyout }}
      onKeyDownCapture={(event) => {
        const clearing = event.target instanceof HTMLInputElement && event.target.value !== '';
        if (event.key !== 'Escape' || clearing) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <PalettePanel />
    </div>
  );
}

function Rail({ floats }: { readonly floats: boolean }): ReactElement {
  const [category, setCategory] = useState<Category | null>(null);
  const open = floats || category !== null;
  const rail = useRef<HTMLDivElement>(null);
  const [close] = useState(() => () => {
    const opener = rail.current?.querySelector<HTMLElement>('[aria-expanded="true"]') ?? rail.current?.querySelector<HTMLElement>('button');
    setCategory(null);
    useSession.getState().set({ leftOpen: false });
    opener?.focus({ preventScroll: true });
  });
  return (
    <>
      <div ref={rail} className={styles.rail} role="toolbar" aria-orientation="vertical" aria-label="Parts by category">
        {RAIL.map((entry) => (
          <IconButton
            key={entry.category}
            label={entry.label}
            icon={entry.icon}
            size={20}
            className={styles.railButton}
            aria-expanded={open && category === entry.category}
            tooltipSide="right"
            onClick={() => setCategory(category === entry.category ? null : entry.category)}
          />
        ))}
      </div>
      {open && <Flyout category={category} onClose={close} />}
    </>
  );
}

/** The palette, or its rail. */
export function LeftRegion({ panels, onDragging }: { readonly panels: PanelControl; readonly onDragging: (dragging: boolean) => void }): ReactElement {
  const { left, right, canvas } = panels.layout;
  return (
    <aside id="left-panel" className={styles.region} data-region="left" aria-label="Parts">
      <RegionBoundary name="The palette">{left.docked ? <PalettePanel /> : <Rail floats={panels.leftFloats} />}</RegionBoundary>
      {left.docked && (
        <Splitter
          label="Width of the left panel"
          controls="left-panel"
          panel="left"
          value={left.width}
          min={LEFT.min}
          max={Math.min(LEFT.max, left.width + canvas - CANVAS_MIN_WIDTH + (right.kind === 'docked' ? right.width - RIGHT.min : 0))}
          onResize={(width) => panels.resize({ left: width })}
          onReset={() => panels.resize({ left: null })}
          onCollapse={() => useSession.getState().set({ leftOpen: false })}
          onDragging={onDragging}
        />
      )}
    </aside>
  );
}
