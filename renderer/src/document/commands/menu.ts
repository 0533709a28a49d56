import type { MenuDescription, MenuGroup, MenuItem } from '../../../../shared/ipc/menu.ts';
import { isMac, parseChord } from '../../ui/chord.ts';
import { shownShortcuts, type Command, type CommandMenu } from './command.ts';

/** The menus in their order, with their titles. */
export const MENU_TITLES: readonly (readonly [CommandMenu, string])[] = [
  ['file', 'File'],
  ['edit', 'Edit'],
  ['view', 'View'],
  ['insert', 'Insert'],
  ['arrange', 'Arrange'],
  ['evaluate', 'Evaluate'],
  ['help', 'Help'],
];

/** Commands that begin a new block of their menu. */
const BLOCK_STARTS: ReadonlySet<string> = new Set(['file.settings', 'edit.cut', 'edit.duplicate', 'edit.select-all', 'view.inspector', 'view.edge-labels', 'view.zoom-in', 'view.next-region', 'view.theme', 'insert.note', 'arrange.align-left', 'arrange.distribute-across', 'arrange.group', 'evaluate.next-break', 'evaluate.reset-load', 'evaluate.simulate', 'help.about']);

const ELECTRON_KEYS: Readonly<Record<string, string>> = { ArrowLeft: 'Left', ArrowRight: 'Right', ArrowUp: 'Up', ArrowDown: 'Down', '+': 'Plus' };

/** A chord in the words of a native menu: "CmdOrCtrl+Shift+Z". Only shown there; the page handles the key. */
export function acceleratorOf(chord: string): string {
  const { mod, ctrl, alt, shift, key } = parseChord(chord);
  const name = ELECTRON_KEYS[key] ?? key.replace(/^Digit/, '');
  return [mod && 'CmdOrCtrl', ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', name.length === 1 ? name.toUpperCase() : name].filter(Boolean).join('+');
}

/** How menus read a command; the registry passes its own functions so that this stays pure. */
export interface CommandView {
  readonly label: (command: Command) => string;
  readonly disabledReason: (command: Command) => string | null;
}

function menuItem(command: Command, view: CommandView): MenuItem {
  // the system's own role causes the clipboard event in the page, for a text as for the drawing
  if (command.role !== undefined) return { kind: 'role', role: command.role };
  const [chord] = shownShortcuts(command);
  return {
    kind: 'command',
    id: command.id,
    label: view.label(command).slice(0, 80),
    ...(chord === undefined ? {} : { accelerator: acceleratorOf(chord) }),
    enabled: view.disabledReason(command) === null,
  };
}

function menuItems(menu: CommandMenu, commands: readonly Command[], view: CommandView): MenuItem[] {
  const items: MenuItem[] = [];
  for (const command of commands.filter((each) => each.menu === menu)) {
    if (BLOCK_STARTS.has(command.id) && items.length > 0) items.push({ kind: 'separator' });
    items.push(menuItem(command, view));
  }
  return items;
}

/** The window's menu bar as data. macOS puts quitting and the like into a first menu of its own, which the host adds. */
export function menuDescription(commands: readonly Command[], view: CommandView, mac: boolean = isMac()): MenuDescription {
  const menus: MenuGroup[] = [];
  for (const [menu, label] of MENU_TITLES) {
    const items = menuItems(menu, commands, view);
    if (menu === 'file' && !mac) items.push(...(items.length > 0 ? [{ kind: 'separator' } as const] : []), { kind: 'role', role: 'quit' });
    if (menu === 'view') items.push({ kind: 'separator' }, { kind: 'role', role: 'togglefullscreen' });
    if (items.length > 0) menus.push({ label, items });
  }
  return { menus };
}
