import type { ReactElement } from 'react';
import { runCommand } from '../../document/commands/index.ts';
import { useSession } from '../../document/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import styles from './CommandsButton.module.css';

/** Opens the command palette, and shows its key. */
export function CommandsButton(): ReactElement {
  const open = useSession((state) => state.palette);
  return (
    <Button className={styles.button} aria-haspopup="dialog" aria-expanded={open} onClick={() => runCommand('help.commands')}>
      <span className={styles.word}>Commands</span>
      <Kbd chord="Mod+K" />
    </Button>
  );
}
