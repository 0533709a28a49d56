import { useSession } from '../session.ts';
import type { Command } from './command.ts';
import { addBoundaries } from './add-boundary.ts';
import { addNote } from './add-note.ts';
import { alignments } from './align.ts';
import { confirmGuesses } from './confirm-guesses.ts';
import { connectFromHere } from './connect-from-here.ts';
import { copy } from './copy.ts';
import { cut } from './cut.ts';
import { deleteSelection } from './delete-selection.ts';
import { distributions } from './distribute.ts';
import { drawPath } from './draw-path.ts';
import { duplicate } from './duplicate.ts';
import { editJourneyPath } from './edit-journey-path.ts';
import { edgeLabels, platformEdges } from './edge-labels.ts';
import { evaluateMode } from './evaluate-mode.ts';
import { fileCommands } from './file-commands.ts';
import { findOnCanvas } from './find.ts';
import { group } from './group.ts';
import { lowerLoad } from './lower-load.ts';
import { newJourneyCommand } from './new-journey.ts';
import { nextBreak } from './next-break.ts';
import { nextDocument } from './next-document.ts';
import { nextFinding } from './next-finding.ts';
import { nextRegion } from './next-region.ts';
import { nudges } from './nudge.ts';
import { openScenarios } from './open-scenario.ts';
import { paste } from './paste.ts';
import { pin } from './pin.ts';
import { previousBreak } from './previous-break.ts';
import { previousDocument } from './previous-document.ts';
import { previousFinding } from './previous-finding.ts';
import { previousRegion } from './previous-region.ts';
import { raiseLoad } from './raise-load.ts';
import { reconnectEnd } from './reconnect-end.ts';
import { redo } from './redo.ts';
import { rename } from './rename.ts';
import { resetLoad } from './reset-load.ts';
import { resetRoute } from './reset-route.ts';
import { runSimulationCommand } from './run-simulation.ts';
import { selectAll } from './select-all.ts';
import { showAbout } from './show-about.ts';
import { showCommands } from './show-commands.ts';
import { showFindings } from './show-findings.ts';
import { showInspector } from './show-inspector.ts';
import { showOutline } from './show-outline.ts';
import { showProperties } from './show-properties.ts';
import { showRules } from './show-rules.ts';
import { showScores } from './show-scores.ts';
import { showSettings } from './show-settings.ts';
import { showShortcuts } from './show-shortcuts.ts';
import { shrinkBoundary } from './shrink-boundary.ts';
import { systemTheme } from './system-theme.ts';
import { tidyLayoutCommand } from './tidy-layout.ts';
import { toggleBottomPanel } from './toggle-bottom-panel.ts';
import { toggleContrast } from './toggle-contrast.ts';
import { toggleLeftPanel } from './toggle-left-panel.ts';
import { toggleMinimap } from './toggle-minimap.ts';
import { toggleRightPanel } from './toggle-right-panel.ts';
import { toggleTheme } from './toggle-theme.ts';
import { undo } from './undo.ts';
import { ungroup } from './ungroup.ts';
import { whiteboardMode } from './whiteboard-mode.ts';
import { zoomActual } from './zoom-actual.ts';
import { zoomFit } from './zoom-fit.ts';
import { zoomIn } from './zoom-in.ts';
import { zoomOut } from './zoom-out.ts';
import { zoomSelection } from './zoom-selection.ts';

/** Every command, in the order of menus and lists. The only registry: menu bar, list, sheet, tooltips and keys read it. */
export const commands: readonly Command[] = [
  ...fileCommands,
  openScenarios,
  showSettings,
  undo,
  redo,
  cut,
  copy,
  paste,
  duplicate,
  deleteSelection,
  rename,
  showProperties,
  confirmGuesses,
  selectAll,
  findOnCanvas,
  connectFromHere,
  reconnectEnd,
  drawPath,
  addNote,
  ...addBoundaries,
  tidyLayoutCommand,
  pin,
  ...alignments,
  ...distributions,
  group,
  ungroup,
  shrinkBoundary,
  ...nudges,
  newJourneyCommand,
  editJourneyPath,
  whiteboardMode,
  evaluateMode,
  showInspector,
  showFindings,
  showScores,
  showOutline,
  toggleLeftPanel,
  toggleRightPanel,
  toggleBottomPanel,
  toggleMinimap,
  edgeLabels,
  platformEdges,
  zoomIn,
  zoomOut,
  zoomFit,
  zoomSelection,
  zoomActual,
  nextRegion,
  previousRegion,
  nextDocument,
  previousDocument,
  toggleTheme,
  toggleContrast,
  systemTheme,
  resetRoute,
  raiseLoad,
  lowerLoad,
  nextBreak,
  previousBreak,
  resetLoad,
  nextFinding,
  previousFinding,
  runSimulationCommand,
  showCommands,
  showShortcuts,
  showRules,
  showAbout,
];

const byId: ReadonlyMap<string, Command> = new Map(commands.map((command) => [command.id, command]));

/** Look a command up. */
export function commandById(id: string): Command | undefined {
  return byId.get(id);
}

/** A command's words as they read now. */
export function commandLabel(command: Command): string {
  return typeof command.label === 'string' ? command.label : command.label();
}

/** Why a command does nothing now, or null when it can run. */
export function disabledReason(command: Command): string | null {
  const enabled = command.enabled?.() ?? true;
  return enabled === true ? null : enabled;
}

/** Run a command, or say why it cannot run. A failure is told as a notice, never thrown at the caller. */
export async function performCommand(command: Command): Promise<void> {
  const { notify } = useSession.getState();
  const reason = disabledReason(command);
  if (reason !== null) {
    notify(reason);
    return;
  }
  try {
    await command.perform();
  } catch (error) {
    notify(`${commandLabel(command)} failed: ${error instanceof Error ? error.message : String(error)}`, { tone: 'error' });
  }
}

/** Run a command by its id. An unknown id is a mistake of the caller and is said so. */
export function runCommand(id: string): void {
  const command = byId.get(id);
  if (command === undefined) {
    useSession.getState().notify(`There is no command "${id}".`, { tone: 'error' });
    return;
  }
  void performCommand(command);
}
