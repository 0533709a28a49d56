import { useId, useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { holdPart, PART_DRAG_TYPE } from '../../document/add-request.ts';
import { suggestPart } from '../../document/parts.ts';
import { classes } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { TextField } from '../../ui/TextField.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { useSession } from '../../document/session.ts';
import { paletteSections, type PaletteItem, type PaletteSection } from './palette-list.ts';
import styles from './PalettePanel.module.css';
import { addItem, rememberItem, usePalette } from './palette-state.ts';

/** The type of a plain box with its own numbers. */
const PLAIN_BOX = 'custom';

/** What a row stands for, and when not to use it. */
function HoverCard({ card }: { readonly card: PaletteItem['card'] }): ReactNode {
  return (
    <span className={styles.card}>
      <strong>{card.title}</strong>
      <span>{card.what}</span>
      <span>{card.whenNot}</span>
    </span>
  );
}

interface RowProps {
  readonly item: PaletteItem;
  readonly id: string;
  readonly active: boolean;
}

function ItemRow({ item, id, active }: RowProps): ReactElement {
  const { dragging, setDragging } = usePalette();
  const onDragStart = (event: DragEvent<HTMLElement>): void => {
    event.dataTransfer.setData(...item.drag);
    event.dataTransfer.setData('text/plain', item.title);
    event.dataTransfer.effectAllowed = 'copy';
    setDragging(true);
    const [type, part] = item.drag;
    holdPart(type === PART_DRAG_TYPE ? part : null);
  };
  const onDragEnd = (event: DragEvent<HTMLElement>): void => {
    setDragging(false);
    holdPart(null);
    // not sooner: the rows would move away from under the hand
    if (event.dataTransfer.dropEffect !== 'none') rememberItem(item.id);
  };
  return (
    <Tooltip content={<HoverCard card={item.card} />} side="right" disabled={dragging}>
      <button type="button" id={id} className={classes(styles.row, active && styles.active)} tabIndex={active ? 0 : -1} draggable data-part={item.id} onClick={() => addItem(item.id)} onDragStart={onDragStart} onDragEnd={onDragEnd}>
        <Glyph path={item.icon} size={20} className={styles.glyph} />
        <span className={styles.words}>
          <span className={styles.title}>{item.title}</span>
          {item.aside !== null && <span className={styles.figure}>{item.aside}</span>}
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
function useWalk(sections: readonly PaletteSection[], idOf: (section: PaletteSection, item: PaletteItem) => string) {
  const [active, setActive] = useState(0);
  const rows = useMemo(() => sections.flatMap((section) => section.items.map((item) => ({ item, id: idOf(section, item) }))), [sections, idOf]);
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
  const { text, setText } = usePalette();
  const recent = useSession((state) => state.recentParts);
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const sections = useMemo(() => paletteSections(text, recent), [text, recent]);
  const idOf = useMemo(() => (section: PaletteSection, item: PaletteItem) => `${base}-${section.title}-${item.id}`, [base]);
  const walk = useWalk(sections, idOf);
  const change = (next: string): void => {
    setText(next);
    walk.reset();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (walk.active) addItem(walk.active.item.id);
    else if (text.trim() !== '') addItem(PLAIN_BOX, text.trim());
  };
  return (
    <section className={styles.panel} aria-label="Parts" onKeyDown={walk.move}>
      <div className={styles.search}>
        <TextField label="Add or search" labelHidden regionFocus type="search" icon={GLYPHS.search} placeholder="Add or search" value={text} onChange={change} onKeyDown={onKeyDown} onCancel={() => change('')} />
      </div>
      <div ref={list} className={styles.list}>
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title} data-category={section.category ?? undefined}>
            {text.trim() === '' && <h3 className={styles.heading}>{section.title}</h3>}
            {section.items.map((item) => (
              <ItemRow key={item.id} item={item} id={idOf(section, item)} active={walk.active?.id === idOf(section, item)} />
            ))}
          </div>
        ))}
        {walk.rows.length === 0 && text.trim() !== '' && <NoHit text={text} />}
      </div>
    </section>
  );
}
