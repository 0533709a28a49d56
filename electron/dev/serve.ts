import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAsset } from '../main/assets.ts';

/** The built page on this machine only, with the headers of the desktop window. */
export interface LocalPage {
  readonly url: string;
  close(): Promise<void>;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Serve `root` on `port`, or on any free port when that one is taken (0: any). */
export async function servePage(root: string, port: number): Promise<LocalPage> {
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    // a foreign name that resolves to this machine must not read the page (DNS rebinding)
    const isLocal = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host);
    const pathname = (request.url ?? '/').replace(/[?#].*$/, '');
    void readAsset(root, isLocal ? (request.method ?? '') : 'FOREIGN', pathname).then((asset) => {
      response.writeHead(asset.status, asset.headers);
      response.end(asset.body);
    });
  });
  try {
    await listen(server, port);
  } catch (error) {
    if (port === 0 || !isPortTaken(error)) throw error;
    await listen(server, 0);
  }
  const { port: used } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${used}/`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
