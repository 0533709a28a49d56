import { create } from 'zustand';
import { SCENARIO_KEY } from '../../../shared/contracts/scenario.ts';
import { emptyDesign, type Design } from '../../../shared/model/design.ts';
import { applyPatches, edit, isSemantic, mergeEntries, type HistoryEntry, type Recording } from './history.ts';

/** Where a document lives on disk, or nowhere yet. */
export interface DocumentFile { readonly path: string; readonly name: string }

/** A point in a document's life: its last recorded step and how many unrecorded changes came before it. */
interface Moment { readonly step: HistoryEntry | null; readonly unrecorded: number }

/** One open document with its history. */
export interface OpenDocument {
  readonly id: string;
  readonly design: Design;
  readonly title: string;
  readonly file: DocumentFile | null;
  readonly saved: Design | null;
  /** What it was when it was opened. */
  readonly opened: Design;
  /** Where in the history it was last saved: undoing back to it makes the document clean again. */
  readonly savedMoment: Moment;
  /** Changes made without a step. */
  readonly unrecorded: number;
  readonly savedAt: number | null;
  readonly readOnly: string | null;
  readonly past: readonly HistoryEntry[];
  readonly future: readonly HistoryEntry[];
  /** Grows with every change that can alter the evaluation. */
  readonly semanticRevision: number;
  /** True while further `merge` edits of the same name join the last step. */
  readonly merging: string | null;
}

interface Workspace {
  readonly documents: Readonly<Record<string, OpenDocument>>;
  readonly order: readonly string[];
  readonly activeId: string | null;
  open(input: { readonly id: string; readonly design: Design; readonly title: string; readonly file?: DocumentFile | null; readonly readOnly?: string | null; readonly saved?: boolean }): void;
  close(id: string): void;
  activate(id: string): void;
  /** Change the active document by one named edit. Returns false when nothing changed or it is read-only. */
  commit(name: string, recipe: (draft: Design) => void, recording?: Recording): boolean;
  /** End a run of merged edits, so that the next one is a step of its own. */
  settle(): void;
  undo(): void;
  /** Take back the last step as if it had never been: it cannot be redone, and what could be before it can again. */
  withdraw(future: readonly HistoryEntry[]): void;
  redo(): void;
  markSaved(id: string, design: Design, file: DocumentFile | null, at: number): void;
}

const HISTORY_LIMIT = 500;

function momentOf(doc: OpenDocument): Moment {
  return { step: doc.past.at(-1) ?? null, unrecorded: doc.unrecorded };
}

function withEntry(doc: OpenDocument, design: Design, entry: HistoryEntry, recording: Recording): OpenDocument {
  const semanticRevision = doc.semanticRevision + (isSemantic(entry.patches) ? 1 : 0);
  if (recording === 'never') return { ...doc, design, semanticRevision, unrecorded: doc.unrecorded + 1 };
  const last = doc.past.at(-1);
  const merges = recording === 'merge' && doc.merging === entry.name && last !== undefined;
  const past = merges ? [...doc.past.slice(0, -1), mergeEntries(last, entry)] : [...doc.past, entry].slice(-HISTORY_LIMIT);
  return { ...doc, design, past, future: [], semanticRevision, merging: recording === 'merge' ? entry.name : null };
}

/** Open documents and their histories. The only place where a document changes. */
export const useWorkspace = create<Workspace>()((set, get) => {
  const replace = (id: string, change: (doc: OpenDocument) => OpenDocument): void =>
    set((state) => {
      const doc = state.documents[id];
      return doc ? { documents: { ...state.documents, [id]: change(doc) } } : state;
    });
  const step = (from: 'past' | 'future'): void => {
    const { activeId, documents } = get();
    const doc = activeId === null ? undefined : documents[activeId];
    const entry = doc?.[from].at(-1);
    if (!doc || !entry || doc.readOnly !== null) return;
    const patches = from === 'past' ? entry.inverse : entry.patches;
    const rest = doc[from].slice(0, -1);
    const moved = from === 'past' ? { past: rest, future: [...doc.future, entry] } : { past: [...doc.past, entry], future: rest };
    replace(doc.id, () => ({ ...doc, ...moved, design: applyPatches(doc.design, patches), merging: null, semanticRevision: doc.semanticRevision + (isSemantic(patches) ? 1 : 0) }));
  };
  return {
    documents: {},
    order: [],
    activeId: null,
    open: ({ id, design, title, file = null, readOnly = null, saved = false }) =>
      set((state) => ({
        documents: { ...state.documents, [id]: { id, design, opened: design, title, file, readOnly, saved: saved ? design : null, savedMoment: { step: null, unrecorded: 0 }, unrecorded: 0, savedAt: null, past: [], future: [], semanticRevision: 0, merging: null } },
        order: state.order.includes(id) ? state.order : [...state.order, id],
        activeId: id,
      })),
    close: (id) =>
      set((state) => {
        const { [id]: _closed, ...documents } = state.documents;
        const at = state.order.indexOf(id);
        const order = state.order.filter((other) => other !== id);
        return { documents, order, activeId: state.activeId === id ? (order[Math.min(at, order.length - 1)] ?? null) : state.activeId };
      }),
    activate: (id) => set((state) => (state.documents[id] ? { activeId: id } : state)),
    commit: (name, recipe, recording = 'now') => {
      const { activeId, documents } = get();
      const doc = activeId === null ? undefined : documents[activeId];
      if (!doc || doc.readOnly !== null) return false;
      const change = edit(doc.design, name, recipe);
      if (!change) return false;
      replace(doc.id, () => withEntry(doc, change.design, change.entry, recording));
      return true;
    },
    settle: () => {
      const { activeId } = get();
      if (activeId !== null) replace(activeId, (doc) => (doc.merging === null ? doc : { ...doc, merging: null }));
    },
    undo: () => step('past'),
    withdraw: (future) => {
      const { activeId, documents } = get();
      const before = activeId === null ? undefined : documents[activeId];
      step('past');
      if (before && before.past.length > 0 && before.readOnly === null) replace(before.id, (doc) => ({ ...doc, future }));
    },
    redo: () => step('future'),
    markSaved: (id, design, file, at) =>
      replace(id, (doc) => ({ ...doc, saved: design, savedMoment: design === doc.design ? momentOf(doc) : doc.savedMoment, savedAt: at, file, title: file?.name ?? doc.title })),
  };
});

const EMPTY = emptyDesign();

/** The document in front, or undefined on the start screen. */
export function activeDocument(): OpenDocument | undefined {
  const { activeId, documents } = useWorkspace.getState();
  return activeId === null ? undefined : documents[activeId];
}

/** Subscribe to a part of the active design. `select` must return an existing object or a primitive. */
export function useDesign<T>(select: (design: Design) => T): T {
  return useWorkspace((state) => select((state.activeId === null ? undefined : state.documents[state.activeId])?.design ?? EMPTY));
}

/** Whether the document differs from what was last saved; undoing back to it counts as saved. */
export function isDirty(doc: OpenDocument): boolean {
  if (doc.saved === null) return doc.past.length > 0 || doc.unrecorded > 0;
  if (doc.saved === doc.design) return false;
  const now = momentOf(doc);
  return now.step !== doc.savedMoment.step || now.unrecorded !== doc.savedMoment.unrecorded;
}

/** Whether a page that is loaded again must bring the document back: it has changes, or it is a task that was begun and lives nowhere else. */
export function comesBack(doc: OpenDocument): boolean {
  if (doc.readOnly !== null) return false;
  return isDirty(doc) || (doc.saved === null && doc.design.settings[SCENARIO_KEY] !== undefined);
}
