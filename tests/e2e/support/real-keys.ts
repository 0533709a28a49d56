import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A display of its own, on which nothing but the window under test can take the keyboard. */
export interface Display {
  /** Value for the environment variable DISPLAY. */
  readonly name: string;
  /** Give the keyboard to the window whose title has this in it. */
  focus(title: string): Promise<void>;
  /** Press and let go real keys, in the words of xdotool: "ctrl+z". */
  press(...keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Start a virtual display (Xvfb chooses a free number and writes it to its third stream). */
export async function openDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const name = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.once('data', (data: Buffer) => resolve(`:${data.toString('utf8').trim()}`));
  });
  const xdotool = async (...words: readonly string[]): Promise<string> => (await run('xdotool', [...words], { env: { ...process.env, DISPLAY: name } })).stdout;
  return {
    name,
    focus: async (title) => {
      const found = await xdotool('search', '--sync', '--onlyvisible', '--name', title);
      const window = found.trim().split('\n').at(-1);
      if (!window) throw new Error(`No window is called ${title}`);
      await xdotool('windowfocus', '--sync', window);
    },
    press: async (...keys) => void (await xdotool('key', '--clearmodifiers', '--delay', '60', ...keys)),
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

/** Do something while processes that are started get this display. */
export async function onDisplay<T>(display: Display, act: () => Promise<T>): Promise<T> {
  const before = process.env.DISPLAY;
  process.env.DISPLAY = display.name;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env.DISPLAY;
    else process.env.DISPLAY = before;
  }
}
