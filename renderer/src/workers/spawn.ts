import engineUrl from './engine.worker.ts?worker&url';
import importUrl from './import.worker.ts?worker&url';
import layoutUrl from './layout.worker.ts?worker&url';
import simulationUrl from './simulation.worker.ts?worker&url';

/** Addresses of the bundled workers, the only scripts that the policy lets through. */
const WORKERS = { engine: engineUrl, import: importUrl, layout: layoutUrl, simulation: simulationUrl } as const;

/** A worker that `spawnWorker` can start. */
export type WorkerName = keyof typeof WORKERS;

interface TypePolicy {
  createScriptURL(address: string): string;
}
interface TypeFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): TypePolicy;
}

function absolute(address: string): string {
  return new URL(address, document.baseURI).href;
}

/** Return the address unchanged when it is one of this origin's bundled workers, else throw. */
function onlyBundled(address: string): string {
  const url = new URL(address, document.baseURI);
  const own = url.protocol === location.protocol && url.host === location.host;
  if (own && Object.values(WORKERS).some((known) => absolute(known) === url.href)) return url.href;
  throw new TypeError(`Not a bundled worker: ${url.href}`);
}

function createPolicy(): TypePolicy {
  const rules = { createScriptURL: onlyBundled };
  const factory = (globalThis as { readonly trustedTypes?: TypeFactory }).trustedTypes;
  return factory?.createPolicy('plumbline', rules) ?? rules;
}

let policy: TypePolicy | null = null;

/**
 * Start one of the bundled workers. The only `new Worker` and the only Trusted Types policy of the page: the content
 * security policy names it, and a page without Trusted Types gets the same check.
 */
export function spawnWorker(name: WorkerName): Worker {
  policy ??= createPolicy();
  return new Worker(policy.createScriptURL(absolute(WORKERS[name])), { type: 'module', name });
}
