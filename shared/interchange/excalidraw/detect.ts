import type { ImportFile } from '../import-report.ts';

/** Letters at the beginning of a text that are looked at. */
const LOOK = 4000;

/** JSON that says it is Excalidraw's, by any name of a JSON or Excalidraw file; or an SVG with such a drawing inside. */
export function looksLikeExcalidraw({ name, text }: ImportFile): boolean {
  const start = text.slice(0, LOOK);
  if (/\.svg$/i.test(name)) return start.includes('application/vnd.excalidraw+json');
  return /\.(json|excalidraw\w*)$/i.test(name) && /"type"\s*:\s*"excalidraw(lib|\/clipboard)?"/.test(start);
}

/** Why a file of Excalidraw's is none that can be read, as a sentence; null for what may be a drawing. */
export function refusedByName({ name, text }: ImportFile): string | null {
  if (/\.excalidrawlib$/i.test(name)) return `${name} is an Excalidraw library: shapes to draw with, not a drawing. Put what you need of it into a drawing and import that.`;
  if (/\.(svg|png)$/i.test(name) || /^\s*<(\?xml|svg)/i.test(text.slice(0, 200))) {
    return `${name} is a picture. Pictures with an Excalidraw drawing inside are not read: open it in Excalidraw, save it as an .excalidraw file and import that.`;
  }
  return null;
}
