import type { ReactElement } from 'react';
import { commandById, runCommand } from '../document/commands/index.ts';
import { useSession, type BottomTab } from '../document/session.ts';
import { BreakingOrderPanel } from '../features/breaking-order/BreakingOrderPanel.tsx';
import { CostPanel } from '../features/cost/CostPanel.tsx';
import { JourneysPanel } from '../features/journeys/JourneysPanel.tsx';
import { SimulationPanel } from '../features/simulation/SimulationPanel.tsx';
import { formatChord } from '../ui/chord.ts';
import { GLYPHS } from '../ui/glyphs.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { designPx } from '../ui/interface-size.ts';
import { Tabs } from '../ui/Tabs.tsx';
import styles from './BottomRegion.module.css';
import { BottomStrip } from './BottomStrip.tsx';
import { BOTTOM } from './panel-layout.ts';
import { RegionBoundary } from './RegionBoundary.tsx';
import { Splitter } from './Splitter.tsx';
import type { PanelControl } from './use-panels.ts';

const VIEWS: readonly { readonly id: BottomTab; readonly label: string; readonly Panel: () => ReactElement }[] = [
  { id: 'journeys', label: 'Journeys', Panel: JourneysPanel },
  { id: 'breaking', label: 'Breaking order', Panel: BreakingOrderPanel },
  { id: 'cost', label: 'Cost', Panel: CostPanel },
  { id: 'simulation', label: 'Simulation', Panel: SimulationPanel },
];

const toggle = (): void => runCommand('view.toggle-bottom');

/** Opens and closes the bottom panel; stands at the same place in both states. */
function Toggle({ open }: { readonly open: boolean }): ReactElement {
  const [chord] = commandById('view.toggle-bottom')?.shortcuts ?? [];
  return <IconButton label={open ? 'Hide bottom panel' : 'Show bottom panel'} hint={chord === undefined ? undefined : formatChord(chord)} icon={GLYPHS.panelBottom} tooltipSide="top" aria-expanded={open} onClick={toggle} />;
}

interface BottomRegionProps {
  readonly panels: PanelControl;
  readonly onDragging: (dragging: boolean) => void;
}

/** Journeys, breaking order, cost and simulation; closed it is the strip that sums them up. */
export function BottomRegion({ panels, onDragging }: BottomRegionProps): ReactElement {
  const open = useSession((state) => state.bottomOpen);
  const tab = useSession((state) => state.bottomTab);
  const { height, max } = panels.bottom;
  if (!open) return <BottomStrip actions={<Toggle open={false} />} />;
  return (
    <section id="bottom-panel" className={styles.region} data-region="bottom" aria-label="Results" style={{ height: designPx(height) }}>
      <Tabs
        label="Bottom panel"
        value={tab}
        onChange={(id) => useSession.getState().set({ bottomTab: id as BottomTab })}
        tabs={VIEWS.map(({ id, label, Panel }) => ({ id, label, panel: <RegionBoundary name={label}><Panel /></RegionBoundary> }))}
        actions={<Toggle open />}
      />
      <Splitter
        label="Height of the bottom panel"
        controls="bottom-panel"
        panel="bottom"
        value={height}
        min={BOTTOM.min}
        max={max}
        onResize={(bottom) => panels.resize({ bottom })}
        onReset={() => panels.resize({ bottom: null })}
        onCollapse={toggle}
        onDragging={onDragging}
      />
    </section>
  );
}
