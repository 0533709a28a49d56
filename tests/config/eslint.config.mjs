import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Each ban names what to use instead. */
const pureGlobals = [
  { name: 'Date', message: 'Pure code has no clock: take the time as an argument.' },
  { name: 'performance', message: 'Pure code has no clock: take the time as an argument.' },
  { name: 'console', message: 'Pure code returns problems; it does not print.' },
  { name: 'crypto', message: 'Pure code has no randomness: take a seed or an id generator as an argument.' },
  { name: 'process', message: 'Pure code has no Node: take what you need as an argument.' },
  { name: 'globalThis', message: 'Pure code has no globals: take what you need as an argument.' },
];

const pureSyntax = [
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Take a seed as an argument: the same input must give the same result.' },
  { selector: "CallExpression[callee.property.name=/^(toLocaleString|localeCompare|toLocaleUpperCase|toLocaleLowerCase)$/]", message: 'Results must not depend on the locale: compare with < or format by hand.' },
];

const everywhereSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing has one name everywhere.' },
  { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML)$/]", message: 'Build elements with React or createElementNS; the page refuses markup strings.' },
  { selector: "CallExpression[callee.property.name=/^(insertAdjacentHTML|parseFromString|createContextualFragment)$/]", message: 'Build elements with React; parse XML in a worker. The page refuses markup strings.' },
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Render React elements; the page refuses markup strings.' },
  { selector: "NewExpression[callee.name=/^(Worker|SharedWorker)$/]", message: 'Start workers through renderer/src/workers/spawn.ts, which holds the one Trusted Types policy.' },
  { selector: "MemberExpression[property.name='openExternal']", message: 'Ask through HostApi.openLink, which checks the address and asks the user.' },
  { selector: "MemberExpression[object.name='ipcMain']", message: 'Register through the handle() of electron/main/ipc/handle.ts, which checks sender and arguments.' },
];

const zodOnce = { name: 'zod', message: "Import { z } from shared/lib/zod.ts: it configures zod before the first schema." };
const noElectron = { name: 'electron', message: 'Ask the host through HostApi (shared/ipc/host-api.ts).' };
const parent = { group: ['**/../shared/brief/**', '**/../shared/spec/**', '**/../shared/data/**'], message: 'Copy what is needed to tests/fixtures with its source and licence.' };

const storage = [
  { name: 'localStorage', message: 'Use renderer/src/persistence: settings and drafts live in one database.' },
  { name: 'sessionStorage', message: 'Use renderer/src/persistence: settings and drafts live in one database.' },
  { name: 'indexedDB', message: 'Use renderer/src/persistence: settings and drafts live in one database.' },
  { name: 'alert', message: 'Show a message or dialog of renderer/src/ui.' },
  { name: 'confirm', message: 'Show a dialog of renderer/src/ui.' },
  { name: 'prompt', message: 'Show a dialog of renderer/src/ui.' },
];

const typescriptFiles = ['**/*.ts', '**/*.tsx'];
const testFiles = ['**/*.test.ts', '**/*.test.tsx', 'tests/**'];

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'node_modules/', 'shots/', 'test-results/', 'playwright-report/', 'tests/fixtures/', '**/*.d.mts']),
  {
    files: typescriptFiles,
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: new URL('../..', import.meta.url).pathname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      'no-restricted-syntax': ['error', ...everywhereSyntax],
      'no-restricted-imports': ['error', { paths: [zodOnce], patterns: [parent] }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['shared/**/*.ts', 'catalog/**/*.ts'],
    ignores: testFiles,
    rules: {
      'no-restricted-globals': ['error', ...pureGlobals],
      'no-restricted-syntax': ['error', ...everywhereSyntax, ...pureSyntax],
      'no-restricted-imports': [
        'error',
        { paths: [zodOnce, noElectron], patterns: [parent, { group: ['node:*', 'react', 'react-dom'], message: 'Pure code has no Node and no React.' }] },
      ],
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/purity': 'error',
      'react-hooks/static-components': 'error',
      'no-restricted-globals': ['error', ...storage],
      'no-restricted-imports': ['error', { paths: [zodOnce, noElectron], patterns: [parent] }],
    },
  },
  { files: ['shared/lib/zod.ts'], rules: { 'no-restricted-imports': 'off' } },
  // each of these is the one place that the ban names
  { files: ['renderer/src/workers/spawn.ts', 'electron/main/ipc/links.ts', 'electron/main/ipc/handle.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['vite.config.ts', 'tests/config/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: testFiles,
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': 'off',
      // Playwright's fixtures need an empty pattern where a fixture uses no other
      'no-empty-pattern': 'off',
    },
  },
);
