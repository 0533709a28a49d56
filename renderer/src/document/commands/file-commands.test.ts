import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostApi, HostFile, SavedFile } from '../../../../shared/ipc/host-api.ts';
import { err, ok } from '../../../../shared/lib/result.ts';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { parsePlumb, printPlumb } from '../../../../shared/model/plumb-file.ts';
import { useSession } from '../session.ts';
import { activeDocument, comesBack, isDirty, useWorkspace } from '../workspace.ts';
import { fileCommands } from './file-commands.ts';
import { newDocument, openHostFile, openHostFiles, openRecent, restoreDrafts } from './file-open.ts';
import { useRecents } from './file-recents.ts';
import { closeAllDocuments, closeDocument, saveDocument, saveDocumentAs, type CloseChoice, type ConfirmClose } from './file-save.ts';
import { provideFileServices } from './file-services.ts';
import { fileNameOf, savedLabel, titleOfFile, windowTitle } from './file-status.ts';

const NOON = new Date(2024, 5, 7, 10, 42).getTime();
const disk = new Map<string, string>();

function hostFile(ref: string, text: string): HostFile {
  return { ref, name: ref.slice(ref.lastIndexOf('/') + 1), folder: '/home/ada', text };
}

function savedFile(ref: string): SavedFile {
  return { ref, name: ref.slice(ref.lastIndexOf('/') + 1), folder: '/home/ada' };
}

function fakeHost(skin: 'desktop' | 'browser', changes: Partial<HostApi> = {}): HostApi {
  const host: Partial<HostApi> = {
    info: { skin, platform: 'linux', version: '0.1.0', storage: '', savesInPlace: skin === 'desktop' },
    listRecentFiles: async () => [],
    forgetRecentFiles: vi.fn(async () => undefined),
    saveFile: async (ref, text) => {
      disk.set(ref, text);
      return ok(savedFile(ref));
    },
    saveFileAs: async (request, text) => {
      const ref = `/home/ada/${request.suggestedName}`;
      disk.set(ref, text);
      return ok(savedFile(ref));
    },
    ...changes,
  };
  return host as HostApi;
}

function provide(host: HostApi): HostApi {
  let ids = 0;
  provideFileServices({ host, now: () => NOON, newId: () => `doc-${++ids}`, flushDrafts: async () => undefined });
  return host;
}

function rename(name: string): void {
  useWorkspace.getState().commit('Rename', (design) => void (design.name = name));
}

/** Answers the next question of the dialog. */
function answerNext(choice: CloseChoice): void {
  const stop = useSession.subscribe(({ dialog }) => {
    if (dialog?.name !== 'confirm-close') return;
    stop();
    queueMicrotask(() => (dialog.data as ConfirmClose).answer(choice));
  });
}

const active = () => {
  const doc = activeDocument();
  if (!doc) throw new Error('no document');
  return doc;
};

beforeEach(() => {
  disk.clear();
  useWorkspace.setState({ documents: {}, order: [], activeId: null });
  useSession.setState({ dialog: null, notice: null });
  useRecents.setState({ entries: [] });
  provide(fakeHost('desktop'));
});

