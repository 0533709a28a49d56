import type { HostApi } from '../../../../shared/ipc/host-api.ts';

/** What file commands need from outside, handed in where the page starts. */
export interface FileServices {
  readonly host: HostApi;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new id that no other document has. */
  readonly newId: () => string;
  /** Writes waiting drafts; resolves when they are stored. */
  readonly flushDrafts: () => Promise<void>;
}

let provided: FileServices | null = null;

/** Hand the services in, before the first file command runs. */
export function provideFileServices(services: FileServices): void {
  provided = services;
}

/** The services. Throws when the page has not started them. */
export function fileServices(): FileServices {
  if (provided === null) throw new Error('File services were used before they were provided.');
  return provided;
}
