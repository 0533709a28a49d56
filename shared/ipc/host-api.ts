import type { Result } from '../lib/result.ts';
import type { MenuDescription } from './menu.ts';

/** Where the page runs: the desktop window or a browser tab. */
export type HostSkin = 'desktop' | 'browser';

/** The operating system's family, for key names (Cmd on `darwin`) and paths. */
export type HostPlatform = 'linux' | 'darwin' | 'win32' | 'other';

/** Facts about the host that do not change while the page lives. */
export interface HostInfo {
  readonly skin: HostSkin;
  readonly platform: HostPlatform;
  /** The product's version, as in package.json. */
  readonly version: string;
  /** One sentence to show: where documents are kept in this skin. */
  readonly storage: string;
  /** Set when the window runs on a runtime that is not supported for real work; the sentence to show. */
  readonly warning?: string;
  /** Whether `saveFile` can write to the same place again; in a browser without file access it downloads instead. */
  readonly savesInPlace: boolean;
}

/** Why a file operation did not happen; `message` is a sentence for the user, already complete. */
export interface HostError {
  readonly code: 'not-found' | 'no-permission' | 'disk-full' | 'too-large' | 'read-only' | 'not-allowed' | 'not-text' | 'failed';
  readonly message: string;
  /** The file's name without its folder, when one file is meant. */
  readonly name?: string;
}

/**
 * A file the user chose. `ref` names it in later calls (an absolute path on the desktop, an opaque token in a
 * browser, `null` where it cannot be written or read again); show `name` and `folder`, never `ref`.
 */
export interface HostFile {
  readonly ref: string | null;
  readonly name: string;
  readonly folder: string | null;
  /** UTF-8 text without a byte-order mark. Chosen files are at most `MAX_FILE_BYTES`. */
  readonly text: string;
}

/** Where a document was written. `ref` is `null` after a download: the next save asks again. */
export interface SavedFile {
  readonly ref: string | null;
  readonly name: string;
  readonly folder: string | null;
}

/** A document opened or saved before, newest first in lists. `openedAt` is milliseconds since 1970. */
export interface RecentFile {
  readonly ref: string;
  readonly name: string;
  readonly folder: string;
  readonly openedAt: number;
}

/** Named kinds for file dialogs; extensions without the dot. */
export interface FileKind {
  readonly label: string;
  readonly extensions: readonly string[];
}

/** What an open dialog asks for. */
export interface OpenRequest {
  readonly title: string;
  readonly kinds: readonly FileKind[];
  readonly multiple?: boolean;
}

/** What a save dialog asks for; `suggestedName` includes the extension. */
export interface SaveRequest {
  readonly title: string;
  readonly suggestedName: string;
  readonly kinds: readonly FileKind[];
}

/** Files asked for beside a chosen one (an importer's `env_file`, `extends`, `include`). */
export interface RelatedFiles {
  /** Read, keyed by the relative path that was asked for. */
  readonly files: Readonly<Record<string, string>>;
  /** Not read, with the reason as a sentence fragment: "outside the chosen folder", "does not exist". */
  readonly notFollowed: readonly { readonly path: string; readonly reason: string }[];
}

/** The part of the web's `File` that is needed to read a dropped file; a DOM `File` satisfies it. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Stops listening. Calling it twice is harmless. */
export type Unsubscribe = () => void;

/** The largest file that is read or written as a document, in bytes. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** Limits of {@link HostApi.readRelated}: bytes of one file, and files in all for one chosen file. */
export const RELATED_LIMITS = { bytes: 1024 * 1024, files: 64 } as const;

/**
 * Everything the page may ask of its host. Two implementations: `renderer/src/host/electron-host.ts` over the
 * preload bridge and `renderer/src/host/browser-host.ts` over web APIs. No member throws or rejects for an
 * ordinary failure: it returns a `Result` with a `HostError`; `null` inside a success means the user cancelled.
 */
export interface HostApi {
  readonly info: HostInfo;

  /** Ask for files and read them. Cancelled: `[]`. */
  openFiles(request: OpenRequest): Promise<Result<readonly HostFile[], HostError>>;
  /** Read files dropped on the window; afterwards they count as chosen by the user. */
  readDropped(files: readonly DroppedFile[]): Promise<Result<readonly HostFile[], HostError>>;
  /** Read again a file that was chosen before (a recent file, or one that changed on disk). */
  reopenFile(ref: string): Promise<Result<HostFile, HostError>>;
  /** Read files named by a chosen file, only from its folder or below, within `RELATED_LIMITS`. */
  readRelated(ref: string | null, paths: readonly string[]): Promise<RelatedFiles>;

  /** Write the whole text atomically: after an error the old content is intact. */
  saveFile(ref: string, text: string): Promise<Result<SavedFile, HostError>>;
  /** Ask where, then write. Cancelled: `null`. In a browser without file access this downloads. */
  saveFileAs(request: SaveRequest, text: string): Promise<Result<SavedFile | null, HostError>>;
  /** Ask where, then write bytes that are not the document itself (a picture, a report). Cancelled: `null`. */
  exportFile(request: SaveRequest, bytes: Uint8Array): Promise<Result<SavedFile | null, HostError>>;

  /** Documents opened or saved lately, newest first; empty in a browser (the library lists documents there). */
  listRecentFiles(): Promise<readonly RecentFile[]>;
  /** Take one file off the list, or all with `null`. The files stay. */
  forgetRecentFiles(ref: string | null): Promise<void>;

  /** Replace the window's menu bar; a no-op in a browser. */
  setMenu(menu: MenuDescription): Promise<void>;
  /** A menu item was clicked; `id` is the command's id from the description. */
  onMenuCommand(listener: (id: string) => void): Unsubscribe;
  /** The system asks to open a document: a command-line argument, a double click, a second start. */
  onOpenFile(listener: (file: Result<HostFile, HostError>) => void): Unsubscribe;
  /**
   * Say that the page listens and can take files: delivers what waited since start. Call once, after `onOpenFile`.
   */
  ready(): Promise<void>;

  /** The window's title and whether there is work that is not saved (asks before closing). */
  setWindowState(state: { readonly title: string; readonly edited: boolean }): Promise<void>;
  /**
   * The window is about to close with unsaved work. Ask Save / Don't save / Cancel in the page, save if wanted and
   * resolve `true` to close, `false` to stay. In a browser the tab's own question is shown instead.
   */
  onCloseRequested(listener: () => Promise<boolean>): Unsubscribe;
  /** Close the window, as its close button does. In a browser: resolves without doing anything. */
  closeWindow(): Promise<void>;

  /** Open an https address in the user's browser, after asking on the desktop. False: refused or declined. */
  openLink(url: string): Promise<boolean>;
}
