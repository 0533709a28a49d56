import type { HostInfo, HostPlatform } from '../../../shared/ipc/host-api.ts';
import type { Services } from '../services/index.ts';
import type { MainWindow } from '../window.ts';
import type { Handle } from './handle.ts';

const OLDEST_SUPPORTED_ELECTRON = 43;
const platforms: readonly string[] = ['linux', 'darwin', 'win32'] satisfies HostPlatform[];

function isKnownPlatform(platform: string): platform is HostPlatform {
  return platforms.includes(platform);
}

/** What the page is told about the window it runs in. `electron` is the runtime's version, e.g. "45.4.1". */
export function describeHost(platform: string, electron: string): HostInfo {
  const supported = Number.parseInt(electron, 10) >= OLDEST_SUPPORTED_ELECTRON;
  return {
    skin: 'desktop',
    platform: isKnownPlatform(platform) ? platform : 'other',
    version: __APP_VERSION__,
    storage: 'Documents are files that you save. Drafts are kept on this computer.',
    savesInPlace: true,
    ...(supported ? {} : { warning: `Development window: Electron ${electron} is an unsupported 2023 Chromium.` }),
  };
}

/** `app:*`: facts about the host, and the page's word that it listens. */
export function registerAppHandlers(handle: Handle, services: Services, window: MainWindow): void {
  handle('app:info', () => describeHost(process.platform, process.versions.electron ?? '0'));
  handle('app:ready', () => {
    services.inbox.deliverTo((file) => {
      services.files.allowReading([file]);
      void services.files.read(file).then(async (result) => {
        if (result.ok) await services.recents.add(file);
        window.send('files:opened', result);
      });
    });
  });
}
