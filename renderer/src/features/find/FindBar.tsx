import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { findThings, type Hit } from '../../document/find-things.ts';
import { suggestPart } from '../../document/parts.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { addPlainBox, canAdd, closeFind, nextHit, showHit } from './find-state.ts';
import styles from './FindBar.module.css';

/** Hits that are listed; the rest is counted and walked to all the same. */
const LISTED = 50;

/** Shapes of what has no component's glyph. */
const SHAPES: Readonly<Record<Exclude<Hit['kind'], 'node'>, string>> = {
  boundary: 'M3.5 5.500h13v10h-13zM3.5 8.500h13',
  note: 'M4.5 3.500h8l3 3v10h-11zM12.500 3.500v3h3',
  journey: 'M3.500 14.500c4 0 3-9 6.500-9s2.500 9 6.500 9',
};

function glyphOf(hit: Hit): string {
  return hit.glyph ?? (hit.kind === 'node' ? GLYPHS.plus : SHAPES[hit.kind]);
}

function Row({ hit, id, active, onPress }: { readonly hit: Hit; readonly id: string; readonly active: boolean; readonly onPress: () => void }): ReactElement {
  const detail = hit.where === null ? hit.detail : `${hit.detail}, in ${hit.where}`;
  return (
    <div id={id} role="option" aria-selected={active} className={styles.row} data-active={active || undefined} onPointerDown={(event) => event.preventDefault()} onClick={onPress}>
      <Glyph path={glyphOf(hit)} size={20} className={styles.glyph} />
      <span className={styles.name}>{hit.name}</span>
      <span className={styles.detail}>{detail}</span>
    </div>
  );
}

function NoHit({ text, onSuggest }: { readonly text: string; readonly onSuggest: (text: string) => void }): ReactElement {
  const wanted = text.trim();
  const near = suggestPart(wanted);
  const other = near !== null && near.title.toLowerCase() !== wanted.toLowerCase() ? near : null;
  return (
    <EmptyState
      title={`No part called "${wanted}".`}
      action={other && <button type="button" className={styles.suggestion} onClick={() => onSuggest(other.title)}>{`Did you mean ${other.title}?`}</button>}
    >
      {canAdd() ? `Enter adds a plain box named "${wanted}".` : 'Nothing in this drawing fits.'}
    </EmptyState>
  );
}

function countText(count: number, at: number | null, text: string): string {
  if (text.trim() === '') return '';
  if (count === 0) return 'No hit';
  return at === null ? `${count} ${count === 1 ? 'hit' : 'hits'}` : `${at + 1} of ${count}`;
}

/** The listed row that was reached comes into sight. */
function useInSight(id: string | undefined): void {
  useEffect(() => {
    if (id !== undefined) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [id]);
}

/** Typing looks, Enter and Down go to the next hit, Shift+Enter and Up to the one before, Escape closes. */
function useFinding(text: string) {
  const design = useDesign((current) => current);
  const hits = useMemo(() => findThings(design, text), [design, text]);
  const [at, setAt] = useState<number | null>(null);
  const [opener] = useState(() => (document.activeElement instanceof HTMLElement ? document.activeElement : null));
  const change = (next: string): void => {
    setAt(null);
    useSession.getState().set({ find: next });
  };
  const go = (index: number | null): void => {
    const hit = index === null ? undefined : hits[index];
    if (!hit) return;
    setAt(index);
    showHit(hit);
  };
  const close = (): void => closeFind(opener, at !== null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey) ? 1 : event.key === 'ArrowUp' || event.key === 'Enter' ? -1 : null;
    if (event.key === 'Escape') close();
    else if (!(event.target instanceof HTMLInputElement) || step === null || event.altKey || event.ctrlKey || event.metaKey) return;
    else if (hits.length > 0) go(nextHit(hits.length, at, step));
    else if (event.key === 'Enter' && text.trim() !== '' && canAdd()) addPlainBox(text.trim());
    event.preventDefault();
    event.stopPropagation();
  };
  return { hits, at, change, go, close, onKeyDown };
}

function Field({ text }: { readonly text: string }): ReactElement {
  const base = useId();
  const field = useRef<HTMLInputElement>(null);
  const { hits, at, change, go, close, onKeyDown } = useFinding(text);
  const open = text.trim() !== '';
  const active = at !== null && at < Math.min(hits.length, LISTED) ? `${base}-${at}` : undefined;
  useInSight(active);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <div role="search" className={styles.bar} aria-label="Find on canvas" onKeyDown={onKeyDown}>
      <div className={styles.field}>
        <Glyph path={GLYPHS.search} size={16} className={styles.icon} />
        <input
          ref={field}
          data-find
          className={styles.input}
          type="text"
          role="combobox"
          aria-label="Find on canvas"
          aria-expanded={open && hits.length > 0}
          aria-controls={`${base}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active}
          autoComplete="off"
          spellCheck={false}
          placeholder="Find on canvas"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
        <span className={styles.count}>{countText(hits.length, at, text)}</span>
        <IconButton label="Close" icon={GLYPHS.close} onClick={close} />
      </div>
      <VisuallyHidden live="polite">{countText(hits.length, at, text)}</VisuallyHidden>
      <div id={`${base}-list`} role="listbox" aria-label="Hits" className={styles.list} hidden={!open || hits.length === 0}>
        {hits.slice(0, LISTED).map((hit, index) => <Row key={`${hit.kind} ${hit.id}`} id={`${base}-${index}`} hit={hit} active={index === at} onPress={() => go(index)} />)}
      </div>
      {open && hits.length > LISTED && <p className={styles.more}>{`${hits.length - LISTED} more`}</p>}
      {open && hits.length === 0 && <NoHit text={text} onSuggest={(next) => { change(next); field.current?.focus(); }} />}
    </div>
  );
}

/** Looks for things on the canvas: hits keep their strength, Enter and Shift+Enter go from one to the next. */
export function FindBar(): ReactElement | null {
  const text = useSession((state) => state.find);
  return text === null ? null : <Field text={text} />;
}
