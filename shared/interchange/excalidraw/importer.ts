import type { ImportFormat } from '../import-format.ts';
import { looksLikeExcalidraw } from './detect.ts';

/** Excalidraw drawings. Its libraries and its pictures with a drawing inside are claimed as well, to be refused by name. */
export const excalidraw: ImportFormat = {
  format: 'excalidraw',
  title: 'Excalidraw',
  extensions: ['excalidraw'],
  help: 'one Excalidraw drawing',
  claims: (name) => /\.excalidraw(lib|\.(svg|png|json))?$/i.test(name),
  accepts: looksLikeExcalidraw,
  load: async () => (await import('./parse-excalidraw.ts')).parseExcalidraw,
};
