import type { ImportFormat } from '../import-format.ts';
import { isEnvFile, looksLikeCompose } from './detect.ts';

/** Docker Compose files, with the environment files beside them. Other YAML is claimed as well, to be refused by name. */
export const compose: ImportFormat = {
  format: 'compose',
  title: 'Docker Compose',
  extensions: ['yml', 'yaml', 'env'],
  help: 'Compose files, base first, and .env files for their variables',
  claims: (name) => /\.ya?ml$/i.test(name),
  accepts: ({ name, text }) => isEnvFile(name) || looksLikeCompose(name, text),
  load: async () => (await import('./parse-compose.ts')).parseCompose,
};
