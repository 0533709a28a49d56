import type { KeyboardEvent } from 'react';
import { runCommand } from '../../document/commands/index.ts';
import { useSession } from '../../document/session.ts';
import { openQuickAdd } from '../../document/typed-path/open.ts';
import { activeDocument, useWorkspace } from '../../document/workspace.ts';
import { selectCut, useCutSets } from '../../evaluation/cut-sets.ts';
import { isMac } from '../../ui/chord.ts';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { onConnectKey } from '../connect-by-key/connect-keys.ts';
import { openMenuAtFocus } from '../context-menu/menu-place.ts';
import { onPathKey } from '../path/path-keys.ts';
import { followEdge, jump, walk } from '../walk/go.ts';
import type { Direction } from '../walk/walk.ts';
import { onlySelected } from './selection.ts';

/** Start typing the name of a thing in its own place. Connections have no name. */
export function startEditing(thing: Thing | null): boolean {
  const doc = activeDocument();
  if (!thing || thing.kind === 'edge' || !doc || doc.readOnly !== null || useSession.getState().mode === 'review') return false;
  if (useCanvasUi.getState().lod !== 'full' && thing.kind === 'node') return false;
  useCanvasUi.getState().set({ editing: thing, caption: null });
  return true;
}

/** What a key does: true when it was used. */
type KeyUse = (event: KeyboardEvent) => boolean;

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Let go of one thing, the latest first: what was looked for, a highlighted finding, the selection, a traced journey. */
function letGo(): boolean {
  const { find, focusedFindings, selection, selectedJourney, set, select } = useSession.getState();
  if (find !== null) set({ find: null });
  else if (focusedFindings.length > 0) set({ focusedFindings: [] });
  else if (useCutSets.getState().selected !== null) selectCut(null);
  else if (Object.values(selection).some((ids) => ids.length > 0)) select({});
  else if (selectedJourney !== null) set({ selectedJourney: null });
  else return false;
  return true;
}

/** Whether a key moves what is selected: an arrow with Alt, or by a setting the bare arrow, as long as something can move. */
function nudges({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  if (ARROWS[key] === undefined || ctrlKey || metaKey || shiftKey) return false;
  const { arrowKeys, selection } = useSession.getState();
  if (arrowKeys === 'walk') return altKey;
  return !altKey && selection.node.length + selection.boundary.length + selection.note.length > 0;
}

/** Arrows walk or nudge, with Alt they do the other; with Shift they extend the selection, with Ctrl they follow connections and boundaries. */
function onArrow(event: KeyboardEvent): boolean {
  const direction = ARROWS[event.key];
  if (direction === undefined) return false;
  if (nudges(event)) {
    runCommand(`arrange.nudge-${direction}`);
    return true;
  }
  if (event.altKey && (event.ctrlKey || event.metaKey || event.shiftKey || useSession.getState().arrowKeys === 'walk')) return false;
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  if (mod !== (event.ctrlKey || event.metaKey) || (mod && event.shiftKey)) return false;
  if (mod) jump(direction);
  else walk(direction, event.shiftKey);
  return true;
}

/** The first key of a composition or a dead key, a letter or a digit: the typed path takes it. Digits with Shift are commands. */
function draws({ key, code, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  if (key === 'Process' || key === 'Dead' || nativeEvent.keyCode === 229) return true;
  return /^[\p{L}\p{N}]$/u.test(key) && !(shiftKey && code.startsWith('Digit'));
}

/** Keys without Ctrl, Cmd or Alt: names, the typed path, finding, letting go. */
const onBareKey: KeyUse = (event) => {
  if (event.key === 'Escape') return letGo();
  if (event.key === 'Enter' && followEdge()) return true;
  if (event.key === 'Enter' || event.key === 'F2') return startEditing(onlySelected(useSession.getState().selection));
  if (event.key === '/') {
    useSession.getState().set({ find: '' });
    return true;
  }
  if (!draws(event)) return false;
  // the character itself, or the composition that it begins, lands in the field: the key goes on
  openQuickAdd();
  return false;
};

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta']);

/** A run of nudges ends with the next other key: what comes then is an undo step of its own. */
function endRun(event: KeyboardEvent): void {
  if (!MODIFIERS.has(event.key) && !nudges(event)) useWorkspace.getState().settle();
}

/** Keys of the canvas itself. Everything else is a command. */
export function onCanvasKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.nativeEvent.isComposing || event.target !== event.currentTarget) return;
  endRun(event);
  const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
  const handlers: readonly KeyUse[] = [
    ({ key, shiftKey }) => bare && !shiftKey && onPathKey(key),
    onConnectKey,
    openMenuAtFocus,
    onArrow,
    (key) => bare && onBareKey(key),
  ];
  if (handlers.some((handle) => handle(event))) event.preventDefault();
}
