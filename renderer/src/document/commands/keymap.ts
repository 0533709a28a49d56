import { isMac, parseChord } from '../../ui/chord.ts';
import type { Command } from './command.ts';

/** The parts of a KeyboardEvent that decide what it means. */
export interface KeyInput {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly altGraph: boolean;
}

/** Where the focus is when a key comes. */
export interface KeyPlace {
  /** The drawing has the focus, so that bare keys act. */
  readonly canvas: boolean;
  /** A text is being edited. */
  readonly field: boolean;
}

/** Read by `event.key`, wherever the layout puts them; Shift is then part of typing them. */
const TYPED: ReadonlySet<string> = new Set(['?', '/', '+', '-', ',']);

/** Combinations that a text field needs for itself. */
const FIELD_KEYS: ReadonlySet<string> = new Set(['z', 'y', 'a', 'c', 'x', 'v', 'd', 'b', 'i', 'u', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Backspace', 'Delete', 'Enter']);

/** One spelling for a chord on a platform: where Mod is Ctrl, a Ctrl chord and a Mod chord are the same. */
export function canonicalChord(chord: string, mac: boolean = isMac()): string {
  const { mod, ctrl, alt, shift, key } = parseChord(chord);
  const first = mod || (ctrl && !mac);
  return [first && 'Mod', ctrl && mac && 'Ctrl', alt && 'Alt', shift && !TYPED.has(key) && 'Shift', key].filter(Boolean).join('+');
}

function keyNames(input: KeyInput): readonly string[] {
  const { key, code } = input;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  const names: string[] = [];
  if (digit && (code.startsWith('Digit') || /^\d$/.test(key))) names.push(`Digit${digit[1]}`);
  if (/^[a-zA-Z]$/.test(key)) names.push(key.toLowerCase());
  else if (/^Key[A-Z]$/.test(code) && key.length === 1 && key.charCodeAt(0) > 127) names.push(code.slice(3).toLowerCase());
  else if (key === '=' && (input.ctrlKey || input.metaKey)) names.push('+');
  else if (key.length > 1 || TYPED.has(key)) names.push(key);
  return names;
}

/** The canonical chords that a key press can mean; empty for typing, AltGr and dead keys. */
export function chordsOf(input: KeyInput, mac: boolean = isMac()): readonly string[] {
  if (input.altGraph || input.key === 'Dead' || input.key === 'Process' || input.key === 'Unidentified') return [];
  if (!mac && input.metaKey) return [];
  const mod = mac ? input.metaKey : input.ctrlKey;
  const ctrl = mac && input.ctrlKey;
  return keyNames(input).map((key) =>
    [mod && 'Mod', ctrl && 'Ctrl', input.altKey && 'Alt', input.shiftKey && !TYPED.has(key) && 'Shift', key].filter(Boolean).join('+'),
  );
}

/** Whether a chord acts while somebody types: only with Mod and not one that edits text, function keys, and Alt with a digit where that types nothing. */
export function actsInField(chord: string, mac: boolean = isMac()): boolean {
  const { mod, ctrl, alt, key } = parseChord(chord);
  if (/^F\d+$/.test(key)) return true;
  if (alt && !mod) return !mac && key.startsWith('Digit');
  return (mod || ctrl) && !FIELD_KEYS.has(key);
}

/** Find commands by key. */
export interface Keymap {
  /** The command that a key press runs in this place, or null: then the key is left alone. */
  find(input: KeyInput, place: KeyPlace): Command | null;
}

/** Index commands by their chords. Throws when two commands want the same chord: a key has one meaning. */
export function createKeymap(commands: readonly Command[], mac: boolean = isMac()): Keymap {
  const byChord = new Map<string, { readonly command: Command; readonly chord: string }>();
  for (const command of commands) {
    for (const chord of command.shortcuts ?? []) {
      const canonical = canonicalChord(chord, mac);
      const other = byChord.get(canonical);
      if (other) throw new Error(`${canonical} is bound to ${other.command.id} and to ${command.id}`);
      byChord.set(canonical, { command, chord });
    }
  }
  return {
    find: (input, place) => {
      for (const chord of chordsOf(input, mac)) {
        const bound = byChord.get(chord);
        if (!bound || bound.command.role !== undefined) continue;
        if (bound.command.scope === 'canvas' && !place.canvas) continue;
        if (place.field && !actsInField(bound.chord, mac)) continue;
        return bound.command;
      }
      return null;
    },
  };
}
