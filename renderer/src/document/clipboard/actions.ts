import { catalog } from '../../../../catalog/index.ts';
import { factsOf } from '../../../../shared/drawing/component-facts.ts';
import type { Design, DesignNode } from '../../../../shared/model/design.ts';
import { LIMITS } from '../../../../shared/model/limits.ts';
import { typeVocabulary } from '../../../../shared/model/normalise.ts';
import { addNote } from '../edits/add.ts';
import { createObjectIds } from '../edits/object-ids.ts';
import { removeObjects } from '../edits/remove.ts';
import { resolvePart } from '../parts.ts';
import { requestReveal } from '../reveal-request.ts';
import { useSession } from '../session.ts';
import { drawingRefusal, openQuickAdd } from '../typed-path/open.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { FRAGMENT_LIMIT, fragmentOf, isEmptyFragment, printFragment, readFragment, type Fragment } from './fragment.ts';
import { insertCopies, type Copies } from './insert.ts';
import { paperView } from './paper-view.ts';
import { pasteOffset } from './paste-place.ts';
import { pastedPath, pathText } from './path-text.ts';
import { fragmentWords } from './words.ts';

/** What is put on the clipboard: the fragment for this program, and words for every other. */
export interface Copied {
  readonly fragment: string;
  readonly text: string;
}

/** What was found on the clipboard; empty texts where it held no such thing. */
export interface Clipping {
  readonly fragment: string;
  readonly text: string;
}

const vocabulary = typeVocabulary(catalog.components);

/** The longest note that a document takes, in characters. */
const NOTE_LIMIT = 10_000;

function units(node: DesignNode): number {
  return factsOf(node, resolvePart(node.type)?.component ?? null).units;
}

function selectedFragment(): { readonly id: string; readonly design: Design } | null {
  const doc = activeDocument();
  if (doc === undefined) return null;
  const design = fragmentOf(doc.design, useSession.getState().selection);
  if (!isEmptyFragment(design)) return { id: doc.id, design };
  const edges = useSession.getState().selection.edge.length > 0;
  useSession.getState().notify(edges ? 'A connection is copied with the components at both its ends. Select them too.' : 'Nothing is selected.');
  return null;
}

/** What is selected, ready for the clipboard; null when that is nothing, with a notice. */
export function copySelection(): Copied | null {
  const part = selectedFragment();
  if (part === null) return null;
  const fragment = printFragment(part.design, part.id);
  if (fragment.length > FRAGMENT_LIMIT) {
    useSession.getState().notify(`This is too much to copy at once: ${fragmentWords(part.design)}. Save the drawing and open it in the other window.`, { tone: 'error' });
    return null;
  }
  return { fragment, text: pathText(part.design, units) };
}

/** Copy and remove what is selected, as one step. Null when nothing was copied; then nothing was removed either. */
export function cutSelection(): Copied | null {
  const refused = drawingRefusal();
  if (refused !== null) {
    useSession.getState().notify(refused);
    return null;
  }
  const copied = copySelection();
  const doc = activeDocument();
  if (copied === null || doc === undefined) return null;
  const part = fragmentOf(doc.design, useSession.getState().selection);
  // only what was copied goes: a connection that was selected without both its ends is not on the clipboard
  const objects = { node: Object.keys(part.nodes), boundary: Object.keys(part.boundaries), note: Object.keys(part.notes) };
  useWorkspace.getState().commit(`Cut ${fragmentWords(part)}`, (draft) => removeObjects(draft, objects));
  useSession.getState().select({});
  return copied;
}

/** Select copies by what they are in the drawing in front. */
export function selectCopies(copies: Copies): void {
  const design = activeDocument()?.design;
  if (design === undefined || copies.size === 0) return;
  const ids = [...copies.values()];
  useSession.getState().select({
    node: ids.filter((id) => Object.hasOwn(design.nodes, id)),
    edge: ids.filter((id) => Object.hasOwn(design.edges, id)),
    boundary: ids.filter((id) => Object.hasOwn(design.boundaries, id)),
    note: ids.filter((id) => Object.hasOwn(design.notes, id)),
  });
}

