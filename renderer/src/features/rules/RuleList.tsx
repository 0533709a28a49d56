import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { GLYPHS } from '../../ui/glyphs.ts';
import { TextField } from '../../ui/TextField.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { ruleGroups } from './rule-list.ts';
import styles from './Rules.module.css';

interface RuleListProps {
  /** Id of the rule whose page is open. */
  readonly selected: string | null;
  readonly onRule: (id: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

const buttonsIn = (list: HTMLElement): HTMLButtonElement[] => [...list.querySelectorAll('button')];

/** Arrows, Home and End walk; above the first rule is the field. */
function walk(event: KeyboardEvent<HTMLElement>, field: HTMLInputElement | null): void {
  const buttons = buttonsIn(event.currentTarget);
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (to < 0) field?.focus();
  else buttons[Math.min(to, buttons.length - 1)]?.focus();
}

/** All rules by axis, with a search. One Tab stop; the open page is marked. */
export function RuleList({ selected, onRule, field }: RuleListProps): ReactElement {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const groups = ruleGroups(search);
  const found = groups.flatMap(({ rules }) => rules);
  const stop = found.find(({ id }) => id === selected)?.id ?? found[0]?.id;
  const onField = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return;
    event.preventDefault();
    if (event.key === 'Enter' && found[0]) onRule(found[0].id);
    else if (event.key === 'ArrowDown') event.currentTarget.closest('nav')?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
  };
  return (
    <nav className={styles.side} aria-label="All rules">
      <TextField label="Find a rule" labelHidden type="search" placeholder="Find a rule" icon={GLYPHS.search} value={search} onChange={setSearch} onKeyDown={onField} inputRef={field as RefObject<HTMLInputElement | HTMLTextAreaElement | null>} />
      <div ref={list} className={styles.list} onKeyDown={(event) => walk(event, field.current)}>
        {groups.map(({ axis, title, rules }) => (
          <div key={axis} role="group" aria-label={title}>
            <h3 className={styles.groupTitle}>{title}<span className={styles.count}>{rules.length}</span></h3>
            <ul className={styles.rules}>
              {rules.map(({ id, meta }) => (
                <li key={id}>
                  <button type="button" className={styles.rule} tabIndex={id === stop ? 0 : -1} aria-current={id === selected ? 'page' : undefined} onClick={() => onRule(id)}>{meta.title}</button>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {found.length === 0 && <p className={styles.quiet}>{`No rule is about "${search.trim()}". Try another word.`}</p>}
      </div>
      <VisuallyHidden live="polite">{search.trim() === '' ? '' : `${found.length} found`}</VisuallyHidden>
    </nav>
  );
}
