import { memo, useEffect, useMemo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { Confidence, Guess } from '../../../../shared/interchange/import-report.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { designPx } from '../../ui/interface-size.ts';
import { cancelImport, useImport, type Ready } from './import-store.ts';
import styles from './ImportTable.module.css';
import { rowKey, standingRows, type ImportRow } from './proposal.ts';
import { choiceOf, optionsFor, valueOf } from './row-options.ts';
import { TICKS } from './words.ts';

/** Id of the field after the last row, where Enter goes from there. */
export const AFTER_ROWS = 'import-peak';

const STOPS = 'tr[data-row] input[role="combobox"], button[data-fold]';

function HowSure({ confidence }: { readonly confidence: Confidence }): ReactElement {
  return (
    <span className={styles.sure}>
      <svg style={{ width: designPx(26), height: designPx(8) }} viewBox="0 0 26 8" aria-hidden="true">
        {[0, 1, 2].map((tick) => (
          <path key={tick} data-on={tick < TICKS[confidence] || undefined} d={`M${tick * 9 + 1} 4.500l2 2 4-5`} />
        ))}
      </svg>
      {confidence}
    </span>
  );
}

interface RowProps {
  readonly row: ImportRow;
  readonly guess: Guess | undefined;
  readonly phase: Ready;
  readonly tabbable: boolean;
}

const RowLine = memo(function RowLine({ row, guess, phase, tabbable }: RowProps): ReactElement {
  const { choose, set } = useImport.getState();
  const choice = phase.choices.get(row.key);
  const { design } = phase.report;
  const { options, search } = useMemo(() => optionsFor(row, design), [design, row]);
  const out = choice?.kind === 'out';
  const because = out ? 'left out by you' : (guess?.because ?? '');
  return (
    <tr data-row={row.key} data-out={out || undefined} data-decided={choice !== undefined || undefined} onFocus={() => set({ active: row.key })}>
      <th scope="row" className={styles.what} title={row.what}>{row.what}</th>
      <td>
        <Combobox
          label={`${row.what} became`}
          value={valueOf(row, guess, choice, design)}
          options={options}
          placeholder="Choose what it is"
          emptyText="No part of this name."
          tabIndex={tabbable ? 0 : -1}
          onChange={(value) => choose(row.key, choiceOf(row, value))}
          {...(search === undefined ? {} : { search })}
        />
      </td>
      <td>{!out && guess && <HowSure confidence={guess.confidence} />}</td>
      <td className={styles.because} title={because}>{because}</td>
    </tr>
  );
});

/** Move the focus among the rows' fields and the fold; past the last row it leaves for the footer. */
function moveFrom(table: HTMLElement, from: Element | null, step: 1 | -1): void {
  const stops = [...table.querySelectorAll<HTMLElement>(STOPS)];
  const next = stops[stops.findIndex((stop) => stop === from) + step];
  if (next) next.focus();
  else if (step === 1) document.getElementById(AFTER_ROWS)?.focus();
}

function isOpen(element: Element | null): boolean {
  return element?.getAttribute('aria-expanded') === 'true' && !element.hasAttribute('data-fold');
}

/** Arrows move while no list is open, Escape leaves then (a field would empty itself); Enter picks from an open list, confirms, and goes on. */
function useRowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    const { key, altKey, ctrlKey, metaKey, nativeEvent, currentTarget: table } = event;
    const field = event.target instanceof Element ? event.target.closest(STOPS) : null;
    if (field === null || nativeEvent.isComposing || altKey || ctrlKey || metaKey) return;
    const row = field.closest('tr')?.getAttribute('data-row') ?? null;
    if ((key === 'ArrowDown' || key === 'ArrowUp') && !isOpen(field)) {
      event.preventDefault();
      event.stopPropagation();
      moveFrom(table, field, key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'Escape' && !isOpen(field)) {
      event.preventDefault();
      event.stopPropagation();
      cancelImport();
    } else if (key === 'Enter' && row !== null) {
      const goOn = (): void => {
        useImport.getState().confirm(row);
        moveFrom(table, field, 1);
      };
      if (!isOpen(field)) {
        event.preventDefault();
        event.stopPropagation();
        goOn();
      } else {
        // the list picks first; it stays open when nothing in it fits
        setTimeout(() => !isOpen(field) && goOn());
      }
    }
  };
}

/** What each thing in the files becomes, least sure first. */
export function ImportTable({ phase }: { readonly phase: Ready }): ReactElement {
  const active = useImport((state) => state.active);
  const sureOpen = useImport((state) => state.sureOpen);
  const table = useRef<HTMLTableElement>(null);
  const onKeyDown = useRowKeys();
  useEffect(() => table.current?.querySelector<HTMLElement>(STOPS)?.focus(), [phase.base]);
  const guesses = useMemo(() => new Map(phase.report.guesses.map((guess) => [rowKey(guess.target), guess])), [phase.report]);
  const rows = standingRows(phase.rows, phase.report, phase.choices);
  const open = rows.filter(({ confidence }) => confidence !== 'sure');
  const sure = rows.filter(({ confidence }) => confidence === 'sure');
  const shown = sureOpen ? rows : open;
  const tabbable = shown.some(({ key }) => key === active) ? active : shown[0]?.key;
  const line = (row: ImportRow): ReactElement => <RowLine key={row.key} row={row} guess={guesses.get(row.key)} phase={phase} tabbable={row.key === tabbable} />;
  return (
    <table ref={table} className={styles.table} aria-label="What each part becomes">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className={styles.becameColumn}>Became</th>
          <th scope="col" className={styles.sureColumn}>How sure</th>
          <th scope="col">Because</th>
        </tr>
      </thead>
      <tbody onKeyDownCapture={onKeyDown}>
        {open.map(line)}
        {sure.length > 0 && (
          <tr>
            <td colSpan={4}>
              <button type="button" className={styles.fold} data-fold aria-expanded={sureOpen} onClick={() => useImport.getState().set({ sureOpen: !sureOpen })}>
                <Glyph path={sureOpen ? GLYPHS.chevronDown : GLYPHS.chevronRight} size={16} />
                {`${sure.length} sure`}
              </button>
            </td>
          </tr>
        )}
        {sureOpen && sure.map(line)}
      </tbody>
    </table>
  );
}
