/** The part of a PostCSS tree that the plugin touches. */
interface SheetNode { source?: { readonly input: { readonly file?: string } } | undefined }
interface Sheet extends SheetNode { walk(visit: (node: SheetNode) => void): void }

/**
 * A PostCSS plugin. What a sheet composes from another one is put in front of it without saying which file it is of; it is
 * taken to be of the sheet itself, so that every address in it is looked for beside a file that exists.
 */
export const composedSources = {
  postcssPlugin: 'composed-sources',
  OnceExit(sheet: Sheet): void {
    sheet.walk((node) => {
      if (node.source?.input.file === undefined) node.source = sheet.source;
    });
  },
} as const;
