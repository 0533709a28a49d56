import { useEffect, useRef, useState, type ReactElement } from 'react';
import { catalog } from '../../../catalog/index.ts';
import { CATEGORIES, type Category } from '../../../shared/contracts/component.ts';
import { BOUNDARY_GLYPHS } from '../../../shared/drawing/boundary-figures.ts';
import { useConnectMode } from '../document/connect-mode.ts';
import { runCommand } from '../document/commands/index.ts';
import { useSession, type LeftTab } from '../document/session.ts';
import { OutlinePanel } from '../features/outline/OutlinePanel.tsx';
import { PalettePanel } from '../features/palette/PalettePanel.tsx';
import { GLYPHS } from '../ui/glyphs.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { designPx } from '../ui/interface-size.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import styles from './LeftRegion.module.css';
import { CANVAS_MIN_WIDTH, LEFT, RIGHT } from './panel-layout.ts';
import { RegionBoundary } from './RegionBoundary.tsx';
import { Splitter } from './Splitter.tsx';
import type { PanelControl } from './use-panels.ts';

/** What the rail opens: a category of parts, or the boundaries. */
type RailCategory = Category | 'boundaries';

interface RailEntry {
  readonly category: RailCategory;
  readonly label: string;
  readonly icon: string;
}

/** One glyph per category that has parts, the glyph of its first part; the boundaries last. */
function railEntries(): readonly RailEntry[] {
  const components = [...catalog.components.values()];
  const parts = CATEGORIES.flatMap((category): readonly RailEntry[] => {
    const first = components.find((component) => component.category === category);
    return first === undefined ? [] : [{ category, label: `${category.slice(0, 1).toUpperCase()}${category.slice(1)}`, icon: first.icon }];
  });
  return [...parts, { category: 'boundaries', label: 'Boundaries', icon: BOUNDARY_GLYPHS.zone }];
}

const RAIL = railEntries();

/** Lines of a tree. */
const OUTLINE_GLYPH = 'M3.5 5h3M9.500 5h7M6.500 10h3M12.500 10h4M6.500 15h3M12.500 15h4';

const TABS: Readonly<Record<LeftTab, { readonly label: string; readonly heading: string; readonly panel: () => ReactElement }>> = {
  palette: { label: 'Palette', heading: 'Palette', panel: () => <RegionBoundary name="The palette"><PalettePanel /></RegionBoundary> },
  outline: { label: 'Outline', heading: 'Outline', panel: () => <RegionBoundary name="The outline"><OutlinePanel /></RegionBoundary> },
};

function View({ tab }: { readonly tab: LeftTab }): ReactElement {
  const { heading, panel: Panel } = TABS[tab];
  return (
    <>
      <h2 className={styles.heading}>
        <VisuallyHidden>{heading}</VisuallyHidden>
      </h2>
      <Panel />
    </>
  );
}

/** Palette and outline, over the canvas or beside it. Review changes nothing, so it has no palette. */
function useTab(): readonly [LeftTab, readonly LeftTab[]] {
  const wanted = useSession((state) => state.leftTab);
  const review = useSession((state) => state.mode === 'review');
  return review ? ['outline', ['outline']] : [wanted, ['palette', 'outline']];
}

function Docked(): ReactElement {
  const [tab, tabs] = useTab();
  return (
    <div className={styles.docked}>
      <Tabs
        label="Left panel"
        value={tab}
        onChange={(id) => useSession.getState().set({ leftTab: id as LeftTab })}
        tabs={tabs.map((id) => ({ id, label: TABS[id].label, panel: <View tab={id} /> }))}
        actions={<IconButton label="Hide left panel" icon={GLYPHS.panelLeft} onClick={() => runCommand('view.toggle-left')} />}
      />
    </div>
  );
}

/** Palette or outline over the canvas, opened from the rail; Escape or a press elsewhere closes it. */
function Flyout({ tab, category, onClose }: { readonly tab: LeftTab; readonly category: RailCategory | null; readonly onClose: () => void }): ReactElement {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.querySelector(`[data-category="${category ?? ''}"]`)?.scrollIntoView({ block: 'start' });
  }, [category]);
  useEffect(() => {
    const field = ref.current?.querySelector<HTMLElement>('[data-region-focus]') ?? ref.current?.querySelector<HTMLElement>('input, button');
    field?.focus({ preventScroll: true });
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Element && event.target.closest('[data-region="left"]') === null) onClose();
    };
    window.addEventListener('pointerdown', onPointerDown, true);
    return () => window.removeEventListener('pointerdown', onPointerDown, true);
  }, [onClose, tab]);
  return (
    <div
      ref={ref}
      className={styles.flyout}
      style={{ width: designPx(LEFT.flyout) }}
      onKeyDownCapture={(event) => {
        const clearing = event.target instanceof HTMLInputElement && event.target.value !== '';
        if (event.key !== 'Escape' || clearing || useConnectMode.getState().from !== null) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <View tab={tab} />
    </div>
  );
}

/** Each category has its glyph, and the outline one below them; a press opens that over the canvas. */
function Rail({ floats }: { readonly floats: boolean }): ReactElement {
  const [tab, tabs] = useTab();
  const [category, setCategory] = useState<RailCategory | null>(null);
  const [asked, setAsked] = useState(false);
  const open = floats || asked;
  const rail = useRef<HTMLDivElement>(null);
  const [close] = useState(() => () => {
    const opener = rail.current?.querySelector<HTMLElement>('[aria-expanded="true"]') ?? rail.current?.querySelector<HTMLElement>('button');
    setAsked(false);
    setCategory(null);
    useSession.getState().set({ leftOpen: false });
    opener?.focus({ preventScroll: true });
  });
  const press = (next: LeftTab, at: RailCategory | null): void => {
    const shown = open && tab === next && category === at;
    useSession.getState().set({ leftTab: next, ...(shown ? { leftOpen: false } : {}) });
    setCategory(shown ? null : at);
    setAsked(!shown);
  };
  return (
    <>
      <div ref={rail} className={styles.rail} role="toolbar" aria-orientation="vertical" aria-label="Parts by category, and the outline">
        {tabs.includes('palette') && RAIL.map((entry) => (
          <IconButton key={entry.category} label={entry.label} icon={entry.icon} size={20} className={styles.railButton} aria-expanded={open && tab === 'palette' && category === entry.category} tooltipSide="right" onClick={() => press('palette', entry.category)} />
        ))}
        <IconButton label="Outline" icon={OUTLINE_GLYPH} size={20} className={styles.railButton} aria-expanded={open && tab === 'outline'} tooltipSide="right" onClick={() => press('outline', null)} />
      </div>
      {open && <Flyout key={tab} tab={tab} category={category} onClose={close} />}
    </>
  );
}

/** Palette and outline as tabs, or their rail. */
export function LeftRegion({ panels, onDragging }: { readonly panels: PanelControl; readonly onDragging: (dragging: boolean) => void }): ReactElement {
  const { left, right, canvas } = panels.layout;
  return (
    <aside id="left-panel" className={styles.region} data-region="left" aria-label="Parts">
      <RegionBoundary name="The left panel">{left.docked ? <Docked /> : <Rail floats={panels.leftFloats} />}</RegionBoundary>
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
