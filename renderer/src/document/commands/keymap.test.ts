import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { menuDescriptionSchema } from '../../../../shared/ipc/menu.ts';
import { parseChord } from '../../ui/chord.ts';
import { commandLabel, commands, disabledReason } from './index.ts';
import { actsInField, canonicalChord, createKeymap, type KeyInput } from './keymap.ts';
import { menuDescription } from './menu.ts';
import { reservedReason } from './reserved.ts';

const CANVAS = { canvas: true, field: false };
const FIELD = { canvas: false, field: true };
const PANEL = { canvas: false, field: false };

function press(key: string, code: string, modifiers: Partial<KeyInput> = {}): KeyInput {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, altGraph: false, ...modifiers };
}

const chords = commands.flatMap((command) => (command.shortcuts ?? []).map((chord) => ({ command, chord })));

describe('registry', () => {
  beforeAll(() => vi.stubGlobal('matchMedia', () => ({ matches: false })));
  afterAll(() => vi.unstubAllGlobals());

  it('has unique ids, words for every command and a menu item for each', () => {
    expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
    for (const command of commands) expect(commandLabel(command)).toMatch(/^[A-Z][^.!]+$/);
    const menu = menuDescription(commands, { label: commandLabel, disabledReason });
    expect(menuDescriptionSchema.safeParse(menu).success).toBe(true);
    const listed = menu.menus.flatMap((group) => group.items).flatMap((item) => (item.kind === 'command' ? [item.id] : item.kind === 'role' && ['cut', 'copy', 'paste'].includes(item.role) ? [`edit.${item.role}`] : []));
    expect([...listed].sort()).toEqual(commands.map((command) => command.id).sort());
  });

  it.each([true, false])('binds no chord twice (macOS: %s)', (mac) => {
    expect(() => createKeymap(commands, mac)).not.toThrow();
  });

  it('binds nothing that a system, a layout or an input method takes', () => {
    const taken = chords.flatMap(({ command, chord }) => (reservedReason(chord) === null ? [] : [`${command.id}: ${chord}`]));
    expect(taken).toEqual([]);
  });

  it('binds bare keys only on the canvas', () => {
    const bare = chords.filter(({ chord }) => {
      const { mod, ctrl, alt, key } = parseChord(chord);
      return !mod && !ctrl && !alt && !/^F\d+$/.test(key);
    });
    expect(bare.filter(({ command }) => command.scope !== 'canvas').map(({ command }) => command.id)).toEqual([]);
  });

  it('refuses two commands with one chord, also when Ctrl and Mod are the same key', () => {
    const make = (id: string, shortcut: string) => ({ id, label: id, menu: 'help' as const, shortcuts: [shortcut], perform: () => undefined });
    expect(() => createKeymap([make('a', 'Mod+K'), make('b', 'Ctrl+K')], false)).toThrow(/a and to b/);
    expect(() => createKeymap([make('a', 'Mod+K'), make('b', 'Ctrl+K')], true)).not.toThrow();
  });
});

describe('reserved chords', () => {
  it.each(['Mod+Alt+A', 'Alt+F', 'Mod+H', 'Mod+Q', 'Mod+Shift+4', 'Mod+[', 'Mod+Shift+U', 'F11', 'A', 'Digit1', 'Mod+;'])('%s is refused', (chord) => {
    expect(reservedReason(chord.replace(/(\d)$/, (digit) => (chord.startsWith('F') || chord.startsWith('Digit') ? digit : `Digit${digit}`)))).not.toBeNull();
  });

  it.each(['Mod+Z', 'Alt+Digit2', 'Shift+Digit1', '?', 'Mod+,', 'Shift+F6', 'PageUp'])('%s is free', (chord) => {
    expect(reservedReason(chord)).toBeNull();
  });
});

describe('keymap', () => {
  const linux = createKeymap(commands, false);
  const mac = createKeymap(commands, true);
  const id = (map: typeof linux, input: KeyInput, place = CANVAS): string | null => map.find(input, place)?.id ?? null;

  it('resolves Mod by platform', () => {
    expect(id(linux, press('z', 'KeyZ', { ctrlKey: true }))).toBe('edit.undo');
    expect(id(mac, press('z', 'KeyZ', { metaKey: true }))).toBe('edit.undo');
    expect(id(mac, press('z', 'KeyZ', { ctrlKey: true }))).toBeNull();
    expect(id(linux, press('z', 'KeyZ', { metaKey: true }))).toBeNull();
    expect(id(linux, press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }))).toBe('edit.redo');
  });

  it('goes by letter on Latin layouts and by place on others', () => {
    expect(id(linux, press('z', 'KeyY', { ctrlKey: true }))).toBe('edit.undo');
    expect(id(linux, press('я', 'KeyZ', { ctrlKey: true }))).toBe('edit.undo');
  });

  it('reads typed punctuation wherever the layout puts it and digits by their place', () => {
    expect(id(linux, press('?', 'Minus', { shiftKey: true }))).toBe('help.shortcuts');
    expect(id(linux, press('=', 'Equal', { ctrlKey: true }))).toBe('view.zoom-in');
    expect(id(linux, press('+', 'NumpadAdd', { ctrlKey: true }))).toBe('view.zoom-in');
    expect(id(linux, press('!', 'Digit1', { shiftKey: true }))).toBe('view.fit');
    expect(id(linux, press('é', 'Digit2', { altKey: true }))).toBe('view.evaluate');
  });

  it('leaves letters, AltGr and dead keys alone', () => {
    expect(id(linux, press('a', 'KeyA'))).toBeNull();
    expect(id(linux, press('1', 'Digit1'))).toBeNull();
    expect(id(linux, press('z', 'KeyZ', { ctrlKey: true, altGraph: true }))).toBeNull();
    expect(id(linux, press('Dead', 'KeyZ', { ctrlKey: true }))).toBeNull();
  });

  it('keeps bare keys to the canvas and text keys to the field', () => {
    expect(id(linux, press('Delete', 'Delete'))).toBe('edit.delete');
    expect(id(linux, press('Delete', 'Delete'), PANEL)).toBeNull();
    expect(id(linux, press('z', 'KeyZ', { ctrlKey: true }), FIELD)).toBeNull();
    expect(id(linux, press('z', 'KeyZ', { ctrlKey: true }), PANEL)).toBe('edit.undo');
    expect(id(linux, press('k', 'KeyK', { ctrlKey: true }), FIELD)).toBe('help.commands');
    expect(id(linux, press('F6', 'F6'), FIELD)).toBe('view.next-region');
    expect(actsInField('Alt+Digit1', true)).toBe(false);
    expect(canonicalChord('Shift+?', false)).toBe('?');
  });
});
