import type { ReactElement, ReactNode } from 'react';
import { shownShortcuts, type Command } from '../../document/commands/command.ts';
import { commandLabel, commands } from '../../document/commands/index.ts';
import { canonicalChord } from '../../document/commands/keymap.ts';
import { MENU_TITLES } from '../../document/commands/menu.ts';
import { BROWSER_TAKES } from '../../document/commands/reserved.ts';
import { useSession } from '../../document/session.ts';
import { formatChord } from '../../ui/chord.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { canvasKeys } from './canvas-keys.ts';
import styles from './ShortcutSheet.module.css';

interface ShortcutSheetProps {
  /** A browser keeps some keys for itself; the sheet marks them. */
  readonly browser: boolean;
}

function Line({ command, browser }: { readonly command: Command; readonly browser: boolean }): ReactElement {
  const chords = shownShortcuts(command);
  const taken = browser && chords.some((chord) => BROWSER_TAKES.has(canonicalChord(chord)));
  return (
    <div className={styles.line}>
      <dt>
        {commandLabel(command)}
        {taken && <span className={styles.taken}>Not in a browser: use the menu</span>}
      </dt>
      <dd className={styles.keys}>
        {chords.map((chord) => (
          <Kbd key={chord} chord={chord} />
        ))}
      </dd>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function CanvasSection(): ReactElement {
  return (
    <Section title="Canvas">
      {canvasKeys(useSession.getState()).map(({ label, keys, words }) => (
        <div key={label} className={styles.line}>
          <dt>{label}</dt>
          <dd className={styles.keys}>
            {words}
            {keys.map((chord) => (
              <Kbd key={chord} chord={chord} />
            ))}
          </dd>
        </div>
      ))}
    </Section>
  );
}

const DRAWS = 'Letters and digits draw; they are never shortcuts on the canvas.';

/** Said in a browser tab, where some keys never reach the page. */
const BROWSER_KEEPS = `A browser keeps ${['Mod+N', 'Mod+W', 'Ctrl+Tab', 'Mod+PageUp'].map((chord) => formatChord(chord)).join(', ')} and ${formatChord('Mod+PageDown')} for itself; the menus and ${formatChord('Mod+K')} do the same.`;

/** All keys, the canvas's own first, then grouped as the menus are. Generated from the registry. */
export function ShortcutSheet({ browser }: ShortcutSheetProps): ReactElement {
  const open = useSession((state) => state.dialog?.name === 'shortcuts');
  return (
    <Dialog
      open={open}
      title="Shortcuts"
      width={1080}
      reading
      description={browser ? `${DRAWS} ${BROWSER_KEEPS}` : DRAWS}
      onClose={() => useSession.getState().set({ dialog: null })}
    >
      {open && (
        <div className={styles.columns}>
          <CanvasSection />
          {MENU_TITLES.map(([menu, title]) => {
            const listed = commands.filter((command) => command.menu === menu && (command.shortcuts?.length ?? 0) > 0);
            return listed.length === 0 ? null : (
              <Section key={menu} title={title}>
                {listed.map((command) => (
                  <Line key={command.id} command={command} browser={browser} />
                ))}
              </Section>
            );
          })}
        </div>
      )}
    </Dialog>
  );
}
