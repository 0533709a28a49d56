/**
 * The programs that real-window tests need. As root on Debian or Ubuntu what is missing is installed, after one line
 * that says so; elsewhere the one command that does is printed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const packages = ['chromium', 'xvfb', 'xauth', 'xdotool', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'fonts-liberation'];

function isDebianLike() {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** dpkg knows renamed libraries (libasound2t64) by what they provide. */
function isInstalled(name) {
  const query = (pattern) => spawnSync('dpkg-query', ['-W', '-f=${db:Status-Abbrev} ${Package} ${Provides}\n', pattern], { encoding: 'utf8' }).stdout;
  return [name, `${name}t64`].some((candidate) => query(candidate).split('\n').some((line) => line.startsWith('ii ')));
}

/** Ubuntu's chromium is an empty package that asks for snap; a browser that is named by hand counts. */
function missingPackages() {
  return packages.filter((name) => !(name === 'chromium' && process.env.CHROMIUM_PATH) && !isInstalled(name));
}

function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  const arguments_ = ['install', '-y', '-q', '--no-install-recommends', ...missing];
  if (spawnSync('apt-get', arguments_, { env, stdio: 'ignore' }).status === 0) return;
  execFileSync('apt-get', ['update', '-q'], quiet);
  execFileSync('apt-get', arguments_, quiet);
}

/** Make sure that the packages are there; returns a sentence saying what is missing, or null. */
export function ensureSystemPackages() {
  if (process.platform !== 'linux') return null;
  if (!isDebianLike()) {
    const found = ['Xvfb', 'xvfb-run'].every((name) => spawnSync('which', [name]).status === 0);
    return found || process.env.DISPLAY ? null : `Install what your distribution calls: ${packages.join(' ')}`;
  }
  const missing = missingPackages();
  if (missing.length === 0) return null;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) return `Missing for the window tests: sudo ${command}`;
  console.log(`Installing what the window tests need: ${command}`);
  try {
    install(missing);
    return null;
  } catch (error) {
    return `apt-get did not finish (${error.message.split('\n')[0]}). Run: ${command}`;
  }
}
