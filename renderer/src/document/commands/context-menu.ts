import type { MenuEntry } from '../../ui/Menu.tsx';
import { useSession } from '../session.ts';
import { commandById, commandLabel, disabledReason, runCommand } from './index.ts';
import { selectionSize } from './conditions.ts';

/** Commands about what is selected, in blocks. Those that do not apply now are left out. */
const ABOUT_SELECTION: readonly (readonly string[])[] = [
  ['edit.rename', 'edit.properties'],
  ['insert.draw-path', 'insert.connect', 'insert.reconnect', 'arrange.reset-route'],
  ['edit.cut', 'edit.copy', 'edit.paste', 'edit.duplicate'],
  ['arrange.group', 'arrange.ungroup', 'arrange.shrink-to-fit', 'arrange.pin', 'arrange.tidy'],
  ['view.fit-selection'],
  ['edit.delete'],
];

/** Commands about the drawing, where nothing is selected. */
const ABOUT_DRAWING: readonly (readonly string[])[] = [
  ['edit.paste', 'edit.select-all'],
  ['insert.draw-path', 'insert.note'],
  ['edit.find', 'view.outline'],
  ['arrange.tidy', 'view.fit'],
];

/** Every command that the context menu can show. */
export const CONTEXT_COMMANDS: readonly string[] = [...ABOUT_SELECTION, ...ABOUT_DRAWING].flat();

/** The lines of the context menu for what is selected now, for canvas and outline alike. */
export function contextEntries(replaced: Readonly<Record<string, () => void>> = {}): readonly MenuEntry[] {
  const blocks = selectionSize() === 0 ? ABOUT_DRAWING : ABOUT_SELECTION;
  const shown = blocks
    .map((block) => block.flatMap((id) => {
      const command = commandById(id);
      return command && disabledReason(command) === null ? [command] : [];
    }))
    .filter((block) => block.length > 0);
  return shown.flatMap((block, index): readonly MenuEntry[] => [
    ...(index === 0 ? [] : [{ kind: 'separator', id: `separator-${index}` } as const]),
    ...block.map((command) => ({ id: command.id, label: commandLabel(command), shortcut: command.shortcuts?.[0], onSelect: replaced[command.id] ?? (() => runCommand(command.id)) })),
  ]);
}

/** What the context menu is called: "Shortener API", "3 selected", "Drawing". */
export function contextTitle(nameOf: (id: string) => string | undefined): string {
  const size = selectionSize();
  if (size === 0) return 'Drawing';
  const { node, boundary } = useSession.getState().selection;
  const [only] = size === 1 ? [...node, ...boundary] : [];
  return size === 1 ? (nameOf(only ?? '') ?? 'Selection') : `${size} selected`;
}
