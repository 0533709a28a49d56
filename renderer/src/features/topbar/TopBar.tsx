import type { ReactElement, ReactNode } from 'react';
import { commandById, runCommand } from '../../document/commands/index.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { Button } from '../../ui/Button.tsx';
import { formatChord } from '../../ui/chord.ts';
import { CommandsButton } from './CommandsButton.tsx';
import { FileBlock } from './FileBlock.tsx';
import { ModeSwitch } from './ModeSwitch.tsx';
import styles from './TopBar.module.css';

interface TopBarProps {
  /** The load dial; it has the middle of the bar to itself. */
  readonly dial: ReactNode;
  /** What has the dial's place in Whiteboard: the clock of a scenario. */
  readonly clock: ReactNode;
}

function ExportButton(): ReactElement | null {
  const command = commandById('file.export');
  if (command === undefined) return null;
  const [chord] = command.shortcuts ?? [];
  return (
    <Button tooltip={chord === undefined ? undefined : formatChord(chord)} onClick={() => runCommand(command.id)}>
      Export
    </Button>
  );
}

/** The bar at the top: file, modes, dial, commands, export, in the order of the Tab key. */
export function TopBar({ dial, clock }: TopBarProps): ReactElement {
  const open = useWorkspace((state) => state.activeId !== null);
  const numbers = useSession((state) => state.mode !== 'whiteboard');
  return (
    <header className={styles.bar} data-region="top" aria-label="Top bar">
      <FileBlock />
      {open && <ModeSwitch />}
      <div className={styles.dial}>{open && (numbers ? dial : clock)}</div>
      <div className={styles.actions}>
        <CommandsButton />
        {open && <ExportButton />}
      </div>
    </header>
  );
}
