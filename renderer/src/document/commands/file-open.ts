import { catalog } from '../../../../catalog/index.ts';
import type { Template } from '../../../../shared/contracts/catalog.ts';
import type { HostError, HostFile } from '../../../../shared/ipc/host-api.ts';
import type { Problem, Result } from '../../../../shared/lib/result.ts';
import { readPlumb, readPlumbData } from '../../../../shared/migrations/read-plumb.ts';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { uniqueName } from '../../../../shared/model/graph-queries.ts';
import { typeVocabulary } from '../../../../shared/model/normalise.ts';
import type { PlumbDocument } from '../../../../shared/model/plumb-file.ts';
import type { FoundDraft } from '../../persistence/drafts.ts';
import { readFromLibrary } from '../../persistence/library.ts';
import { useSession } from '../session.ts';
import { isDirty, useWorkspace, type DocumentFile, type OpenDocument } from '../workspace.ts';
import { fileServices } from './file-services.ts';
import { refreshRecents, type RecentDocument } from './file-recents.ts';
import { titleOfFile } from './file-status.ts';

/** Kinds of files that hold a drawing. */
export const DRAWING_KINDS = [{ label: 'Plumbline drawing', extensions: ['plumb'] }] as const;

const OPENED_KINDS = [{ label: 'Plumbline drawing', extensions: ['plumb', 'json'] }] as const;

const vocabulary = typeVocabulary(catalog.components);

function titles(): string[] {
  return Object.values(useWorkspace.getState().documents).map(({ title }) => title);
}

/** Open an empty document and bring it to the front. Returns its id. */
export function newDocument(): string {
  const id = fileServices().newId();
  const title = uniqueName(titles(), 'Untitled');
  useWorkspace.getState().open({ id, design: emptyDesign(title), title });
  return id;
}

function openNew(design: Design, wanted: string): string {
  closeUntouched();
  const id = fileServices().newId();
  const title = uniqueName(titles(), wanted);
  useWorkspace.getState().open({ id, design: { ...design, name: title }, title });
  return id;
}

/** Open a copy of a starter design: a new document of its own, not saved anywhere yet. Returns its id. */
export function openTemplate(template: Template): string {
  return openNew(template.design, template.title);
}

/** Open what was made of other files: a new document that counts as work not saved yet. Returns its id. */
export function openImported(design: Design, title: string): string {
  const id = openNew(emptyDesign(title), title);
  useWorkspace.getState().commit('Import', (draft) => void Object.assign(draft, { ...design, name: draft.name }), 'never');
  return id;
}

function isUntouched(doc: OpenDocument): boolean {
  return doc.file === null && doc.saved === null && doc.past.length === 0 && doc.future.length === 0 && !isDirty(doc);
}

/** The empty document in front makes room for one that is opened. */
function closeUntouched(): void {
  const { activeId, documents, close } = useWorkspace.getState();
  const doc = activeId === null ? undefined : documents[activeId];
  if (doc && isUntouched(doc)) close(doc.id);
}

function tellRepairs(title: string, problems: readonly Problem[]): void {
  const repairs = problems.filter(({ level }) => level !== 'info');
  if (repairs.length === 0) return;
  const count = repairs.length === 1 ? 'one thing' : `${repairs.length} things`;
  const { notify, set } = useSession.getState();
  notify(`${title} was opened; ${count} could not be read as written.`, {
    action: { label: 'Show', run: () => set({ dialog: { name: 'open-report', data: { title, problems } } }) },
  });
}

function show(document: PlumbDocument, place: { readonly id: string; readonly title: string; readonly file: DocumentFile | null }): void {
  closeUntouched();
  useWorkspace.getState().open({ ...place, design: document.design, readOnly: document.readOnly, saved: true });
  if (document.readOnly !== null) useSession.getState().notify(document.readOnly);
  else tellRepairs(place.title, document.problems);
}

