import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent, type MouseEvent, type ReactElement, type RefObject } from 'react';
import { findingMarks, type FindingMark } from '../../../../shared/drawing/finding-marks.ts';
import { contextEntries, contextTitle } from '../../document/commands/context-menu.ts';
import { edgeName } from '../../document/edge-name.ts';
import { useConnectMode } from '../../document/connect-mode.ts';
import { useSession } from '../../document/session.ts';
import { activeDocument, useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { interfaceScale, onWindowSize } from '../../ui/interface-size.ts';
import { ContextMenu } from '../../ui/Menu.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { actOn, aimAt, connectFrom, letGo, runOn, selectRow, takeInHand } from './outline-actions.ts';
import { useOutline } from './outline-state.ts';
import { outlineRows, treeStep, typedLine, type OutlineRow, type OutlineView } from './outline-tree.ts';
import { OutlineLine } from './OutlineLine.tsx';
import styles from './OutlinePanel.module.css';

const ROW_HEIGHT = 28;

/** Up to so many lines are all kept in the page; beyond them only those in view. */
const ALL_KEPT = 200;

/** Letters typed within this time belong together, milliseconds. */
const TYPING_MS = 700;

const NO_MARKS: ReadonlyMap<string, FindingMark> = new Map();

const VIEWS: readonly { readonly value: OutlineView; readonly label: string }[] = [
  { value: 'boundary', label: 'By boundary' },
  { value: 'journey', label: 'By journey' },
];

function useRows(): readonly OutlineRow[] {
  const design = useDesign((current) => current);
  const base = useEvaluation((state) => state.base);
  const { view, closed } = useOutline();
  return useMemo(() => outlineRows(design, base, view, closed), [design, base, view, closed]);
}

/** The line that stands for what is selected; null when none does. */
function selectedLine(rows: readonly OutlineRow[]): number | null {
  const { selection } = useSession.getState();
  const at = rows.findIndex((row) => row.kind !== 'journey' && selection[row.kind].includes(row.id));
  return at < 0 ? null : at;
}

/** The line that keys stand on: it follows the selection of the canvas, and stays near where a removed one stood. */
function useActive(rows: readonly OutlineRow[]): { readonly at: number; readonly go: (index: number) => void } {
  const [key, setKey] = useState<string | null>(null);
  const place = useRef(0);
  const found = key === null ? -1 : rows.findIndex((row) => row.key === key);
  const at = found >= 0 ? found : Math.max(0, Math.min(place.current, rows.length - 1));
  useEffect(() => void (place.current = at), [at]);
  const go = useCallback((index: number) => setKey(rows[index]?.key ?? null), [rows]);
  useEffect(() => {
    const follow = (): void => {
      const index = selectedLine(rows);
      if (index !== null) setKey(rows[index]?.key ?? null);
    };
    return useSession.subscribe((state, before) => void (state.selection !== before.selection && follow()));
  }, [rows]);
  useEffect(() => {
    const index = selectedLine(rows);
    if (index !== null) setKey((now) => now ?? rows[index]?.key ?? null);
  }, [rows]);
  return { at, go };
}

/** First letters lead to a name. */
function useTyping(rows: readonly OutlineRow[], at: number, go: (index: number) => void): (letter: string) => void {
  const typed = useRef({ text: '', at: 0 });
  return (letter) => {
    const now = performance.now();
    const text = now - typed.current.at < TYPING_MS ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    const found = typedLine(rows, at, text);
    if (found !== null) go(found);
  };
}

/** What a key without meaning for the place in the tree does to its line. */
function act(event: KeyboardEvent, row: OutlineRow, openMenu: () => void): boolean {
  const { key } = event;
  if (key === 'Enter' && event.altKey) runOn(row, 'edit.properties');
  else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) openMenu();
  else if (event.altKey || event.ctrlKey || event.metaKey) return false;
  else if (key === 'Enter') actOn(row);
  else if (key === ' ') selectRow(row, true);
  else if (key === 'F2') runOn(row, 'edit.rename');
  else if (key === 'Delete' || key === 'Backspace') runOn(row, 'edit.delete');
  else return key === 'Escape' && letGo();
  return true;
}

type Place = { readonly x: number; readonly y: number };

