import type { ReactElement } from 'react';
import type { Command } from '../../document/commands/command.ts';
import { commandLabel, commands } from '../../document/commands/index.ts';
import { canonicalChord } from '../../document/commands/keymap.ts';
import { MENU_TITLES } from '../../document/commands/menu.ts';
import { BROWSER_TAKES } from '../../document/commands/reserved.ts';
import { useSession } from '../../document/session.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './ShortcutSheet.module.css';

interface ShortcutSheetProps {
  /** A browser keeps some keys for itself; the sheet marks them. */
  readonly browser: boolean;
}

function Line({ command, browser }: { readonly command: Command; readonly browser: boolean }): ReactElement {
  const chords = command.shortcuts ?? [];
  const taken = browser && chords.some((chord) => BROWSER_TAKES.has(canonicalChord(chord)));
  return (
    <div className={styles.line}>
      <dt>
        {commandLabel(command)}
        {taken && <span className={styles.taken}>Taken by the browser: use the menu</span>}
      </dt>
      <dd className={styles.keys}>
        {chords.map((chord) => (
          <Kbd key={chord} chord={chord} />
        ))}
      </dd>
    </div>
  );
}

/** All keys, grouped as the menus are. Generated from the registry. */
export function ShortcutSheet({ browser }: ShortcutSheetProps): ReactElement {
  const open = useSession((state) => state.dialog?.name === 'shortcuts');
  return (
    <Dialog
      open={open}
      title="Shortcuts"
      width={760}
      description="Letters and digits draw; they are never shortcuts on the canvas."
      onClose={() => useSession.getState().set({ dialog: null })}
    >
      {open && (
        <div className={styles.columns}>
          {MENU_TITLES.map(([menu, title]) => {
            const listed = commands.filter((command) => command.menu === menu && (command.shortcuts?.length ?? 0) > 0);
            return listed.length === 0 ? null : (
              <section key={menu} className={styles.group}>
                <h3 className={styles.heading}>{title}</h3>
                <dl>
                  {listed.map((command) => (
                    <Line key={command.id} command={command} browser={browser} />
                  ))}
                </dl>
              </section>
            );
          })}
        </div>
      )}
    </Dialog>
  );
}