function findByPath(path: string | null): OpenDocument | undefined {
  return path === null ? undefined : Object.values(useWorkspace.getState().documents).find(({ file }) => file?.path === path);
}

/** Open a file that the host has read, or say why it cannot be opened. An open document comes to the front. */
export function openHostFile(file: HostFile): boolean {
  const known = findByPath(file.ref);
  if (known) {
    useWorkspace.getState().activate(known.id);
    return true;
  }
  const read = readPlumb(file.text, vocabulary);
  if (!read.ok) {
    useSession.getState().notify(`${file.name}: ${read.error.message}`, { tone: 'error' });
    return false;
  }
  const title = titleOfFile(file.name);
  show(read.value, { id: fileServices().newId(), title, file: file.ref === null ? null : { path: file.ref, name: title } });
  return true;
}

/** Open what the host handed over: chosen, dropped, or asked for by the system. */
export async function openHostFiles(files: Result<readonly HostFile[], HostError>): Promise<void> {
  if (!files.ok) {
    useSession.getState().notify(files.error.message, { tone: 'error' });
    return;
  }
  for (const file of files.value) openHostFile(file);
  if (files.value.length > 0) await refreshRecents();
}

/** Ask for drawings and open them. */
export async function chooseAndOpen(): Promise<void> {
  await openHostFiles(await fileServices().host.openFiles({ title: 'Open drawing', kinds: OPENED_KINDS, multiple: true }));
}

async function openKept(id: string): Promise<void> {
  const { activate, documents } = useWorkspace.getState();
  if (documents[id]) {
    activate(id);
    return;
  }
  const row = await readFromLibrary(id);
  const read = row && readPlumbData(row.design, vocabulary);
  if (!row || !read?.ok) {
    useSession.getState().notify(read?.ok === false ? read.error.message : 'This drawing is no longer kept in this browser.', { tone: 'error' });
    await refreshRecents();
    return;
  }
  show(read.value, { id, title: row.title, file: null });
}

/** Open a document of the recent list. A file that is gone leaves the list. */
export async function openRecent(recent: RecentDocument): Promise<void> {
  if (recent.place === 'library') return openKept(recent.key);
  const { host } = fileServices();
  const read = await host.reopenFile(recent.key);
  if (read.ok) return openHostFiles({ ok: true, value: [read.value] });
  if (read.error.code === 'not-found') await host.forgetRecentFiles(recent.key);
  useSession.getState().notify(read.error.message, { tone: 'error' });
  await refreshRecents();
}

/**
 * Bring back what was not saved: opened as last saved or, never saved, as it began, with the changes since then as one step on
 * top, so that undoing it goes back there. Returns the ids that came back; a draft that cannot be read is told and stays stored.
 */
export function restoreDrafts(drafts: readonly FoundDraft[], keepFile: boolean): string[] {
  const restored: string[] = [];
  for (const { draft, base } of drafts) {
    const { id, title } = draft;
    const read = readPlumbData(draft.design, vocabulary);
    const saved = (base?.design ?? null) !== null;
    const before = readPlumbData((saved ? base?.design : base?.opened) ?? emptyDesign(title), vocabulary);
    if (!read.ok) {
      useSession.getState().notify(`${title} could not be brought back: ${read.error.message}`, { tone: 'error' });
      continue;
    }
    const start = before.ok ? before.value.design : emptyDesign(title);
    useWorkspace.getState().open({ id, design: start, title, file: keepFile ? draft.file : null, saved: saved && before.ok });
    restored.push(id);
    // a task on which nothing is drawn yet
    if (JSON.stringify(start) === JSON.stringify(read.value.design)) continue;
    useWorkspace.getState().commit('Unsaved changes', (design) => {
      for (const key of Object.keys(design)) if (!Object.hasOwn(read.value.design, key)) delete design[key];
      Object.assign(design, read.value.design);
    });
  }
  return restored;
}
