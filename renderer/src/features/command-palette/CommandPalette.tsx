import { Dialog as Base } from '@base-ui/react/dialog';
import { useEffect, useId, useMemo, useRef, useState, type ChangeEvent, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { useSession } from '../../document/session.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './CommandPalette.module.css';
import { paletteEntries, RULES_GROUP, SCENARIOS_GROUP, type PaletteEntry } from './entries.ts';
import { LATELY_USED, latelyUsedFirst, markUsed } from './lately-used.ts';
import { PaletteList } from './PaletteList.tsx';
import { rank } from './rank.ts';

/** Lines that PageUp and PageDown pass. */
const PAGE = 8;

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

/** Where a key moves the choice: single steps go round, pages stop at the ends. */
function moved(key: string, active: number, count: number): number | null {
  const step = STEPS[key];
  if (step === undefined || count === 0) return null;
  return Math.abs(step) === 1 ? (active + step + count) % count : Math.min(count - 1, Math.max(0, active + step));
}

/** What is listed for the words in the field. The list is taken when the palette opens. */
function useFound(query: string): readonly PaletteEntry[] {
  const [all] = useState(paletteEntries);
  const used = useSession((state) => state.recentCommands);
  return useMemo(() => {
    const ordered = latelyUsedFirst(all, used);
    if (query.trim() !== '') return rank(query, ordered);
    return ordered.filter(({ id, group }) => (group !== RULES_GROUP && group !== SCENARIOS_GROUP) || used.includes(id)).map((entry) => (used.includes(entry.id) ? { ...entry, group: LATELY_USED } : entry));
  }, [all, used, query]);
}

interface FinderProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onRun: (entry: PaletteEntry) => void;
  readonly onClose: () => void;
}

/** The field and the list under it. Made anew each time the palette opens. */
function Finder({ field, onRun, onClose }: FinderProps): ReactElement {
  const list = useId();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const entries = useFound(query);
  const empty = query.trim() === '';
  const current = entries[active];
  const run = (entry: PaletteEntry): void => {
    if (entry.disabledReason === null) onRun(entry);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const to = event.ctrlKey || event.metaKey || event.altKey ? null : moved(event.key, active, entries.length);
    const closes = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (to === null && event.key !== 'Enter' && !closes) return;
    event.preventDefault();
    if (closes) onClose();
    else if (to !== null) setActive(to);
    else if (current) run(current);
  };
  const onChange = (event: ChangeEvent<HTMLInputElement>): void => {
    setQuery(event.currentTarget.value);
    setActive(0);
  };
  return (
    <>
      <div className={styles.field}>
        <Glyph path={GLYPHS.search} size={16} />
        <input
          ref={field}
          className={styles.input}
          role="combobox"
          aria-label="Commands"
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={current === undefined ? undefined : `${list}-${active}`}
          placeholder="Find a command, a drawing or a component"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={onChange}
          onKeyDown={onKeyDown}
        />
      </div>
      <PaletteList id={list} entries={entries} grouped={empty} active={active} onPoint={setActive} onRun={run} />
      {entries.length === 0 && <p className={styles.none}>{`Nothing is called "${query.trim()}". Try another word.`}</p>}
      <VisuallyHidden live="polite">{empty ? '' : `${entries.length} found`}</VisuallyHidden>
    </>
  );
}

/** Where the focus was when the palette opened. */
function focused(): HTMLElement | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
}

/** Every command, document and component, found by typing. The focus goes back to where it was, then the choice runs. */
export function CommandPalette(): ReactElement {
  const open = useSession((state) => state.palette);
  const field = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const chosen = useRef<PaletteEntry | null>(null);
  useEffect(
    () =>
      useSession.subscribe((state, before) => {
        if (state.palette && !before.palette) opener.current = focused();
      }),
    [],
  );
  const close = (): void => useSession.getState().set({ palette: false });
  const choose = (entry: PaletteEntry): void => {
    chosen.current = entry;
    close();
  };
  const afterwards = (): void => {
    const entry = chosen.current;
    chosen.current = null;
    if (entry === null) return;
    markUsed(entry.id);
    entry.run();
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && close()} onOpenChangeComplete={(next) => !next && afterwards()}>
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={styles.popup} aria-label="Commands" initialFocus={field} finalFocus={() => (opener.current?.isConnected === true ? opener.current : true)}>
          <Finder field={field} onRun={choose} onClose={close} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
