import { existsSync } from 'node:fs';

/** Chromium of the system, or the one that CHROMIUM_PATH names; undefined leaves the choice to Playwright. */
export function chromiumPath(): string | undefined {
  const system = '/usr/bin/chromium';
  return process.env.CHROMIUM_PATH ?? (existsSync(system) ? system : undefined);
}
