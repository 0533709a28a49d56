import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useState, type ReactElement } from 'react';
import type { HostApi } from '../../../shared/ipc/host-api.ts';
import { DrawingCanvas } from '../canvas/DrawingCanvas.tsx';
import { useSession } from '../document/session.ts';
import { useWorkspace } from '../document/workspace.ts';
import { useRangesClient } from '../evaluation/ranges-store.ts';
import { useEvaluationClient } from '../evaluation/use-evaluation-client.ts';
import { CommandPalette } from '../features/command-palette/CommandPalette.tsx';
import { LoadDial } from '../features/dial/LoadDial.tsx';
import { ExportDialog } from '../features/export/ExportDialog.tsx';
import { FileServices } from '../features/files/FileServices.tsx';
import { FindBar } from '../features/find/FindBar.tsx';
import { ImportDialog } from '../features/import/ImportDialog.tsx';
import { NoticeBar } from '../features/notices/NoticeBar.tsx';
import { PreviewBar } from '../features/preview/PreviewBar.tsx';
import { QuickAdd } from '../features/quick-add/QuickAdd.tsx';
import { RulesDialog } from '../features/rules/RulesDialog.tsx';
import { ScenarioCard } from '../features/scenario/ScenarioCard.tsx';
import { ScenarioClock } from '../features/scenario/ScenarioClock.tsx';
import { ScenarioDialog } from '../features/scenario/ScenarioDialog.tsx';
import { SettingsDialog } from '../features/settings/SettingsDialog.tsx';
import { ShortcutSheet } from '../features/shortcuts/ShortcutSheet.tsx';
import { StartScreen } from '../features/start/StartScreen.tsx';
import { DocumentTabs } from '../features/topbar/DocumentTabs.tsx';
import { TopBar } from '../features/topbar/TopBar.tsx';
import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { classes } from '../ui/classes.ts';
import { designPx } from '../ui/interface-size.ts';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import styles from './App.module.css';
import { BottomRegion } from './BottomRegion.tsx';
import { LeftRegion } from './LeftRegion.tsx';
import { RegionBoundary } from './RegionBoundary.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { RightRegion } from './RightRegion.tsx';
import { useClipboard } from './use-clipboard.ts';
import { useHostMenu } from './use-host-menu.ts';
import { useKeyboard } from './use-keyboard.ts';
import { useOwnPrices } from './use-own-prices.ts';
import { usePanelMemory } from './use-panel-memory.ts';
import { usePanels } from './use-panels.ts';
import { useScrollMemory } from './use-scroll-memory.ts';
import { useInterfaceSize, useTheme } from './use-theme.ts';

/** Left, canvas, right and bottom of an open document. */
function Workbench(): ReactElement {
  const panels = usePanels();
  useScrollMemory();
  const numbers = useSession((state) => state.mode !== 'whiteboard');
  const title = useWorkspace((state) => (state.activeId === null ? undefined : state.documents[state.activeId])?.title);
  const [dragging, setDragging] = useState(false);
  const { left, right } = panels.layout;
  const rightColumn = right.kind === 'overlay' ? 0 : right.width;
  return (
    <div className={classes(styles.workbench, dragging && styles.still)} style={{ gridTemplateColumns: `${designPx(left.width)} minmax(0, 1fr) ${designPx(rightColumn)}` }}>
      <LeftRegion panels={panels} onDragging={setDragging} />
      <main className={styles.canvas} data-region="canvas" aria-label="Drawing">
        <h1 className={styles.heading}>
          <VisuallyHidden>{title}</VisuallyHidden>
        </h1>
        <RegionBoundary name="The canvas">
          <DrawingCanvas />
        </RegionBoundary>
        <ScenarioCard />
        <PreviewBar />
        <QuickAdd />
        <FindBar />
        <NoticeBar />
      </main>
      <RightRegion panels={panels} onDragging={setDragging} />
      {numbers && (
        <RegionBoundary name="The bottom panel">
          <BottomRegion panels={panels} onDragging={setDragging} />
        </RegionBoundary>
      )}
    </div>
  );
}

/** What stands in place of the workbench while nothing is open. */
function Welcome(): ReactElement {
  return (
    <main className={styles.welcome} data-region="canvas" aria-label="Start">
      <RegionBoundary name="The start screen">
        <StartScreen />
      </RegionBoundary>
      <NoticeBar />
    </main>
  );
}

/** The whole window. `host` is the desktop window or the browser tab it runs in. */
export function App({ host }: { readonly host: HostApi }): ReactElement {
  const open = useWorkspace((state) => state.activeId !== null);
  useTheme();
  useInterfaceSize();
  useOwnPrices();
  usePanelMemory();
  useKeyboard();
  useClipboard();
  useHostMenu(host);
  useEvaluationClient();
  useRangesClient();
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400} timeout={200}>
        <div className={styles.window}>
          <TopBar dial={<RegionBoundary name="The dial" line><LoadDial /></RegionBoundary>} clock={<RegionBoundary name="The clock" line><ScenarioClock /></RegionBoundary>} />
          <DocumentTabs />
          {open ? <Workbench /> : <Welcome />}
        </div>
        <CommandPalette />
        <ShortcutSheet browser={host.info.skin === 'browser'} />
        <SettingsDialog />
        <ScenarioDialog />
        <RulesDialog />
        <AboutDialog info={host.info} />
        <RenameDialog />
        <FileServices host={host} />
        <ImportDialog />
        <ExportDialog />
      </Tooltip.Provider>
    </CSPProvider>
  );
}
