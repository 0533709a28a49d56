import ELK from 'elkjs/lib/elk-api.js';
import elkUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Elk } from '../../../shared/interchange/layout/elk-layouter.ts';

/** The kernel as the file hands it out: it answers messages in the thread that loaded it. */
interface ElkThread {
  postMessage(message: unknown): void;
  terminate(): void;
}

/** What the file looks for: a CommonJS module to fill, else the message handler of the thread, which is not its to take. */
interface ModuleScope {
  module?: { exports: { Worker?: new () => ElkThread } };
  exports?: object;
  onmessage?: unknown;
}

async function loadThread(): Promise<new () => ElkThread> {
  const scope = globalThis as unknown as ModuleScope;
  const { onmessage } = scope;
  const module: NonNullable<ModuleScope['module']> = { exports: {} };
  Object.assign(scope, { module, exports: module.exports });
  try {
    await import(/* @vite-ignore */ elkUrl);
  } finally {
    delete scope.module;
    delete scope.exports;
    scope.onmessage = onmessage;
  }
  if (!module.exports.Worker) throw new Error('the layout kernel did not load');
  return module.exports.Worker;
}

let loaded: Promise<Elk> | null = null;

/**
 * The Eclipse Layout Kernel, from its own unmodified file beside the page's scripts (EPL-2.0). Only inside a worker: it
 * computes in the thread that calls it.
 */
export function loadElk(): Promise<Elk> {
  loaded ??= loadThread().then((Thread) => new ELK({ workerFactory: () => new Thread() as unknown as Worker }) as unknown as Elk);
  return loaded;
}
