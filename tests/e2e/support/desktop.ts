import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { anyElectron, launchPlan } from '../../../electron/dev/runtime.mjs';
import { openDisplay, type Display } from './display.ts';

/** A running desktop app with a profile of its own. */
export interface Desktop {
  readonly app: ElectronApplication;
  readonly profile: string;
  /**
   * The display it has to itself; null where none can be made. On one that it shared with a second window, that one's
   * coming and going would take away pointer and focus in the middle of a drag.
   */
  readonly display: Display | null;
  close(): Promise<void>;
}

/** Settings of one start. A `profile` that is given is used as it is and kept. */
export interface DesktopOptions {
  readonly files?: readonly string[];
  readonly profile?: string;
}

const LAUNCH_ATTEMPTS = 3;

/**
 * About one launch in twenty-five of Electron 25 hangs while Playwright connects, before the app is ready: it is then
 * started again, in the same profile. A launch that works takes under 3 s.
 */
async function launch(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await _electron.launch({ ...options, timeout: 9_000 });
    } catch (error) {
      if (attempt === LAUNCH_ATTEMPTS) throw error;
    }
  }
}

/** Start the built app on a real Electron. Always with `executablePath`: without it the download would be tried. */
export async function startDesktop({ files = [], profile }: DesktopOptions = {}): Promise<Desktop> {
  const electron = await anyElectron();
  if (electron === null) throw new Error('No Electron can be had here: only linux-x64 has a development runtime.');
  const folder = profile ?? (await mkdtemp(path.join(tmpdir(), 'plumbline-e2e-')));
  const { args, env } = launchPlan(electron.isDevelopment);
  const display = await openDisplay();
  const ownDisplay = display === null ? {} : { DISPLAY: display.name };
  const app = await launch({
    executablePath: electron.binary,
    args: [...args, '--disable-gpu', `--user-data-dir=${folder}`, ...files],
    env: Object.fromEntries(Object.entries({ ...env, ...ownDisplay }).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  }).catch(async (error: unknown) => {
    await display?.close();
    throw error;
  });
  return {
    app,
    profile: folder,
    display,
    close: async () => {
      await stop(app);
      await display?.close();
      if (profile === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Unsaved work would hold the window open, and no test is about to answer: end the process instead of asking. */
async function stop(app: ElectronApplication): Promise<void> {
  // asked for first: afterwards the connection may be gone, and the process with it
  const child = app.process();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.exitCode !== null) return;
  await app.evaluate(({ app: electronApp }) => electronApp.exit(0)).catch(() => undefined);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  if (child.exitCode === null) child.kill('SIGKILL');
}
