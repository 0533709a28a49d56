import { parseChord } from '../../ui/chord.ts';

/** Keys that cannot be reached on some layouts without AltGr. */
const ALTGR_CHARACTERS: ReadonlySet<string> = new Set(['[', ']', '{', '}', '\\', '|', '@', '~']);

/** Punctuation that is read by `event.key` and so may be bound. */
const TYPED: ReadonlySet<string> = new Set(['?', '/', '+', '-', ',']);

const NAMED = /^(F([1-9]|1[0-2])|Page(Up|Down)|Arrow(Up|Down|Left|Right)|Home|End|Enter|Escape|Delete|Backspace|Tab|Digit\d)$/;

/** Chords that a system or an input method takes: canonical, with Mod for Ctrl and for Cmd. */
const TAKEN: ReadonlyMap<string, string> = new Map([
  ['Mod+h', 'macOS hides the application'],
  ['Mod+m', 'macOS minimises the window'],
  ['Mod+q', 'macOS quits'],
  ['Mod+Space', 'macOS Spotlight and input methods'],
  ['Ctrl+Space', 'input methods'],
  ['Mod+Shift+u', 'Linux enters a Unicode code'],
  ['Mod+.', 'input methods'],
  ['Mod+;', 'input methods'],
  ['Mod+Shift+Digit3', 'macOS screenshot'],
  ['Mod+Shift+Digit4', 'macOS screenshot'],
  ['Mod+Shift+Digit5', 'macOS screenshot'],
  ['F10', 'opens the menu bar on Windows and Linux'],
  ['F11', 'full screen and macOS desktop'],
  ['F12', 'developer tools'],
]);

/** Why a chord must not be bound on Linux, Windows or macOS; null when it is free. */
export function reservedReason(chord: string): string | null {
  const { mod, ctrl, alt, shift, key } = parseChord(chord);
  if ((mod || ctrl) && alt) return 'Ctrl with Alt is AltGr, rotates screens and switches workspaces';
  if (alt && /^[a-z]$/.test(key)) return 'Alt with a letter opens a menu';
  if (ALTGR_CHARACTERS.has(key)) return 'needs AltGr on some layouts';
  if (!mod && !ctrl && !alt && !shift && /^([a-z]|Digit\d)$/.test(key)) return 'a bare letter or digit draws';
  if (!/^[a-z]$/.test(key) && !NAMED.test(key) && !TYPED.has(key)) return 'not a letter, digit, function or navigation key';
  return TAKEN.get([mod && 'Mod', ctrl && 'Ctrl', shift && 'Shift', key].filter(Boolean).join('+')) ?? null;
}

/** Canonical chords that never reach a page in a browser tab: there the menu and the list do it. */
export const BROWSER_TAKES: ReadonlySet<string> = new Set(['Mod+n', 'Mod+w', 'Mod+Tab', 'Ctrl+Tab', 'Mod+Shift+Tab', 'Ctrl+Shift+Tab', 'Mod+PageUp', 'Mod+PageDown']);
