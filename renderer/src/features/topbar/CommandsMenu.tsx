import { useRef, type ReactElement } from 'react';
import { commandLabel, commands, disabledReason, runCommand } from '../../document/commands/index.ts';
import { MENU_TITLES } from '../../document/commands/menu.ts';
import { useSession } from '../../document/session.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './CommandsMenu.module.css';

function entries(): MenuEntry[] {
  return MENU_TITLES.flatMap(([menu, title]) => {
    const listed = commands.filter((command) => command.menu === menu && command.id !== 'help.commands');
    if (listed.length === 0) return [];
    return [
      { kind: 'heading', id: `heading-${menu}`, label: title } as const,
      ...listed.map((command) => ({
        id: command.id,
        label: commandLabel(command),
        shortcut: command.shortcuts?.[0],
        disabledReason: disabledReason(command),
        onSelect: () => runCommand(command.id),
      })),
    ];
  });
}

/** The button that lists every command; Mod+K opens it from anywhere and the focus goes back to where it was. */
export function CommandsMenu(): ReactElement {
  const open = useSession((state) => state.palette);
  const opener = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  if (open && !wasOpen.current) opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  wasOpen.current = open;
  return (
    <Menu
      label="Commands"
      align="end"
      tall
      open={open}
      onOpenChange={(next) => useSession.getState().set({ palette: next })}
      finalFocus={() => (opener.current !== null && opener.current !== document.body && opener.current.isConnected ? opener.current : null)}
      items={entries}
      trigger={
        <Button className={styles.button}>
          <span className={styles.word}>Commands</span>
          <Kbd chord="Mod+K" />
        </Button>
      }
    />
  );
}
