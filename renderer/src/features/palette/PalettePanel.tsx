import { useId, useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { PART_DRAG_TYPE } from '../../document/add-request.ts';
import { suggestPart, type Part } from '../../document/parts.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { TextField } from '../../ui/TextField.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { keyFigure, paletteSections, type PaletteSection } from './palette-list.ts';
import styles from './PalettePanel.module.css';
import { usePalette } from './palette-state.ts';

/** The type of a plain box with its own numbers. */
const PLAIN_BOX = 'custom';

/** What a part is, and when not to use it. */
function HoverCard({ part }: { readonly part: Part }): ReactNode {
  const { docs, title } = part.component;
  return (
    <span className={styles.card}>
      <strong>{part.preset === null ? title : `${part.title}, ${title}`}</strong>
      <span>{docs.what}</span>
      <span>{docs.whenNot}</span>
    </span>
  );
}

interface RowProps {
  readonly part: Part;
  readonly id: string;
  readonly active: boolean;
  readonly onAdd: (id: string) => void;
}

function PartRow({ part, id, active, onAdd }: RowProps): ReactElement {
  const remember = usePalette((state) => state.remember);
  const figure = keyFigure(part);
  const onDragStart = (event: DragEvent<HTMLElement>): void => {
    event.dataTransfer.setData(PART_DRAG_TYPE, part.id);
    event.dataTransfer.setData('text/plain', part.title);
    event.dataTransfer.effectAllowed = 'copy';
    remember(part.id);
  };
  return (
    <Tooltip content={<HoverCard part={part} />} side="right">
      <button type="button" id={id} className={classes(styles.row, active && styles.active)} tabIndex={active ? 0 : -1} draggable data-part={part.id} onClick={() => onAdd(part.id)} onDragStart={onDragStart}>
        <Glyph path={part.component.icon} size={20} className={styles.glyph} />
        <span className={styles.words}>
          <span className={styles.title}>{part.title}</span>
          <span className={styles.figure}>{part.detail ?? figure}</span>
        </span>
      </button>
    </Tooltip>
  );
}

function NoHit({ text }: { readonly text: string }): ReactElement {
  const near = suggestPart(text);
  const setText = usePalette((state) => state.setText);
  return (
    <EmptyState
      title={`No part called "${text.trim()}".`}
      action={
        near && (
          <button type="button" className={styles.suggestion} onClick={() => setText(near.title)}>
            {`Did you mean ${near.title}?`}
          </button>
        )
      }
    >
      {`Enter adds a plain box named "${text.trim()}".`}
    </EmptyState>
  );
}

/** Arrows walk the rows from the field and back; the row that Enter adds is marked. */
function useWalk(sections: readonly PaletteSection[], idOf: (section: PaletteSection, part: Part) => string) {
  const [active, setActive] = useState(0);
  const rows = useMemo(() => sections.flatMap((section) => section.parts.map((part) => ({ part, id: idOf(section, part) }))), [sections, idOf]);
  const at = Math.min(active, Math.max(0, rows.length - 1));
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const inRows = event.target instanceof HTMLElement && event.target.dataset['part'] !== undefined;
    const step = event.key === 'ArrowDown' ? (inRows ? 1 : 0) : event.key === 'ArrowUp' && inRows ? -1 : null;
    if (step === null || rows.length === 0) return;
    event.preventDefault();
    const next = inRows ? at + step : at;
    const row = rows[next];
    if (row) {
      setActive(next);
      document.getElementById(row.id)?.focus();
    } else if (next < 0) event.currentTarget.querySelector('input')?.focus();
  };
  return { rows, active: rows[at] ?? null, move, reset: () => setActive(0) };
}

/** Parts to add: a search that knows vendor names, the last four, and the categories. */
export function PalettePanel(): ReactElement {
  const { text, recent, setText, add } = usePalette();
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const sections = useMemo(() => paletteSections(text, recent), [text, recent]);
  const idOf = useMemo(() => (section: PaletteSection, part: Part) => `${base}-${section.title}-${part.id}`, [base]);
  const walk = useWalk(sections, idOf);
  const change = (next: string): void => {
    setText(next);
    walk.reset();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (walk.active) add(walk.active.part.id);
    else if (text.trim() !== '') add(PLAIN_BOX, text.trim());
  };
  return (
    <section className={styles.panel} aria-label="Parts" onKeyDown={walk.move}>
      <div className={styles.search}>
        <TextField label="Add or search" labelHidden type="search" icon={GLYPHS.search} placeholder="Add or search" value={text} onChange={change} onKeyDown={onKeyDown} onCancel={() => change('')} />
      </div>
      <div ref={list} className={styles.list}>
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title}>
            {text.trim() === '' && <h3 className={styles.heading}>{section.title}</h3>}
            {section.parts.map((part) => (
              <PartRow key={part.id} part={part} id={idOf(section, part)} active={walk.active?.id === idOf(section, part)} onAdd={add} />
            ))}
          </div>
        ))}
        {walk.rows.length === 0 && text.trim() !== '' && <NoHit text={text} />}
      </div>
    </section>
  );
}
