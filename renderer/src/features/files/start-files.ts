import type { HostApi } from '../../../../shared/ipc/host-api.ts';
import { restoreDrafts } from '../../document/commands/file-open.ts';
import { refreshRecents } from '../../document/commands/file-recents.ts';
import { closeAllDocuments } from '../../document/commands/file-save.ts';
import { provideFileServices } from '../../document/commands/file-services.ts';
import { windowTitle } from '../../document/commands/file-status.ts';
import { takeFiles } from '../../document/commands/take-files.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, isDirty, useWorkspace } from '../../document/workspace.ts';
import { onStorageTrouble } from '../../persistence/database.ts';
import { announcePage, createDraftKeeper, findLostDrafts, type DraftKeeper } from '../../persistence/drafts.ts';
import { keepSettings } from '../../persistence/settings.ts';

function showWindowState(host: HostApi): void {
  let shown = '';
  const show = (): void => {
    const edited = Object.values(useWorkspace.getState().documents).some(isDirty);
    const title = windowTitle(activeDocument());
    if (shown === `${edited} ${title}`) return;
    shown = `${edited} ${title}`;
    void host.setWindowState({ title, edited });
  };
  useWorkspace.subscribe(show);
  show();
}

function acceptDrops(host: HostApi): void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  window.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) void host.readDropped(files).then(takeFiles);
  });
}

async function bringBackDrafts(host: HostApi, session: string, keeper: DraftKeeper): Promise<void> {
  const lost = await findLostDrafts(session);
  if (lost.length === 0) return;
  // a browser forgets which file it was when the page goes
  const restored = restoreDrafts(lost, host.info.skin === 'desktop');
  for (const id of restored) keeper.adopt(id);
  const changed = Object.values(useWorkspace.getState().documents).filter((doc) => restored.includes(doc.id) && isDirty(doc));
  if (changed.length === 0) return;
  const count = changed.length === 1 ? 'One drawing' : `${changed.length} drawings`;
  useSession.getState().notify(`${count} with unsaved changes ${changed.length === 1 ? 'is' : 'are'} back. Undo takes them away.`);
}

function flushWhenHidden(keeper: DraftKeeper): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keeper.flush();
  });
  window.addEventListener('pagehide', () => void keeper.flush());
}

async function start(host: HostApi): Promise<void> {
  const session = crypto.randomUUID();
  const keeper = createDraftKeeper(session, Date.now);
  provideFileServices({ host, now: Date.now, newId: () => crypto.randomUUID(), flushDrafts: keeper.flush });
  onStorageTrouble((message) => useSession.getState().notify(message, { tone: 'error' }));
  showWindowState(host);
  acceptDrops(host);
  flushWhenHidden(keeper);
  host.onCloseRequested(closeAllDocuments);
  host.onOpenFile((file) => void takeFiles(file.ok ? { ok: true, value: [file.value] } : file));
  announcePage(session);
  keeper.start();
  await keepSettings();
  // the desktop lets files of this list be saved again, which restored drafts need
  await refreshRecents();
  await bringBackDrafts(host, session, keeper);
  await host.ready();
}

let started: Promise<void> | null = null;

/** Start everything about files, once for the page: later calls do nothing. */
export function startFiles(host: HostApi): void {
  started ??= start(host);
}
