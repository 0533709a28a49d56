import { useId, type KeyboardEvent, type ReactElement, type Ref } from 'react';
import { classes } from './classes.ts';
import { Glyph } from './Glyph.tsx';
import styles from './TextField.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter (not in a multiline field) and leaving the field. */
  readonly onCommit?: (value: string) => void;
  /** Escape. */
  readonly onCancel?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  readonly placeholder?: string;
  readonly error?: string | null;
  readonly icon?: string;
  readonly type?: 'text' | 'search';
  readonly multiline?: boolean;
  readonly rows?: number;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  /** F6 comes here when it enters the part of the window. */
  readonly regionFocus?: boolean;
  readonly id?: string;
  readonly describedBy?: string;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement | HTMLTextAreaElement>;
}

type FieldKey = KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>;

function handleKey(event: FieldKey, props: TextFieldProps): void {
  props.onKeyDown?.(event);
  if (event.defaultPrevented || event.nativeEvent.isComposing) return;
  if (event.key === 'Enter' && props.multiline !== true && props.onCommit !== undefined) {
    props.onCommit(event.currentTarget.value);
  } else if (event.key === 'Escape' && props.onCancel !== undefined) {
    event.stopPropagation();
    props.onCancel();
  }
}

/** A field for words. */
export function TextField(props: TextFieldProps): ReactElement {
  const own = useId();
  const id = props.id ?? own;
  const errorId = `${id}-error`;
  const invalid = typeof props.error === 'string';
  const shared = {
    id,
    className: styles.input,
    value: props.value,
    placeholder: props.placeholder,
    readOnly: props.readOnly,
    autoFocus: props.autoFocus,
    'data-region-focus': props.regionFocus || undefined,
    spellCheck: false,
    autoComplete: 'off',
    'aria-label': props.labelHidden === true ? props.label : undefined,
    'aria-describedby': props.describedBy,
    'aria-invalid': invalid || undefined,
    'aria-errormessage': invalid ? errorId : undefined,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => props.onChange(event.currentTarget.value),
    onBlur: (event: { readonly currentTarget: { readonly value: string } }) => props.onCommit?.(event.currentTarget.value),
    onKeyDown: (event: FieldKey) => handleKey(event, props),
  };
  return (
    <div className={classes(styles.wrap, props.className)}>
      {props.labelHidden !== true && (
        <label htmlFor={id} className={styles.label}>
          {props.label}
        </label>
      )}
      <div className={classes(styles.field, invalid && styles.invalid, props.multiline === true && styles.multiline)}>
        {props.icon !== undefined && <Glyph path={props.icon} size={16} className={styles.icon} />}
        {props.multiline === true ? (
          <textarea {...shared} rows={props.rows ?? 4} ref={props.inputRef as Ref<HTMLTextAreaElement>} />
        ) : (
          <input {...shared} type={props.type ?? 'text'} ref={props.inputRef as Ref<HTMLInputElement>} />
        )}
      </div>
      {invalid && (
        <p id={errorId} className={styles.error} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}
