import { describe, expect, test, vi } from 'vitest';
import { requestSchemas } from '../../../shared/ipc/channels.ts';
import type { Services } from '../services/index.ts';
import type { MainWindow } from '../window.ts';
import { describeHost } from './app.ts';
import { registerHandlers } from './index.ts';
import { safeLink } from './links.ts';

const registered = vi.hoisted((): string[] => []);
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string) => registered.push(channel) },
  protocol: {},
  dialog: {},
  shell: {},
  Menu: {},
  BrowserWindow: class {},
  nativeTheme: {},
}));

describe('handlers', () => {
  test('every channel of the map has exactly one handler, and there is no other', () => {
    registerHandlers({} as Services, {} as MainWindow);
    expect([...registered].sort()).toEqual(Object.keys(requestSchemas).sort());
  });

  test('links: plain https only', () => {
    expect(safeLink('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
    for (const bad of ['http://example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'https://user:pw@example.org', 'mailto:a@b', '', 'x']) {
      expect(safeLink(bad)).toBeNull();
    }
  });

  test('an old runtime is named, a supported one is not', () => {
    expect(describeHost('linux', '25.1.1').warning).toContain('25.1.1');
    expect(describeHost('freebsd', '45.4.1')).toMatchObject({ platform: 'other', savesInPlace: true });
    expect(describeHost('linux', '45.4.1').warning).toBeUndefined();
  });
});
