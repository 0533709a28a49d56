/** A key chord such as `Mod+Shift+Z`, taken apart. `key` is a `KeyboardEvent.key` (letters lower case) or `Digit1`-style code. */
export interface Chord {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  readonly key: string;
}

const MODIFIERS: ReadonlySet<string> = new Set(['Mod', 'Shift', 'Alt', 'Ctrl']);

/** Parse a chord as commands declare it: modifiers in any order, the key last. A plus sign as key is written `Plus`. */
export function parseChord(chord: string): Chord {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  if (key === '' || modifiers.some((part) => !MODIFIERS.has(part))) throw new Error(`Not a chord: ${chord}`);
  return {
    mod: modifiers.includes('Mod'),
    shift: modifiers.includes('Shift'),
    alt: modifiers.includes('Alt'),
    ctrl: modifiers.includes('Ctrl'),
    key: key === 'Plus' ? '+' : /^[A-Z]$/.test(key) ? key.toLowerCase() : key,
  };
}

/** Whether the page runs on macOS, where Mod is Cmd. */
export function isMac(platform: string = typeof navigator === 'undefined' ? '' : navigator.platform): boolean {
  return platform.startsWith('Mac');
}

/** Names of keys that are not their own label. */
const KEY_WORDS: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Escape: 'Esc',
};

/** The key caps of a chord in the order of the platform, as words. */
export function chordCaps(chord: string, mac: boolean = isMac()): readonly string[] {
  const { mod, shift, alt, ctrl, key } = parseChord(chord);
  const word = KEY_WORDS[key] ?? /^Digit(\d)$/.exec(key)?.[1] ?? (key.length === 1 ? key.toUpperCase() : key);
  const caps = mac
    ? [ctrl && 'Ctrl', alt && 'Option', shift && 'Shift', mod && 'Cmd', word]
    : [(mod || ctrl) && 'Ctrl', alt && 'Alt', shift && 'Shift', word];
  return caps.filter((cap) => typeof cap === 'string');
}

/** A chord in words, for tooltips and descriptions: "Ctrl Shift Z". */
export function formatChord(chord: string, mac: boolean = isMac()): string {
  return chordCaps(chord, mac).join(' ');
}
