import { useSession } from '../document/session.ts';
import { useWorkspace } from '../document/workspace.ts';
import { cardAfter, useFindingsView } from './findings-view.ts';
import { isWorking, usePreview, type Preview } from './preview-store.ts';

/** What the notice says of a change: findings and dollars first, else what changes most. */
function outcome({ deltas }: Preview): string {
  const telling = deltas.filter(({ kind }) => kind === 'findings' || kind === 'cost');
  const said = (telling.length > 0 ? [...telling].sort((a, b) => Number(a.kind === 'cost') - Number(b.kind === 'cost')) : deltas.slice(0, 2)).map(({ text }) => text);
  return said.length > 0 ? `Applied. ${said.join(', ')}.` : 'Applied. No number changes.';
}

/** Make the pinned change: one step, a notice with the way back, and the focus on the next card. */
export function applyPreview(): void {
  const { shown } = usePreview.getState();
  // Enter that came too early is no answer to what is being worked out
  if (!shown || isWorking(usePreview.getState())) return;
  const next = cardAfter(shown.finding);
  const applied = usePreview.getState().apply();
  const { notify, set } = useSession.getState();
  if (!applied) {
    notify('This drawing cannot be changed.');
    return;
  }
  set({ focusedFindings: [] });
  useFindingsView.getState().set({ open: null, wanted: next });
  notify(outcome(applied), { action: { label: 'Undo', run: () => useWorkspace.getState().undo() } });
}
