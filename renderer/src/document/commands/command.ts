/** Where a command is listed. */
export type CommandMenu = 'file' | 'edit' | 'view' | 'insert' | 'arrange' | 'evaluate' | 'help';

/** One user action, as menu, palette, toolbar, shortcut sheet and tooltip all read it. */
export interface Command {
  readonly id: string;
  /** Verb first, sentence case, two to four words; a toggle names its effect. */
  readonly label: string | (() => string);
  readonly menu: CommandMenu;
  readonly icon?: string;
  /** Key chords such as `Mod+Shift+Z`, `F8`, `PageUp`; Mod is Cmd on macOS and Ctrl elsewhere. The first one is displayed. */
  readonly shortcuts?: readonly string[];
  /** What is displayed instead, where a setting changes what the keys do. */
  readonly shownShortcuts?: () => readonly string[];
  /** `canvas`: bare keys that act only while the canvas has focus. */
  readonly scope?: 'window' | 'canvas';
  readonly synonyms?: readonly string[];
  /** Menus that show the platform's own role instead of running in the page. */
  readonly role?: 'cut' | 'copy' | 'paste';
  /** True, or the reason why not: a disabled command stays listed with it. */
  readonly enabled?: () => true | string;
  readonly perform: () => void | Promise<void>;
}

/** Declare a command. */
export function defineCommand(command: Command): Command {
  return command;
}

/** The keys of a command as menus, lists and the sheet display them; the first one is the main one. */
export function shownShortcuts(command: Command): readonly string[] {
  return command.shownShortcuts?.() ?? command.shortcuts ?? [];
}
