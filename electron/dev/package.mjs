/**
 * Builds everything and packages an unpacked directory into dist/. Where the official Electron cannot be had it is
 * packaged onto the development runtime: a test artefact, never a release. Usage: node electron/dev/package.mjs
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildStale } from './build.mjs';
import { copyRuntimeWithoutApp, developmentElectron, devRuntime, officialElectron } from './runtime.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** electron-builder.yml as it is, or without what the development runtime is too old for. */
function writeConfig(folder, isDevelopment) {
  const config = parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8'));
  config.electronDist = folder;
  if (isDevelopment) {
    config.electronVersion = devRuntime.electron;
    // its fuse wire ends before this one, which came with Electron 29
    delete config.electronFuses.grantFileProtocolExtraPrivileges;
  }
  const file = path.join(root, 'node_modules', '.cache', 'electron-builder.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** The Electron to package onto: its folder, and whether it is the development runtime; null where there is none. */
async function findDistribution() {
  if (officialElectron() !== null) return { folder: path.join(root, 'node_modules', 'electron', 'dist'), isDevelopment: false };
  if ((await developmentElectron()) === null) return null;
  console.log(`Packaging onto the development runtime (Electron ${devRuntime.electron}): a test artefact, not a release.`);
  return { folder: copyRuntimeWithoutApp(), isDevelopment: true };
}

process.chdir(root);
process.env.NODE_ENV = 'production';
await buildStale();
const distribution = await findDistribution();
if (distribution === null) {
  console.error('Electron could not be downloaded, and the development runtime exists for 64-bit Linux only.');
  process.exit(1);
}
const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
const config = writeConfig(distribution.folder, distribution.isDevelopment);
const { status } = spawnSync(process.execPath, [builder, '--dir', '--publish', 'never', '--config', config], { stdio: 'inherit' });
if (distribution.isDevelopment) rmSync(distribution.folder, { recursive: true, force: true });
process.exitCode = status ?? 1;
