import type { ReactElement } from 'react';
import { commandById, runCommand } from '../../document/commands/index.ts';
import { useSession, type Mode } from '../../document/session.ts';
import { formatChord } from '../../ui/chord.ts';
import { GLYPHS } from '../../ui/glyphs.ts';
import { SegmentedControl, type Segment } from '../../ui/SegmentedControl.tsx';
import styles from './ModeSwitch.module.css';

const COMMAND: Readonly<Record<'whiteboard' | 'evaluate', string>> = { whiteboard: 'view.whiteboard', evaluate: 'view.evaluate' };

function hintOf(mode: keyof typeof COMMAND): string | undefined {
  const [chord] = commandById(COMMAND[mode])?.shortcuts ?? [];
  return chord === undefined ? undefined : formatChord(chord);
}

const MODES: readonly Segment<'whiteboard' | 'evaluate'>[] = [
  { value: 'whiteboard', label: 'Whiteboard', glyph: GLYPHS.whiteboard },
  { value: 'evaluate', label: 'Evaluate', glyph: GLYPHS.evaluate },
];

/** Whiteboard or Evaluate. Both widths are rendered; the style sheet shows the one that fits the window. */
export function ModeSwitch(): ReactElement {
  const mode: Mode = useSession((state) => state.mode);
  const value = mode === 'whiteboard' ? 'whiteboard' : 'evaluate';
  const shared = {
    label: 'Mode',
    value,
    options: MODES.map((option) => ({ ...option, hint: hintOf(option.value) })),
    onChange: (next: keyof typeof COMMAND) => runCommand(COMMAND[next]),
  } as const;
  return (
    <>
      <SegmentedControl {...shared} className={styles.words} />
      <SegmentedControl {...shared} glyphsOnly className={styles.glyphs} />
    </>
  );
}
