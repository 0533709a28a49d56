import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react';
import { commands, commandLabel, disabledReason, runCommand } from '../../document/commands/index.ts';
import { savedLabel } from '../../document/commands/file-status.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { classes } from '../../ui/classes.ts';
import { CutTooltip } from '../../ui/CutTooltip.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './FileBlock.module.css';

function fileEntries(): MenuEntry[] {
  return commands
    .filter((command) => command.menu === 'file')
    .map((command) => ({
      id: command.id,
      label: commandLabel(command),
      shortcut: command.shortcuts?.[0],
      disabledReason: disabledReason(command),
      onSelect: () => runCommand(command.id),
    }));
}

interface FileButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly name: string;
  readonly state: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

function FileButton({ name, state, ...rest }: FileButtonProps): ReactElement {
  return (
    <CutTooltip content={`${name}, ${state}`}>
      <button type="button" {...rest} className={styles.block}>
        <span className={styles.lines}>
          <span className={classes(styles.title, 'truncate')}>{name}</span>
          <span className={classes(styles.state, 'truncate', 'tnum')}>{state}</span>
        </span>
        <VisuallyHidden>, file menu</VisuallyHidden>
        <Glyph path={GLYPHS.chevronDown} size={16} className={styles.chevron} />
      </button>
    </CutTooltip>
  );
}

/** The drawing's name over its saved state; opens the file menu. */
export function FileBlock(): ReactElement {
  const doc = useWorkspace((state) => (state.activeId === null ? undefined : state.documents[state.activeId]));
  const title = doc?.title ?? 'Plumbline';
  const state = doc === undefined ? 'No drawing open' : savedLabel(doc);
  return (
    <Menu
      label="File"
      items={fileEntries}
      trigger={<FileButton name={title} state={state} />}
    />
  );
}
