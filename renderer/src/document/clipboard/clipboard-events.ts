import { formatChord } from '../../ui/chord.ts';
import { useSession } from '../session.ts';
import { copySelection, cutSelection, paste, type Clipping, type Copied } from './actions.ts';
import { FRAGMENT_TYPE } from './fragment.ts';

/**
 * What was copied last in this window, as long as nothing else can have replaced it on the clipboard: a page may not
 * read the clipboard without the key, so that the list of commands pastes this.
 */
let last: Copied | null = null;

/** True while a command asks for a clipboard event: it means the drawing, wherever the focus is. */
let asked = false;

/** Whether the event that a command asked for came; a page that may not reach the clipboard gets none. */
let answered = false;

/** Whether a command, not a key, caused the clipboard event that is being handled. */
export function isAsked(): boolean {
  return asked;
}

/** The clipboard may hold something else now: another window was used, or a text was copied. */
export function forgetCopied(): void {
  last = null;
}

/** Put what is selected on the clipboard of an event; cut removes it too. False when there was nothing to put. */
export function putOnClipboard(data: DataTransfer, cut: boolean): boolean {
  answered = true;
  const copied = cut ? cutSelection() : copySelection();
  if (copied === null) return false;
  data.setData(FRAGMENT_TYPE, copied.fragment);
  data.setData('text/plain', copied.text);
  last = copied;
  return true;
}

/** What the clipboard of an event holds for a drawing. */
export function clippingOf(data: DataTransfer): Clipping {
  answered = true;
  return { fragment: data.getData(FRAGMENT_TYPE), text: data.getData('text/plain') };
}

/** Cause the clipboard event that the key causes. False when the page may not. */
function cause(role: 'copy' | 'cut' | 'paste'): boolean {
  [asked, answered] = [true, false];
  try {
    document.execCommand(role);
    return answered;
  } finally {
    asked = false;
  }
}

/** Copy or cut what is selected, from a list or a button. */
export function copyByCommand(cut: boolean): void {
  if (!cause(cut ? 'cut' : 'copy')) useSession.getState().notify(`The clipboard cannot be reached from here. Press ${formatChord(cut ? 'Mod+X' : 'Mod+C')} on the canvas.`);
}

/** Paste, from a list or a button. */
export function pasteByCommand(): void {
  if (cause('paste')) return;
  if (last === null) useSession.getState().notify(`The clipboard can be read only from the keyboard here. Press ${formatChord('Mod+V')} on the canvas.`);
  else paste(last);
}
