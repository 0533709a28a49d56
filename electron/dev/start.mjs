/**
 * Builds what is stale and opens Plumbline: a desktop window where Electron and a display can be had, else the same
 * page on localhost. Usage: node electron/dev/start.mjs [--dev-runtime] [--browser] [FILE]
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStale } from './build.mjs';
import { developmentElectron, launchPlan, officialElectron, sandboxObstacle } from './runtime.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const callerFolder = process.env.INIT_CWD ?? process.cwd();
const port = 4173;
const words = process.argv.slice(2);
const ownSwitches = new Set(['--dev-runtime', '--browser']);
const files = words.filter((word) => !ownSwitches.has(word)).map((word) => (word.startsWith('-') ? word : path.resolve(callerFolder, word)));

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

async function openInBrowser(reason) {
  const { servePage } = await import('../../out/dev/serve.mjs');
  const page = await servePage(path.join(root, 'out', 'renderer'), port);
  console.log(`${reason} Plumbline is at ${page.url} in your browser (Ctrl+C stops it).`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
}

function openWindow(binary, isDevelopment) {
  const { args, env } = launchPlan(isDevelopment);
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(binary, [...args, ...files], { stdio: 'inherit', env, cwd: root });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  child.once('error', (error) => void openInBrowser(`Electron did not start (${error.message}).`));
  child.once('exit', (code) => process.exit(code ?? 1));
}

async function findElectron() {
  if (words.includes('--dev-runtime')) {
    const binary = await developmentElectron();
    if (binary === null) console.log('The development runtime exists for 64-bit Linux only.');
    else console.log('This window runs on Electron 25.1.1, an unsupported 2023 Chromium, for development only.');
    return binary === null ? null : { binary, isDevelopment: true };
  }
  const binary = officialElectron();
  return binary === null ? null : { binary, isDevelopment: false };
}

async function start() {
  process.chdir(root);
  process.env.NODE_ENV = 'production';
  const built = await buildStale();
  if (built.length > 0) console.log(`Built ${built.join(', ')}.`);
  if (words.includes('--browser')) return openInBrowser('As asked:');
  if (!hasDisplay()) return openInBrowser('There is no display here:');
  const obstacle = sandboxObstacle();
  if (obstacle !== null) return openInBrowser(`The kernel forbids Chromium's sandbox ("${obstacle}" allows it):`);
  const electron = await findElectron();
  if (electron === null) return openInBrowser('Electron could not be downloaded here:');
  return openWindow(electron.binary, electron.isDevelopment);
}

await start();
