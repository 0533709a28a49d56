import { BRIDGE_KEY, type HostBridge } from '../../../shared/ipc/bridge.ts';
import type { HostApi } from '../../../shared/ipc/host-api.ts';
import { createBrowserHost } from './browser-host.ts';
import { createElectronHost } from './electron-host.ts';

/** The host this page runs in: the desktop window when the preload bridge is there, else the browser. */
export async function createHost(scope: object = globalThis): Promise<HostApi> {
  const bridge: unknown = Reflect.get(scope, BRIDGE_KEY);
  if (typeof bridge !== 'object' || bridge === null) return createBrowserHost();
  return createElectronHost(bridge as HostBridge);
}
