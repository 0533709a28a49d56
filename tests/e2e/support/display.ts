import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A display of its own, on which no other window can take the keyboard or come under the pointer. */
export interface Display {
  /** Value for the environment variable DISPLAY. */
  readonly name: string;
  /** Give the keyboard to the window whose title has this in it. */
  focus(title: string): Promise<void>;
  /** Press and let go real keys, in the words of xdotool: "ctrl+z". */
  press(...keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Xvfb chooses a free number and writes it to its third stream. Null where there is no Xvfb. */
async function startServer(): Promise<{ readonly server: ChildProcess; readonly name: string } | null> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string | null>((resolve) => {
    server.once('error', () => resolve(null));
    server.once('exit', () => resolve(null));
    server.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString('utf8').trim()));
  });
  return number === null ? null : { server, name: `:${number}` };
}

/** Open a virtual display. Null off Linux and where Xvfb is not installed: the one of the desk is used then. */
export async function openDisplay(): Promise<Display | null> {
  const started = process.platform === 'linux' ? await startServer() : null;
  if (started === null) return null;
  const { server, name } = started;
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
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      if (server.kill()) await ended;
    },
  };
}
