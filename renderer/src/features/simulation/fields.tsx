import { useId, type ReactElement, type ReactNode } from 'react';
import { parseValue, printValue } from '../../forms/units.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import styles from './SimulationPanel.module.css';

/** One line of the settings: its words, and a field 112 wide. */
export function Line({ label, hint, labelId, children }: { readonly label: string; readonly hint?: string; readonly labelId?: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.line}>
      <Tooltip content={hint} side="right"><span id={labelId} className={styles.lineLabel}>{label}</span></Tooltip>
      {children}
    </div>
  );
}

interface FigureProps {
  readonly label: string;
  readonly hint?: string;
  /** s: a time, typed and shown in any unit. x: a multiple. count: a whole number. */
  readonly unit: 's' | 'x' | 'count';
  readonly value: number;
  /** Chosen by the user, not the usual one. */
  readonly chosen: boolean;
  readonly min: number;
  readonly max: number;
  /** Null: back to the usual value, when the field is emptied. */
  readonly onChange: (value: number | null) => void;
}

function written(value: number, unit: FigureProps['unit']): { readonly text: string; readonly unit: string } {
  if (unit === 's') {
    const shown = printValue(value, { unit: 's' });
    return { text: String(Number(Number(shown.text).toPrecision(4))), unit: shown.unit };
  }
  return { text: String(value), unit: unit === 'x' ? 'x' : '' };
}

/** A number of the settings. Emptied, it goes back to what fits the drawing. */
export function Figure({ label, hint, unit, value, chosen, min, max, onChange }: FigureProps): ReactElement {
  const id = useId();
  const shown = written(value, unit);
  const limits = `${written(min, unit).text} ${written(min, unit).unit} to ${written(max, unit).text} ${written(max, unit).unit}`.replace(/ +/g, ' ').trim();
  const commit = (text: string): string | null => {
    if (text.trim() === '') {
      onChange(null);
      return null;
    }
    const parsed = parseValue(text, { unit: unit === 's' ? 's' : 'none' }, shown.unit);
    if (!parsed.ok) return parsed.error;
    if (typeof parsed.value !== 'number') return 'Type one number.';
    if (parsed.value < min || parsed.value > max) return `Type ${limits}.`;
    if (unit === 'count' && !Number.isInteger(parsed.value)) return 'Type a whole number.';
    onChange(parsed.value);
    return null;
  };
  const step = (direction: 1 | -1, big: boolean): void => {
    const size = unit === 's' ? 10 ** Math.floor(Math.log10(Math.max(1, value))) : unit === 'x' ? 0.1 : 1;
    onChange(Math.min(max, Math.max(min, Number((value + direction * size * (big ? 10 : 1)).toPrecision(6)))));
  };
  return (
    <Line label={label} hint={hint} labelId={id}>
      <NumberField label={label} labelledBy={id} text={shown.text} unit={shown.unit} valueNow={value} min={min} max={max} yours={chosen} onCommit={commit} onStep={step} />
    </Line>
  );
}
