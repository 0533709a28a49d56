import type { HostError, SavedFile } from '../../../../shared/ipc/host-api.ts';
import { err, ok, type Result } from '../../../../shared/lib/result.ts';
import { writePlumb } from '../../../../shared/model/plumb-file.ts';
import { keepInLibrary } from '../../persistence/library.ts';
import { useSession } from '../session.ts';
import { isDirty, useWorkspace, type DocumentFile, type OpenDocument } from '../workspace.ts';
import { DRAWING_KINDS } from './file-open.ts';
import { refreshRecents } from './file-recents.ts';
import { fileServices } from './file-services.ts';
import { fileNameOf, titleOfFile } from './file-status.ts';

/** Where a document went. `file` is null for a download and for a document kept in this browser. */
interface Stored {
  readonly file: DocumentFile | null;
  readonly message: string;
}

type Outcome = Result<Stored | null, Pick<HostError, 'message'> & { readonly elsewhere?: boolean }>;

/** Why saving failed where another place may help. */
const ELSEWHERE: ReadonlySet<HostError['code']> = new Set(['not-found', 'no-permission', 'read-only', 'not-allowed', 'disk-full']);

function refused(error: HostError): Outcome {
  return err({ message: error.message, elsewhere: ELSEWHERE.has(error.code) });
}

function stored(saved: SavedFile): Stored {
  const title = titleOfFile(saved.name);
  return saved.ref === null ? { file: null, message: `${saved.name} was downloaded.` } : { file: { path: saved.ref, name: title }, message: `Saved ${saved.name}.` };
}

async function toChosenFile(doc: OpenDocument, text: string): Promise<Outcome> {
  const saved = await fileServices().host.saveFileAs({ title: 'Save drawing', suggestedName: fileNameOf(doc.title), kinds: DRAWING_KINDS }, text);
  if (!saved.ok) return refused(saved.error);
  return ok(saved.value === null ? null : stored(saved.value));
}

async function toSameFile(file: DocumentFile, text: string): Promise<Outcome> {
  const saved = await fileServices().host.saveFile(file.path, text);
  return saved.ok ? ok(stored(saved.value)) : refused(saved.error);
}

async function toLibrary(doc: OpenDocument): Promise<Outcome> {
  const kept = await keepInLibrary({ id: doc.id, title: doc.title, design: doc.design, thumbnail: null, openedAt: fileServices().now() });
  if (!kept.ok) return err({ message: kept.error });
  return ok({ file: null, message: 'Saved in this browser. "Save as" puts it in a file.' });
}

async function store(doc: OpenDocument, text: string, choose: boolean): Promise<Outcome> {
  const { info } = fileServices().host;
  const inBrowser = info.skin === 'browser';
  if (!choose && doc.file !== null && (info.savesInPlace || !inBrowser)) return toSameFile(doc.file, text);
  if (!choose && inBrowser) return toLibrary(doc);
  const outcome = await toChosenFile(doc, text);
  // a download leaves the page: keep a copy here, so that the document can be opened again
  if (outcome.ok && outcome.value?.file === null && inBrowser) await toLibrary(doc);
  return outcome;
}

async function save(id: string, choose: boolean): Promise<boolean> {
  const { notify } = useSession.getState();
  const doc = useWorkspace.getState().documents[id];
  if (doc === undefined) return false;
  if (doc.readOnly !== null) {
    notify(doc.readOnly, { tone: 'error' });
    return false;
  }
  const written = writePlumb(doc.design);
  if (!written.ok) {
    notify(written.error.message, { tone: 'error' });
    return false;
  }
  const outcome = await store(doc, written.value.text, choose);
  if (!outcome.ok) {
    const action = outcome.error.elsewhere === true ? { action: { label: 'Save as…', run: () => void saveDocumentAs(id) } } : {};
    notify(outcome.error.message, { tone: 'error', ...action });
    return false;
  }
  if (outcome.value === null) return false;
  const repairs = written.value.problems.filter(({ level }) => level !== 'info').length;
  useWorkspace.getState().markSaved(id, doc.design, outcome.value.file, fileServices().now());
  notify(repairs === 0 ? outcome.value.message : `${outcome.value.message} ${repairs} values that no file can hold were left out.`);
  await refreshRecents();
  return true;
}

const queue = new Map<string, Promise<boolean>>();

/** One save at a time for each document: a later one waits and writes what is there then. */
function enqueue(id: string, choose: boolean): Promise<boolean> {
  const before = queue.get(id) ?? Promise.resolve(true);
  const next = before.then(
    () => save(id, choose),
    () => save(id, choose),
  );
  queue.set(id, next);
  const done = (): void => {
    if (queue.get(id) === next) queue.delete(id);
  };
  void next.then(done, done);
  return next;
}

/**
 * Save a document where it was saved before; the first time asks where (desktop) or keeps it in this browser.
 * False when it was not saved: cancelled, read-only, or failed, which has been told then.
 */
export function saveDocument(id: string): Promise<boolean> {
  return enqueue(id, false);
}

/** Ask where, then save there. The document lives there from then on. */
export function saveDocumentAs(id: string): Promise<boolean> {
  return enqueue(id, true);
}

/** What the user wants done with changes that are not saved. */
export type CloseChoice = 'save' | 'discard' | 'cancel';

/** What the dialog `confirm-close` shows and answers with. */
export interface ConfirmClose {
  readonly title: string;
  readonly answer: (choice: CloseChoice) => void;
}

function ask(title: string): Promise<CloseChoice> {
  const { set } = useSession.getState();
  return new Promise((resolve) => {
    const answer = (choice: CloseChoice): void => {
      stop();
      resolve(choice);
    };
    const data: ConfirmClose = {
      title,
      answer: (choice) => {
        answer(choice);
        set({ dialog: null });
      },
    };
    set({ dialog: { name: 'confirm-close', data } });
    // another dialog in its place, or none, leaves the question unanswered
    const stop = useSession.subscribe((state) => {
      if (state.dialog?.data !== data) answer('cancel');
    });
  });
}

/** Close a document, asking first when it has changes that are not saved. False when it stays open. */
export async function closeDocument(id: string): Promise<boolean> {
  const { documents, activate, close } = useWorkspace.getState();
  const doc = documents[id];
  if (doc === undefined) return true;
  if (isDirty(doc) && doc.readOnly === null) {
    activate(id);
    const choice = await ask(doc.title);
    if (choice === 'cancel' || (choice === 'save' && !(await saveDocument(id)))) return false;
  }
  close(id);
  return true;
}

/** Before the window closes: ask about every document with changes. False when one of them keeps the window open. */
export async function closeAllDocuments(): Promise<boolean> {
  const { order, documents } = useWorkspace.getState();
  for (const id of order) {
    const doc = documents[id];
    if (doc && isDirty(doc) && !(await closeDocument(id))) return false;
  }
  await fileServices().flushDrafts();
  return true;
}
