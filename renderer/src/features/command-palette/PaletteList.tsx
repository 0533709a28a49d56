import { useEffect, useRef, type ReactElement } from 'react';
import { classes } from '../../ui/classes.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import type { PaletteEntry } from './entries.ts';
import styles from './CommandPalette.module.css';

interface LineProps {
  readonly entry: PaletteEntry;
  readonly id: string;
  readonly active: boolean;
  /** Name the group on the line: there are no headings between ranked lines. */
  readonly grouped: boolean;
  readonly onPoint: () => void;
  readonly onRun: () => void;
}

function Line({ entry, id, active, grouped, onPoint, onRun }: LineProps): ReactElement {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) own.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const aside = entry.disabledReason ?? entry.detail ?? (grouped ? null : entry.group);
  return (
    <div ref={own} id={id} role="option" className={styles.line} aria-selected={active} aria-disabled={entry.disabledReason !== null || undefined} onPointerMove={onPoint} onClick={onRun}>
      <span className={classes(styles.label, 'truncate')}>{entry.label}</span>
      {aside !== null && <span className={classes(styles.aside, 'truncate')}>{aside}</span>}
      {entry.shortcut !== null && <Kbd chord={entry.shortcut} />}
    </div>
  );
}

/** Neighbours of one group together, in their order. */
function groupsOf(entries: readonly PaletteEntry[]): readonly { readonly title: string; readonly entries: readonly PaletteEntry[] }[] {
  const groups: { readonly title: string; readonly entries: PaletteEntry[] }[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.title === entry.group) last.entries.push(entry);
    else groups.push({ title: entry.group, entries: [entry] });
  }
  return groups;
}

interface PaletteListProps {
  /** Of the list; its lines are numbered after it. */
  readonly id: string;
  readonly entries: readonly PaletteEntry[];
  readonly grouped: boolean;
  readonly active: number;
  readonly onPoint: (index: number) => void;
  readonly onRun: (entry: PaletteEntry) => void;
}

/** The lines of the palette: under headings, or ranked with the heading on each line. The field above keeps the focus and points into it. */
export function PaletteList({ id, entries, grouped, active, onPoint, onRun }: PaletteListProps): ReactElement {
  const line = (entry: PaletteEntry): ReactElement => {
    const index = entries.indexOf(entry);
    return <Line key={entry.id} entry={entry} id={`${id}-${index}`} active={index === active} grouped={grouped} onPoint={() => index !== active && onPoint(index)} onRun={() => onRun(entry)} />;
  };
  return (
    <div id={id} role="listbox" aria-label="Commands" className={styles.list} onMouseDown={(event) => event.preventDefault()}>
      {!grouped && entries.map(line)}
      {grouped &&
        groupsOf(entries).map(({ title, entries: own }) => (
          <div key={title} role="group" aria-label={title}>
            <div className={styles.heading} aria-hidden="true">
              {title}
            </div>
            {own.map(line)}
          </div>
        ))}
    </div>
  );
}