describe('opening', () => {
  it('takes the place of an untouched document, and brings one that is open to the front', () => {
    newDocument();
    const text = printPlumb(emptyDesign('Shop'));
    openHostFile(hostFile('/home/ada/shop.plumb', text));
    expect(useWorkspace.getState().order).toHaveLength(1);
    expect(active()).toMatchObject({ title: 'shop', file: { path: '/home/ada/shop.plumb' }, readOnly: null });
    expect([isDirty(active()), savedLabel(active())]).toEqual([false, 'Saved']);
    newDocument();
    rename('edited');
    openHostFile(hostFile('/home/ada/shop.plumb', text));
    expect(useWorkspace.getState().order).toHaveLength(2);
    expect(active().title).toBe('shop');
  });

  it('says what is wrong with a file and leaves the window as it is', async () => {
    await openHostFiles(ok([hostFile('/x/bad.plumb', '{"nodes": {')]));
    expect(useSession.getState().notice).toMatchObject({ tone: 'error', text: expect.stringContaining('bad.plumb: The file ends in the middle') });
    await openHostFiles(err({ code: 'too-large', message: 'big.plumb is larger than 32 MB.' }));
    expect(useSession.getState().notice?.text).toBe('big.plumb is larger than 32 MB.');
    expect(useWorkspace.getState().order).toEqual([]);
  });

  it('opens a newer file read-only: it is told, and cannot be saved or edited', async () => {
    openHostFile(hostFile('/x/new.plumb', JSON.stringify({ ...emptyDesign(), version: 7 })));
    expect(useSession.getState().notice?.text).toContain('format 7');
    expect(savedLabel(active())).toBe('Read-only');
    rename('no');
    expect(isDirty(active())).toBe(false);
    for (const save of [saveDocument, saveDocumentAs]) expect(await save(active().id)).toBe(false);
    expect(disk.size).toBe(0);
    expect(fileCommands.find(({ id }) => id === 'file.save-as')?.enabled?.()).toContain('format 7');
  });

  it('offers the list of repairs', () => {
    openHostFile(hostFile('/x/odd.plumb', '{"nodes": {"a": {"type": "x", "zone_spread": 9}}}'));
    useSession.getState().notice?.action?.run();
    expect(useSession.getState().dialog).toMatchObject({ name: 'open-report', data: { title: 'odd' } });
  });

  it('takes a file that is gone off the list', async () => {
    const host = provide(fakeHost('desktop', { reopenFile: async () => err({ code: 'not-found', message: 'gone.plumb does not exist any more.' }) }));
    await openRecent({ key: '/x/gone.plumb', place: 'file', title: 'gone', where: '/x', openedAt: 0 });
    expect(host.forgetRecentFiles).toHaveBeenCalledWith('/x/gone.plumb');
    expect(useSession.getState().notice).toMatchObject({ tone: 'error' });
  });
});

describe('saving', () => {
  it('asks where the first time, then saves there, and says when', async () => {
    const id = newDocument();
    rename('Shop');
    expect(savedLabel(active())).toBe('Not saved yet');
    expect(await saveDocument(id)).toBe(true);
    expect(active()).toMatchObject({ title: 'Untitled', file: { path: '/home/ada/Untitled.plumb' } });
    expect(savedLabel(active())).toBe('Saved 10:42');
    rename('Shop 2');
    expect([savedLabel(active()), windowTitle(active())]).toEqual(['Edited', 'Untitled (edited) - Plumbline']);
    await saveDocument(id);
    const read = parsePlumb(disk.get('/home/ada/Untitled.plumb') ?? '');
    expect(read.ok && read.value.design.name).toBe('Shop 2');
  });

  it('keeps what was edited while it was being written as not saved', async () => {
    let write: () => void = () => undefined;
    provide(fakeHost('desktop', { saveFileAs: () => new Promise((resolve) => (write = () => resolve(ok(savedFile('/x/a.plumb'))))) }));
    const id = newDocument();
    rename('first');
    const saving = saveDocument(id);
    await vi.waitFor(() => expect(write).toHaveLength(0));
    await Promise.resolve();
    rename('second');
    write();
    expect(await saving).toBe(true);
    expect(isDirty(active())).toBe(true);
    expect(active().saved?.name).toBe('first');
  });

  it('stays unsaved when cancelled or failed, and offers another place', async () => {
    provide(fakeHost('desktop', { saveFileAs: async () => ok(null) }));
    const id = newDocument();
    rename('x');
    expect(await saveDocument(id)).toBe(false);
    expect(useSession.getState().notice).toBeNull();
    provide(fakeHost('desktop', { saveFileAs: async () => err({ code: 'disk-full', message: 'The disk is full.' }) }));
    expect(await saveDocument(id)).toBe(false);
    expect(isDirty(active())).toBe(true);
    expect(useSession.getState().notice).toMatchObject({ tone: 'error', text: 'The disk is full.', action: { label: 'Save as…' } });
  });

  it('is not called saved in a browser whose storage does not work', async () => {
    provide(fakeHost('browser'));
    const id = newDocument();
    rename('x');
    expect(await saveDocument(id)).toBe(false);
    expect(isDirty(active())).toBe(true);
    expect(useSession.getState().notice?.text).toContain('keeps no data');
  });
});

