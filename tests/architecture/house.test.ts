import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listSources, repositoryRoot } from './source-files.ts';

const folders = ['shared', 'catalog', 'electron', 'renderer', 'tests'];
const sources = listSources(folders, /\.(ts|tsx|mjs)$/);
const production = sources.filter((file) => !file.path.startsWith('tests/') && !/\.(test|d)\.tsx?$/.test(file.path));

const lines = (text: string): number => text.split('\n').length - 1;

const topLevel = new Set([
  ...folders,
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'electron-builder.yml'],
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE'],
  ...['.ci', '.github', '.gitignore', '.gitattributes', '.editorconfig', '.npmrc', '.prettierrc', '.prettierignore'],
]);

describe('house rules', () => {
  test('the top level holds what the architecture names', () => {
    const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: repositoryRoot, encoding: 'utf8' });
    const names = new Set(tracked.split('\n').filter(Boolean).map((file) => file.split('/')[0] ?? file));
    expect([...names].filter((name) => !topLevel.has(name))).toEqual([]);
  });

  test('no file is longer than 400 lines, and the median is under 100', () => {
    expect(sources.filter((file) => lines(file.text) > 400).map((file) => `${file.path}: ${lines(file.text)}`)).toEqual([]);
    const sizes = production.map((file) => lines(file.text)).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(100);
  });

  test('nothing reads the folder beside the repository', () => {
    const outside = sources.flatMap((file) =>
      [...file.text.matchAll(/(?:from|import|import\(|URL\(|readFile\w*\(|join\([^)\n]*?)\s*['"`]((?:\.\.\/)+)[^'"`\n]*['"`]/g)]
        .filter((match) => path.posix.normalize(`${path.posix.dirname(file.path)}/${match[1]}`).startsWith('..'))
        .map((match) => `${file.path}: ${match[0]}`),
    );
    expect(outside).toEqual([]);
  });

  test('file names are kebab-case, React components PascalCase', () => {
    const odd = sources
      .map((file) => file.path)
      .filter((file) => {
        const name = path.posix.basename(file);
        return !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.(ts|mts|mjs)$/.test(name) && !/^([A-Z][A-Za-z0-9]*|[a-z0-9-]+)(\.test)?\.tsx$/.test(name);
      });
    expect(odd).toEqual([]);
  });

  test('nothing is silenced, skipped or left for later', () => {
    const marks = new RegExp(['@ts-' + 'ignore', '@ts-' + 'expect-error', 'eslint-' + 'disable', '\\bTO' + 'DO\\b', '\\bFIX' + 'ME\\b', '\\b(test|it|describe)\\.(skip|only|todo|fixme)\\('].join('|'));
    expect(sources.filter((file) => marks.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});