/** Keys of the tree, and where its context menu is open. */
function useTree(rows: readonly OutlineRow[], base: string) {
  const { at, go } = useActive(rows);
  const fold = useOutline((state) => state.fold);
  const type = useTyping(rows, at, go);
  const [menu, setMenu] = useState<Place | null>(null);
  const connecting = useConnectMode((state) => state.from !== null);
  useEffect(() => {
    if (connecting && document.activeElement?.closest('[data-outline]') != null) aimAt(rows[at]);
  }, [connecting, rows, at]);
  const openMenu = (row: OutlineRow): void => {
    takeInHand(row);
    const box = document.getElementById(`${base}-${row.key}`)?.getBoundingClientRect();
    setMenu({ x: (box?.left ?? 0) + 32, y: box?.bottom ?? 0 });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (!row || event.nativeEvent.isComposing) return;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const step = plain ? treeStep(rows, at, event.key) : null;
    if (step && 'to' in step) go(step.to);
    else if (step) fold(row.key, !step.open);
    else if (plain && event.key.length === 1 && event.key !== ' ') type(event.key);
    else if (!act(event, row, () => openMenu(row))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { at, go, fold, menu, setMenu, onKeyDown };
}

/** Lines in view, and the one that keys stand on, which must exist for its name to be spoken. */
function useWindow(rows: readonly OutlineRow[], scroll: RefObject<HTMLDivElement | null>, at: number) {
  const scale = useSyncExternalStore(onWindowSize, interfaceScale);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_HEIGHT * scale, overscan: rows.length <= ALL_KEPT ? ALL_KEPT : 12, getItemKey: (index) => rows[index]?.key ?? index });
  useEffect(() => virtual.measure(), [scale, virtual]);
  useEffect(() => {
    if (rows.length > 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, rows.length, virtual]);
  return virtual;
}

function RowMenu({ at, row, onClose }: { readonly at: Place; readonly row: OutlineRow; readonly onClose: () => void }): ReactElement {
  const design = activeDocument()?.design;
  const replaced = { 'insert.connect': () => connectFrom(row), ...(row.kind === 'journey' ? {} : { 'edit.rename': () => runOn(row, 'edit.rename') }) };
  const items = contextEntries(replaced).map((item) => (item.kind === undefined && item.id === 'insert.connect' ? { ...item, label: 'Connect to…' } : item));
  return <ContextMenu at={at} label={contextTitle((id) => design?.nodes[id]?.name ?? design?.boundaries[id]?.name ?? (design?.edges[id] ? edgeName(design, id) : undefined))} items={items} onClose={onClose} />;
}

function Tree({ rows }: { readonly rows: readonly OutlineRow[] }): ReactElement {
  const base = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const tree = useTree(rows, base);
  const virtual = useWindow(rows, scroll, tree.at);
  const plain = useSession((state) => state.mode === 'whiteboard');
  const current = useEvaluation((state) => state.current);
  const marks = useMemo(() => (plain ? NO_MARKS : findingMarks(current)), [plain, current]);
  const active = rows[tree.at];
  const { go, fold } = tree;
  const onFold = useCallback((row: OutlineRow) => fold(row.key, row.expanded), [fold]);
  const onPress = useCallback((event: MouseEvent, row: OutlineRow) => {
    go(rows.indexOf(row));
    if (event.ctrlKey || event.metaKey || event.shiftKey) selectRow(row, true);
    else actOn(row);
  }, [go, rows]);
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const key = (event.target as Element).closest('[data-key]')?.getAttribute('data-key');
    const row = rows.find((one) => one.key === key);
    if (!row || tree.menu) return;
    go(rows.indexOf(row));
    takeInHand(row);
    tree.setMenu({ x: event.clientX, y: event.clientY });
  };
  return (
    <>
      <div ref={scroll} role="tree" aria-label="Outline" aria-multiselectable tabIndex={0} data-outline data-region-focus data-flat={!rows.some((row) => row.expandable) || undefined} className={styles.tree} aria-activedescendant={active && `${base}-${active.key}`} onKeyDown={tree.onKeyDown} onContextMenu={onContextMenu}>
        <div role="none" className={styles.lines} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row && <OutlineLine key={row.key} row={row} id={`${base}-${row.key}`} top={item.start} active={item.index === tree.at} mark={row.kind === 'node' ? marks.get(row.id) : undefined} onPress={onPress} onFold={onFold} />;
          })}
        </div>
      </div>
      {tree.menu && active && <RowMenu at={tree.menu} row={active} onClose={() => { tree.setMenu(null); scroll.current?.focus({ preventScroll: true }); }} />}
    </>
  );
}

function Nothing({ view }: { readonly view: OutlineView }): ReactElement {
  if (view === 'journey') return <EmptyState title="No journeys.">Each arrow that leaves a client counts as one until you name your own.</EmptyState>;
  return <EmptyState title="Nothing is drawn yet.">What you draw is listed here, boundary by boundary.</EmptyState>;
}

/** The drawing as a tree, by boundary or by journey; what is selected here is selected on the canvas, and the other way round. */
export function OutlinePanel(): ReactElement {
  const rows = useRows();
  const view = useOutline((state) => state.view);
  return (
    <section className={styles.panel} aria-label="Outline">
      <div className={styles.head}>
        <SegmentedControl label="List" value={view} options={VIEWS} onChange={(next) => useOutline.getState().show(next)} />
      </div>
      {rows.length === 0 ? <Nothing view={view} /> : <Tree rows={rows} />}
    </section>
  );
}