describe('closing', () => {
  it('asks only about changes; cancel keeps the document, discard and save do not', async () => {
    const clean = newDocument();
    expect(await closeDocument(clean)).toBe(true);
    for (const [choice, closed, files] of [['cancel', false, 0], ['discard', true, 0], ['save', true, 1]] as const) {
      const id = newDocument();
      rename(choice);
      answerNext(choice);
      expect(await closeDocument(id)).toBe(closed);
      expect(id in useWorkspace.getState().documents).toBe(!closed);
      expect(disk.size).toBe(files);
      expect(useSession.getState().dialog).toBeNull();
    }
  });

  it('stays open when the question goes away or saving is cancelled', async () => {
    provide(fakeHost('desktop', { saveFileAs: async () => ok(null) }));
    const id = newDocument();
    rename('x');
    answerNext('save');
    expect(await closeDocument(id)).toBe(false);
    const closing = closeDocument(id);
    useSession.getState().set({ dialog: { name: 'about' } });
    expect(await closing).toBe(false);
    expect(useSession.getState().dialog).toEqual({ name: 'about' });
  });

  it('asks about every document before the window closes and stops at the first cancel', async () => {
    const first = newDocument();
    rename('a');
    const second = newDocument();
    rename('b');
    answerNext('discard');
    const closing = closeAllDocuments();
    await vi.waitFor(() => expect(useWorkspace.getState().order).toEqual([second]));
    await vi.waitFor(() => expect(useSession.getState().dialog?.name).toBe('confirm-close'));
    (useSession.getState().dialog?.data as ConfirmClose).answer('cancel');
    expect(await closing).toBe(false);
    expect(first in useWorkspace.getState().documents).toBe(false);
  });
});

describe('drafts', () => {
  it('come back as unsaved changes on top of the last save, one undo away from it', () => {
    const base = emptyDesign('Shop');
    const draft = { ...structuredClone(base), name: 'Shop, edited', extra: 1 };
    const row = { id: 'd1', title: 'shop', file: { path: '/x/shop.plumb', name: 'shop' }, design: draft, session: 's', updatedAt: 1 };
    expect(restoreDrafts([{ draft: row, base: { id: 'd1', design: base } }], true)).toEqual(['d1']);
    expect(isDirty(active())).toBe(true);
    expect(active().design).toMatchObject({ name: 'Shop, edited', extra: 1 });
    expect(active().file?.path).toBe('/x/shop.plumb');
    useWorkspace.getState().undo();
    expect(active().design).toEqual(base);
  });

  it('of documents that were never saved come back too, and damaged ones are told', () => {
    const row = { id: 'd2', title: 'Untitled', file: null, design: { nodes: { a: { type: 'redis', name: 'A' } } }, session: 's', updatedAt: 1 };
    expect(restoreDrafts([{ draft: row, base: { id: 'd2', design: null } }, { draft: { ...row, id: 'd3', design: 'broken' }, base: null }], false)).toEqual(['d2']);
    expect([isDirty(active()), active().design.nodes.a?.type, savedLabel(active())]).toEqual([true, 'redis', 'Not saved yet']);
    expect(useSession.getState().notice?.tone).toBe('error');
  });

  it('of a task come back before anything is drawn, without a change to undo, and later on top of how it began', () => {
    const task = { ...emptyDesign('Shortener'), settings: { scenario: 'url-shortener' } };
    const row = { id: 'd4', title: 'Shortener', file: null, design: structuredClone(task), session: 's', updatedAt: 1 };
    const base = { id: 'd4', design: null, opened: structuredClone(task) };
    restoreDrafts([{ draft: row, base }], false);
    expect([isDirty(active()), comesBack(active()), active().past.length, savedLabel(active())]).toEqual([false, true, 0, 'Not saved yet']);
    expect(active().design.settings).toEqual(task.settings);
    restoreDrafts([{ draft: { ...row, design: { ...task, name: 'Drawn' } }, base }], false);
    expect([isDirty(active()), active().design.name]).toEqual([true, 'Drawn']);
    useWorkspace.getState().undo();
    expect([isDirty(active()), active().design.name, active().design.settings]).toEqual([false, 'Shortener', task.settings]);
    newDocument();
    expect(comesBack(active())).toBe(false);
  });
});

describe('names', () => {
  it('of files and titles', () => {
    expect([titleOfFile('shop.plumb'), titleOfFile('shop.PLUMB'), titleOfFile('shop.json'), titleOfFile('.plumb')]).toEqual(['shop', 'shop', 'shop.json', '.plumb']);
    expect([fileNameOf('a/b:c?'), fileNameOf('..'), fileNameOf(' x. '), fileNameOf('')]).toEqual(['a-b-c-.plumb', 'Untitled.plumb', ' x.plumb', 'Untitled.plumb']);
    expect(windowTitle(undefined)).toBe('Plumbline');
  });
});
