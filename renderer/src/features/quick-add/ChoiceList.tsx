import { useEffect, useRef, type ReactElement } from 'react';
import type { Choice } from '../../document/typed-path/choices.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import styles from './QuickAdd.module.css';

interface ChoiceListProps {
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly marked: number;
  readonly onChoose: (choice: Choice) => void;
}

/** Id of an option's element. */
export function optionId(list: string, index: number): string {
  return `${list}-${index}`;
}

/** What else the word at the caret may become. */
export function ChoiceList({ id, choices, marked, onChoose }: ChoiceListProps): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => void list.current?.children[marked]?.scrollIntoView({ block: 'nearest' }), [marked]);
  return (
    <ul ref={list} id={id} role="listbox" aria-label="Other meanings" className={styles.choices}>
      {choices.map((choice, index) => (
        <li key={choice.id} id={optionId(id, index)} role="option" aria-selected={index === marked} className={styles.choice} onClick={() => onChoose(choice)}>
          <span className={styles.glyph}>{choice.icon !== null && <Glyph path={choice.icon} size={16} />}</span>
          <span>{choice.label}</span>
          <span className={styles.detail}>{choice.detail}</span>
        </li>
      ))}
    </ul>
  );
}
