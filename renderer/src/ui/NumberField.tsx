import { useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { classes } from './classes.ts';
import styles from './NumberField.module.css';

interface NumberFieldProps {
  /** Accessible name; `labelledBy` wins when the name is drawn beside the field. */
  readonly label: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
  readonly id?: string;
  /** What the field shows while nobody types in it. */
  readonly text: string;
  readonly unit?: string;
  /** For assistive technology; null while the value is not one number. */
  readonly valueNow?: number | null;
  readonly min?: number;
  readonly max?: number;
  /** What counts while nothing is stored. */
  readonly placeholder?: string;
  readonly error?: string | null;
  readonly disabled?: boolean;
  /** Set by the user, drawn in full ink. */
  readonly yours?: boolean;
  readonly className?: string;
  /** Take the typed text. A returned sentence is the error to show; the old value stays in force. */
  readonly onCommit: (text: string) => string | null;
  /** Up and Down; `big` with Shift. */
  readonly onStep?: (direction: 1 | -1, big: boolean) => void;
}

interface Draft {
  readonly text: string;
  readonly error: string | null;
}

/** Typing state of a field: null while it shows the value in force. */
function useDraft(props: NumberFieldProps): { draft: Draft | null; set: (draft: Draft | null) => void; commit: () => boolean } {
  const [draft, setState] = useState<Draft | null>(null);
  const current = useRef<Draft | null>(null);
  const set = (next: Draft | null): void => {
    current.current = next;
    setState(next);
  };
  const commit = (): boolean => {
    const typed = current.current;
    if (typed === null || typed.text === props.text) {
      set(null);
      return true;
    }
    const error = props.onCommit(typed.text);
    set(error === null ? null : { text: typed.text, error });
    return error === null;
  };
  return { draft, set, commit };
}

function spoken({ text, placeholder, unit }: NumberFieldProps): string {
  return [text === '' ? (placeholder ?? '') : text, unit ?? ''].filter((part) => part !== '').join(' ');
}

/** A field for one quantity: Enter or leaving commits, Escape reverts, Up and Down step. */
export function NumberField(props: NumberFieldProps): ReactElement {
  const own = useId();
  const id = props.id ?? own;
  const { draft, set, commit } = useDraft(props);
  const error = draft?.error ?? props.error ?? null;
  const errorId = `${id}-error`;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      if (commit()) event.currentTarget.select();
    } else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      set(null);
    } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && props.onStep !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (commit()) props.onStep(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
    }
  };
  return (
    <div className={classes(styles.wrap, props.className)}>
      <div className={classes(styles.field, error !== null && styles.invalid, props.disabled === true && styles.disabled)}>
        <input
          id={id}
          className={classes(styles.input, props.yours === true && styles.yours)}
          type="text"
          inputMode="decimal"
          role="spinbutton"
          autoComplete="off"
          spellCheck={false}
          value={draft?.text ?? props.text}
          placeholder={props.placeholder}
          disabled={props.disabled}
          aria-label={props.label}
          aria-labelledby={props.labelledBy}
          aria-describedby={props.describedBy}
          aria-valuenow={props.valueNow ?? undefined}
          aria-valuemin={props.min}
          aria-valuemax={props.max}
          aria-valuetext={spoken(props)}
          aria-invalid={error !== null || undefined}
          aria-errormessage={error === null ? undefined : errorId}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => set({ text: event.currentTarget.value, error: null })}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {props.unit !== undefined && props.unit !== '' && <span className={styles.unit}>{props.unit}</span>}
      </div>
      {error !== null && (
        <p id={errorId} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
