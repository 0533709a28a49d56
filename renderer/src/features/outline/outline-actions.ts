import { runCommand } from '../../document/commands/index.ts';
import { beginConnecting, cancelConnecting, confirmConnecting, useConnectMode } from '../../document/connect-mode.ts';
import { requestReveal, type Revealed } from '../../document/reveal-request.ts';
import { useSession } from '../../document/session.ts';
import { drawingRefusal } from '../../document/typed-path/open.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import type { OutlineRow } from './outline-tree.ts';

/** Whether the thing of a line is selected; a journey while it is traced. */
export function isSelected(row: OutlineRow): boolean {
  const { selection, selectedJourney } = useSession.getState();
  return row.kind === 'journey' ? selectedJourney === row.id : selection[row.kind].includes(row.id);
}

function shownBy(row: OutlineRow): readonly Revealed[] {
  if (row.kind !== 'journey') return [{ kind: row.kind, id: row.id }];
  return (useEvaluation.getState().base?.journeys[row.id]?.nodes ?? []).map((id) => ({ kind: 'node', id }));
}

/** Select the thing of a line and bring it into view; `add` keeps what is selected. A journey is traced. */
export function selectRow(row: OutlineRow, add = false): void {
  const { selection, select, set } = useSession.getState();
  if (row.kind === 'journey') set({ selectedJourney: row.id });
  else if (!add) select({ [row.kind]: [row.id] });
  else {
    const ids = selection[row.kind];
    select({ ...selection, [row.kind]: ids.includes(row.id) ? ids.filter((id) => id !== row.id) : [...ids, row.id] });
  }
  requestReveal(shownBy(row));
}

/** Select the thing of a line unless it is, so that a command acts on it. */
export function takeInHand(row: OutlineRow): void {
  if (row.kind !== 'journey' && !isSelected(row)) useSession.getState().select({ [row.kind]: [row.id] });
}

/** Run a command on a line. */
export function runOn(row: OutlineRow, command: string): void {
  if (row.kind === 'journey') return;
  takeInHand(row);
  runCommand(command);
}

/** Begin to connect from a line: the next line that Enter is pressed on is where it ends. */
export function connectFrom(row: OutlineRow): void {
  const refused = drawingRefusal();
  if (refused !== null) useSession.getState().notify(refused);
  else if (row.kind === 'node' || row.kind === 'boundary') {
    takeInHand(row);
    beginConnecting({ kind: row.kind, id: row.id });
  }
}

/** While connecting: stand on a line as the end. */
export function aimAt(row: OutlineRow | undefined): void {
  const { from, set } = useConnectMode.getState();
  if (!from || !row) return;
  const end = row.kind === 'node' || row.kind === 'boundary' ? { kind: row.kind, id: row.id } : null;
  set({ to: end && (end.kind !== from.kind || end.id !== from.id) ? end : null });
}

/** Enter: connect while connecting, else select. */
export function actOn(row: OutlineRow): void {
  if (useConnectMode.getState().from === null) selectRow(row);
  else {
    aimAt(row);
    confirmConnecting();
  }
}

/** Escape: leave connecting, else let go of the selection. False when there was nothing to let go of. */
export function letGo(): boolean {
  if (cancelConnecting()) return true;
  const { selection, selectedJourney, select, set } = useSession.getState();
  if (Object.values(selection).every((ids) => ids.length === 0) && selectedJourney === null) return false;
  select({});
  set({ selectedJourney: null });
  return true;
}
