import { isDirty, type OpenDocument } from '../workspace.ts';

/** Time of day as "10:42". */
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** Where the document stands, for the file block: "Saved 10:42", "Edited", "Not saved yet", "Read-only". */
export function savedLabel(doc: OpenDocument): string {
  if (doc.readOnly !== null) return 'Read-only';
  if (doc.saved === null) return 'Not saved yet';
  if (isDirty(doc)) return 'Edited';
  return doc.savedAt === null ? 'Saved' : `Saved ${timeOfDay(doc.savedAt)}`;
}

/** The title of a document whose file has this name: without the format's own extension. */
export function titleOfFile(name: string): string {
  return name.replace(/\.plumb$/i, '') || name;
}

/** A file name for a title: characters that some system refuses become a dash. */
export function fileNameOf(title: string): string {
  const safe = [...title].map((char) => (char < ' ' || '<>:"/\\|?*'.includes(char) ? '-' : char)).join('').replace(/^\.+|[. ]+$/g, '').slice(0, 100);
  return `${safe === '' ? 'Untitled' : safe}.plumb`;
}

/** The window's title. */
export function windowTitle(doc: OpenDocument | undefined): string {
  if (doc === undefined) return 'Plumbline';
  return `${doc.title}${isDirty(doc) ? ' (edited)' : ''} - Plumbline`;
}
