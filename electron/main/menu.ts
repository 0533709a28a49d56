import type { MenuItemConstructorOptions } from 'electron';
import type { MenuDescription, MenuGroup, MenuItem } from '../../shared/ipc/menu.ts';

type Entry = MenuGroup['items'][number];

function toItem(item: MenuItem, onCommand: (id: string) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'role':
      return { role: item.role, registerAccelerator: false, ...(item.label === undefined ? {} : { label: item.label }) };
    case 'command':
      return {
        id: item.id,
        label: item.label,
        enabled: item.enabled,
        registerAccelerator: false,
        click: () => onCommand(item.id),
        ...(item.accelerator === undefined ? {} : { accelerator: item.accelerator }),
        ...(item.checked === undefined ? {} : { type: 'checkbox', checked: item.checked }),
      };
  }
}

function toEntry(entry: Entry, onCommand: (id: string) => void): MenuItemConstructorOptions {
  if (entry.kind !== 'submenu') return toItem(entry, onCommand);
  return { label: entry.label, submenu: entry.items.map((item) => toItem(item, onCommand)) };
}

/**
 * The page's description as Electron's menu template. No accelerator is registered: the page handles every key and
 * the menu only shows it, otherwise one Ctrl+Z would undo twice.
 */
export function toMenuTemplate(menu: MenuDescription, onCommand: (id: string) => void): MenuItemConstructorOptions[] {
  return menu.menus.map((group) => ({
    label: group.label,
    submenu: group.items.map((entry) => toEntry(entry, onCommand)),
  }));
}
