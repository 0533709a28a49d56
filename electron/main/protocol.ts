import { protocol, type Session } from 'electron';
import { readAsset } from './assets.ts';

/** The page's own address. Compare `protocol` and `host`, never `origin`: it is 'null' for custom schemes in Node. */
export const PAGE = { protocol: 'app:', host: 'plumbline', url: 'app://plumbline/' } as const;

const allowedProtocols = new Set([PAGE.protocol, 'blob:', 'data:', 'devtools:']);

/** Whether an address belongs to the page. A string that is not an address does not. */
export function isPageUrl(url: string): boolean {
  try {
    const parsed = new URL(url);
    return parsed.protocol === PAGE.protocol && parsed.host === PAGE.host;
  } catch {
    return false;
  }
}

/** Must run before the app is ready. Without `standard` the page would have no IndexedDB. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serve the built page from `root` under `app://plumbline/` and cut every other way to the network. */
export function servePage(session: Session, root: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (url.host !== PAGE.host) return new Response(null, { status: 404 });
    const asset = await readAsset(root, request.method, url.pathname);
    return new Response(asset.body, { status: asset.status, headers: { ...asset.headers } });
  });
  session.webRequest.onBeforeRequest((details, callback) => {
    let known = false;
    try {
      known = allowedProtocols.has(new URL(details.url).protocol);
    } catch {
      known = false;
    }
    callback({ cancel: !known });
  });
}
