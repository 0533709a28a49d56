import { useId, useState, type ReactElement } from 'react';
import { classes } from '../ui/classes.ts';
import { GLYPHS } from '../ui/glyphs.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Row } from '../ui/Row.tsx';
import { SegmentedControl } from '../ui/SegmentedControl.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { MIXED, type Entry } from './bags.ts';
import styles from './Form.module.css';
import { shownEffective } from './effective.ts';
import { OriginTag } from './OriginTag.tsx';
import { choiceText } from './provenance.ts';

interface Editing {
  readonly stored: unknown;
  readonly labelId: string;
  readonly set: (value: unknown) => void;
  readonly reset: () => void;
  readonly row: { readonly label: string; readonly labelId: string; readonly hint: string; readonly tag: ReactElement; readonly trailing: ReactElement | undefined };
}

function useEditing({ field, bag, effective }: Entry): Editing {
  const labelId = useId();
  const stored = bag.stored(field.key);
  const set = (value: unknown): void => bag.change(field, () => value);
  const reset = (): void => set(undefined);
  const actions = (
    <span className={styles.actions}>
      <IconButton label="Reset" icon={GLYPHS.reset} size={14} onClick={reset} />
    </span>
  );
  const row = { label: field.label, labelId, hint: field.help, tag: <OriginTag field={field} stored={stored} effective={effective} onReset={reset} />, trailing: stored === undefined ? undefined : actions };
  return { stored, labelId, set, reset, row };
}

/** What counts instead of what is chosen, and why. */
function InForce({ entry: { field, effective } }: { readonly entry: Entry }): ReactElement | null {
  if (!effective) return null;
  return <p className={styles.inForce}>{`In force: ${shownEffective(field, effective).text}. Reason: ${effective.because}.`}</p>;
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const;

function flagValue(stored: unknown): 'yes' | 'no' | 'mixed' | 'unset' {
  if (stored === MIXED) return 'mixed';
  return stored === true ? 'yes' : stored === false ? 'no' : 'unset';
}

/** A practice (yes, no or not stated) or a fact (yes or no). */
export function FlagRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field } = entry;
  const { stored, set, reset, row } = useEditing(entry);
  const value = flagValue(stored);
  if (field.practice === true) {
    return (
      <Row {...row} hint={field.question === undefined ? field.help : `${field.question} ${field.help}`} trailing={undefined}>
        <SegmentedControl
          className={classes(styles.segments, value === 'unset' && styles.assumed)}
          label={field.label}
          value={value}
          options={[...YES_NO, { value: 'unset', label: 'Unset', hint: `Not stated. Counted as ${field.default === true ? 'yes' : 'no'} until you say.` }]}
          onChange={(next) => (next === 'unset' ? reset() : set(next === 'yes'))}
        />
      </Row>
    );
  }
  const shown = value === 'unset' ? (field.default === true ? 'yes' : 'no') : value;
  return (
    <>
      <Row {...row}>
        <SegmentedControl className={classes(styles.segments, value === 'unset' && styles.assumed)} label={field.label} value={shown} options={YES_NO} onChange={(next) => set(next === 'yes')} />
      </Row>
      <InForce entry={entry} />
    </>
  );
}

/** One of a closed list. */
export function ChoiceRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field } = entry;
  const { stored, labelId, set, row } = useEditing(entry);
  const value = stored === MIXED ? null : String(stored ?? field.default ?? '');
  return (
    <>
      <Row {...row}>
        <Select label={field.label} labelledBy={labelId} value={value} placeholder={stored === MIXED ? 'Mixed' : undefined} options={(field.values ?? []).map((option) => ({ value: option, label: choiceText(field, option) }))} onChange={set} />
      </Row>
      <InForce entry={entry} />
    </>
  );
}

/** Any of a closed list, as buttons that stay pressed. */
export function SubsetRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field } = entry;
  const { stored, set, row } = useEditing(entry);
  const current = stored === undefined ? field.default : stored;
  const chosen = new Set(Array.isArray(current) ? current.map(String) : []);
  const toggle = (option: string): void => set((field.values ?? []).filter((value) => chosen.has(value) !== (value === option)));
  return (
    <Row {...row} wide>
      <div role="group" aria-label={field.label} className={styles.chips}>
        {(field.values ?? []).map((option) => (
          <button key={option} type="button" className={styles.chip} aria-pressed={chosen.has(option)} onClick={() => toggle(option)}>
            {choiceText(field, option)}
          </button>
        ))}
        {row.tag}
      </div>
    </Row>
  );
}

function useDraft(value: string): readonly [string, (text: string | null) => void] {
  const [draft, setDraft] = useState<string | null>(null);
  return [draft ?? value, setDraft];
}

/** Free text. */
export function TextRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field } = entry;
  const { stored, set, row } = useEditing(entry);
  const value = typeof stored === 'string' ? stored : '';
  const [text, setDraft] = useDraft(value);
  const commit = (typed: string): void => {
    setDraft(null);
    if (typed.trim() !== value) set(typed.trim() === '' ? undefined : typed.trim());
  };
  return (
    <Row {...row} tag={stored === undefined ? undefined : row.tag}>
      <TextField label={field.label} labelHidden value={text} placeholder={stored === MIXED ? 'Mixed' : typeof field.default === 'string' && field.default !== '' ? field.default : 'none'} onChange={setDraft} onCommit={commit} onCancel={() => setDraft(null)} />
    </Row>
  );
}

function parseList(text: string): readonly number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const figures = parts.map(Number);
  return figures.every((figure) => Number.isFinite(figure) && figure >= 0) ? figures : null;
}

/** A list of numbers such as weights: "3, 2, 1". */
export function ListRow({ entry }: { readonly entry: Entry }): ReactElement {
  const { field } = entry;
  const { stored, set, row } = useEditing(entry);
  const current = stored === undefined ? field.default : stored;
  const value = Array.isArray(current) ? current.join(', ') : '';
  const [text, setDraft] = useDraft(value);
  const [error, setError] = useState<string | null>(null);
  const commit = (typed: string): void => {
    if (typed === value) return;
    const list = parseList(typed);
    setError(list === null ? 'Type numbers of at least 0, with commas between them.' : null);
    if (list === null) return;
    setDraft(null);
    set(list.length === 0 ? undefined : [...list]);
  };
  const cancel = (): void => {
    setDraft(null);
    setError(null);
  };
  return (
    <Row {...row}>
      <TextField label={field.label} labelHidden value={text} placeholder={stored === MIXED ? 'Mixed' : 'none'} error={error} onChange={setDraft} onCommit={commit} onCancel={cancel} />
    </Row>
  );
}
