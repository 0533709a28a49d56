import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import { classes } from './classes.ts';
import { Glyph } from './Glyph.tsx';
import styles from './SegmentedControl.module.css';
import { Tooltip } from './Tooltip.tsx';

/** One segment. */
export interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly glyph?: string;
  readonly hint?: string;
}

interface SegmentedControlProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Segment<T>[];
  readonly onChange: (value: T) => void;
  /** Glyphs in place of words; the word is the accessible name and the tooltip. */
  readonly glyphsOnly?: boolean;
  /** Id of the words about the choice. */
  readonly describedBy?: string;
  readonly className?: string;
}

const STEP: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** A few exclusive choices side by side: a radio group with one Tab stop, arrows choose. */
export function SegmentedControl<T extends string>({ label, value, options, onChange, glyphsOnly, describedBy, className }: SegmentedControlProps<T>): ReactElement {
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = STEP[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const at = options.findIndex((option) => option.value === value);
    const next = options[(at + step + options.length) % options.length];
    if (next === undefined) return;
    onChange(next.value);
    group.current?.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div ref={group} role="radiogroup" aria-label={label} aria-describedby={describedBy} className={classes(styles.group, className)} onKeyDown={onKeyDown}>
      {options.map((option) => {
        const on = option.value === value;
        const content = glyphsOnly === true ? [option.label, option.hint].filter(Boolean).join('  ') : option.hint;
        return (
          <Tooltip key={option.value} content={content}>
            <button
              type="button"
              role="radio"
              aria-checked={on}
              aria-label={option.label}
              tabIndex={on ? 0 : -1}
              data-value={option.value}
              data-label={glyphsOnly === true ? undefined : option.label}
              className={classes(styles.segment, on && styles.on)}
              onClick={() => onChange(option.value)}
            >
              {glyphsOnly === true && option.glyph !== undefined ? <Glyph path={option.glyph} size={20} /> : option.label}
            </button>
          </Tooltip>
        );
      })}
    </div>
  );
}
