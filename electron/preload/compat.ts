/**
 * Everything that differs between the Electron that is shipped (45) and the one tests may run on (25) is here.
 */

/** The part of Electron's `webUtils` that is used; Electron 25 has none of it. */
export interface PathLookup {
  getPathForFile(file: File): string;
}

/**
 * The absolute path behind a dropped `File`, or an empty string when it has none (made by script). Electron 32
 * removed `File.path`, which earlier ones have instead of `webUtils`.
 */
export function pathForFile(file: File, webUtils: PathLookup | undefined): string {
  if (webUtils !== undefined) return webUtils.getPathForFile(file);
  return 'path' in file && typeof file.path === 'string' ? file.path : '';
}