function revealSelection(): void {
  const { selection } = useSession.getState();
  requestReveal((['node', 'boundary', 'note'] as const).flatMap((kind) => selection[kind].map((id) => ({ kind, id }))));
}

function tooMany(target: Design, part: Design): string | null {
  const over = (have: object, more: object, limit: number): boolean => Object.keys(have).length + Object.keys(more).length > limit;
  if (over(target.nodes, part.nodes, LIMITS.nodes)) return `A drawing holds at most ${LIMITS.nodes} components. Nothing was pasted.`;
  if (over(target.edges, part.edges, LIMITS.edges)) return `A drawing holds at most ${LIMITS.edges} connections. Nothing was pasted.`;
  return over(target.notes, part.notes, LIMITS.others) || over(target.boundaries, part.boundaries, LIMITS.others) ? `A drawing holds at most ${LIMITS.others} notes or boundaries. Nothing was pasted.` : null;
}

function pasteFragment({ from, design: part, repairs }: Fragment): void {
  const { notify } = useSession.getState();
  const doc = activeDocument();
  if (doc === undefined) return;
  const refused = tooMany(doc.design, part);
  if (refused !== null) {
    notify(refused, { tone: 'error' });
    return;
  }
  const view = paperView();
  const offset = pasteOffset({ target: doc.design, fragment: part, home: from === doc.id, seen: view?.seen() ?? null, pointer: view?.pointer() ?? null });
  let copies: Copies = new Map();
  useWorkspace.getState().commit(`Paste ${fragmentWords(part)}`, (draft) => {
    copies = insertCopies(draft, part, createObjectIds(doc.design), { offset, data: true });
  });
  selectCopies(copies);
  revealSelection();
  if (repairs > 0) notify(`Pasted ${fragmentWords(part)}. ${repairs === 1 ? '1 value' : `${repairs} values`} could not be read and ${repairs === 1 ? 'was' : 'were'} set aside.`);
}

function pasteNote(text: string): void {
  const doc = activeDocument();
  if (doc === undefined) return;
  const view = paperView();
  const seen = view?.seen();
  const at = view?.pointer() ?? (seen ? { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 } : { x: 0, y: 0 });
  const id = createObjectIds(doc.design)('t');
  const words = text.replaceAll('\0', '').trim();
  useWorkspace.getState().commit('Paste note', (draft) => addNote(draft, { id, text: words.slice(0, NOTE_LIMIT), at: { x: Math.round(at.x / 8) * 8, y: Math.round(at.y / 8) * 8 } }));
  useSession.getState().select({ note: [id] });
  revealSelection();
  if (words.length > NOTE_LIMIT) useSession.getState().notify(`A note holds ${NOTE_LIMIT} characters; the first ${NOTE_LIMIT} of ${words.length} were pasted.`);
}

/**
 * Put what was found on the clipboard into the drawing: a fragment as copies, a line with ">" as a typed path to be
 * confirmed, any other text as a note. Says why when nothing could be pasted. Never throws, whatever was found.
 */
export function paste({ fragment, text }: Clipping): void {
  const { notify } = useSession.getState();
  const refused = drawingRefusal();
  if (refused !== null) {
    notify(refused);
    return;
  }
  if (fragment !== '') {
    const read = readFragment(fragment, vocabulary);
    if (read.ok) pasteFragment(read.value);
    else notify(read.error, { tone: 'error' });
    return;
  }
  const path = pastedPath(text);
  if (path !== null) openQuickAdd({ text: path });
  else if (text.trim() !== '') pasteNote(text);
  else notify('The clipboard holds nothing that can be pasted here. Pictures and files are not pasted; open or import files.');
}
