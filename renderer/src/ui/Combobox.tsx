import { Combobox as Base } from '@base-ui/react/combobox';
import { useMemo, useState, type ReactElement } from 'react';
import { classes } from './classes.ts';
import styles from './Combobox.module.css';
import { Glyph } from './Glyph.tsx';
import { GLYPHS } from './glyphs.ts';
import popup from './popup.module.css';

/** One entry of a Combobox; keywords are found but not shown. */
export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  readonly keywords?: readonly string[];
  /** SVG path data on a 20 x 20 grid. */
  readonly icon?: string;
  readonly group?: string;
}

interface ComboboxProps {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly ComboboxOption[];
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly emptyText?: string;
  readonly autoFocus?: boolean;
  readonly className?: string;
  /** Values that a typed text finds, best first; without it every word must occur in the label or a keyword. */
  readonly search?: (query: string) => readonly string[];
  /** Out of the Tab order with -1: a composite around it moves the focus. */
  readonly tabIndex?: number;
}

interface OptionGroup {
  readonly value: string;
  readonly items: ComboboxOption[];
}

function groupOptions(options: readonly ComboboxOption[]): OptionGroup[] {
  const groups = new Map<string, ComboboxOption[]>();
  for (const option of options) {
    const name = option.group ?? '';
    const group = groups.get(name);
    if (group) group.push(option);
    else groups.set(name, [option]);
  }
  return [...groups].map(([value, items]) => ({ value, items }));
}

/** Every word of the query begins a word of the label or of a keyword. */
function matches(option: ComboboxOption, query: string): boolean {
  const text = [option.label, option.detail ?? '', ...(option.keywords ?? [])].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Option({ option }: { readonly option: ComboboxOption }): ReactElement {
  return (
    <Base.Item value={option} className={classes(popup.item, styles.item)}>
      <span className={popup.mark}>{option.icon === undefined ? null : <Glyph path={option.icon} size={16} />}</span>
      <span className={popup.text}>{option.label}</span>
      {option.detail !== undefined && <span className={popup.detail}>{option.detail}</span>}
    </Base.Item>
  );
}

/** What the list shows for a typed text when the caller ranks the options; undefined leaves it to the list's own filter. */
function useRanked({ search, options }: ComboboxProps): { readonly items: OptionGroup[] | undefined; readonly setQuery: (query: string) => void } {
  const [query, setQuery] = useState('');
  const items = useMemo(() => {
    if (search === undefined || query === '') return undefined;
    const byValue = new Map(options.map((option) => [option.value, option]));
    const found = search(query).flatMap((value) => byValue.get(value) ?? []);
    return found.length === 0 ? [] : [{ value: '', items: found }];
  }, [options, query, search]);
  return { items, setQuery };
}

/** One of many choices, found by typing. */
export function Combobox(props: ComboboxProps): ReactElement {
  const { label, value, options, onChange, placeholder, emptyText, autoFocus } = props;
  const groups = useMemo(() => groupOptions(options), [options]);
  const ranked = useRanked(props);
  const selected = useMemo(() => options.find((option) => option.value === value) ?? null, [options, value]);
  return (
    <Base.Root
      items={ranked.items ?? groups}
      onInputValueChange={(text, { reason }) => ranked.setQuery(reason === 'input-change' ? text : '')}
      value={selected}
      onValueChange={(next: ComboboxOption | null) => next !== null && next.value !== value && onChange(next.value)}
      isItemEqualToValue={(a: ComboboxOption, b: ComboboxOption) => a.value === b.value}
      filter={ranked.items === undefined ? (option: ComboboxOption, query: string) => matches(option, query) : null}
      autoHighlight
    >
      <Base.InputGroup className={classes(styles.field, props.className)}>
        <Base.Input className={styles.input} aria-label={label} placeholder={placeholder} autoFocus={autoFocus} tabIndex={props.tabIndex} onFocus={(event) => event.currentTarget.select()} />
        <Base.Trigger className={styles.trigger} aria-label={`Show choices of ${label}`} tabIndex={-1}>
          <Glyph path={GLYPHS.chevronDown} size={16} />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner role="region" aria-label={label} className={popup.positioner} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={popup.popup}>
            <Base.Empty className={popup.empty}>{emptyText ?? 'Nothing found.'}</Base.Empty>
            <Base.List className={popup.list}>
              {(group: OptionGroup) => (
                <Base.Group key={group.value} items={group.items}>
                  {group.value !== '' && <Base.GroupLabel className={popup.heading}>{group.value}</Base.GroupLabel>}
                  <Base.Collection>{(option: ComboboxOption) => <Option key={option.value} option={option} />}</Base.Collection>
                </Base.Group>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
