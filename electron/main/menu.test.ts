import { describe, expect, test, vi } from 'vitest';
import { menuDescriptionSchema, type MenuDescription } from '../../shared/ipc/menu.ts';
import { toMenuTemplate } from './menu.ts';
import { firstFileArgument } from './open-argument.ts';

const description: MenuDescription = {
  menus: [
    {
      label: 'Edit',
      items: [
        { kind: 'command', id: 'edit.undo', label: 'Undo', accelerator: 'CmdOrCtrl+Z', enabled: false },
        { kind: 'separator' },
        { kind: 'role', role: 'copy' },
        { kind: 'submenu', label: 'Theme', items: [{ kind: 'command', id: 'theme.dark', label: 'Dark', enabled: true, checked: true }] },
      ],
    },
  ],
};

describe('menu', () => {
  test('shows accelerators and registers none', () => {
    const onCommand = vi.fn();
    const [edit] = toMenuTemplate(menuDescriptionSchema.parse(description), onCommand);
    const items = edit?.submenu as Electron.MenuItemConstructorOptions[];
    expect(items.map((item) => item.registerAccelerator ?? false)).toEqual([false, false, false, false]);
    expect(items[0]).toMatchObject({ label: 'Undo', accelerator: 'CmdOrCtrl+Z', enabled: false });
    expect(items[2]).toMatchObject({ role: 'copy' });
    const theme = (items[3]?.submenu as Electron.MenuItemConstructorOptions[])[0];
    expect(theme).toMatchObject({ type: 'checkbox', checked: true });
    theme?.click?.({} as never, undefined, {} as never);
    expect(onCommand).toHaveBeenCalledExactlyOnceWith('theme.dark');
  });

  test('a role that is not an editing role is refused', () => {
    const forged = { menus: [{ label: 'X', items: [{ kind: 'role', role: 'toggleDevTools' }] }] };
    expect(menuDescriptionSchema.safeParse(forged).success).toBe(false);
  });
});

describe('file argument', () => {
  test('is the first argument that is a file, whatever stands before it', () => {
    const isFile = (file: string): boolean => file === '/w/design.plumb' || file === '/electron';
    const argv = ['/electron', '--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '/app', '--', 'design.plumb', 'other.plumb'];
    expect(firstFileArgument(argv, '/w', isFile)).toBe('/w/design.plumb');
    expect(firstFileArgument(['/electron', '.'], '/w', isFile)).toBeNull();
  });
});
