import { useEffect, useRef, useSyncExternalStore, type KeyboardEvent, type ReactElement } from 'react';
import { catalog } from '../../../../catalog/index.ts';
import { IMPORTERS } from '../../../../shared/interchange/importers.ts';
import { chooseAndOpen, newDocument, openRecent, openTemplate } from '../../document/commands/file-open.ts';
import { forgetRecent, useRecents, type RecentDocument } from '../../document/commands/file-recents.ts';
import { chooseAndImport } from '../../document/commands/import-file.ts';
import { runCommand } from '../../document/commands/index.ts';
import { openScenario } from '../../document/commands/open-scenario.ts';
import { placeOf } from '../../document/commands/place.ts';
import { openQuickAdd } from '../../document/typed-path/open.ts';
import { GLYPHS } from '../../ui/glyphs.ts';
import { onWindowSize, windowWidth } from '../../ui/interface-size.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { ExamplePicture } from './ExamplePicture.tsx';
import styles from './StartScreen.module.css';

interface StartRow {
  readonly title: string;
  readonly detail: string;
  readonly icon: string;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** A folder, on the 20 x 20 grid of glyphs. */
const OPEN_ICON = 'M3 5h5l1.5 2H17v8.5H3z';

/** A page with an arrow into it. */
const IMPORT_ICON = 'M8 3h8.5v14H8M3 10h9M9 7l3 3-3 3';

/** A flag to reach. */
const SCENARIO_ICON = 'M5 3v14M5 4h10l-2.5 3 2.5 3H5';

/** A bob on its line. */
const EXAMPLE_ICON = 'M10 2v7M7 9h6l-3 8z';

/** The first template is the one worth looking at. */
const [EXAMPLE] = catalog.templates;

const EXAMPLES: readonly StartRow[] =
  EXAMPLE === undefined ? [] : [{ title: 'Open the example', detail: 'A finished video pipeline, with its load, its findings and its cost', icon: EXAMPLE_ICON, run: () => void openTemplate(EXAMPLE) }];

/** Mark of the moment from which the start screen answers keys and presses. */
const USABLE = 'start-screen';

/** From this width there is room for the example beside the column. */
const WIDE = 1200;

const ROWS: readonly StartRow[] = [
  { title: 'Draw', detail: 'Start with an empty sheet', icon: GLYPHS.whiteboard, shortcut: 'Mod+N', run: () => void newDocument() },
  { title: 'Open a scenario', detail: 'Draw against the targets of an interview task', icon: SCENARIO_ICON, run: () => openScenario() },
  { title: 'Open a file', detail: 'Choose a .plumb drawing, or drop one anywhere', icon: OPEN_ICON, shortcut: 'Mod+O', run: () => void chooseAndOpen() },
  { title: 'Import a file', detail: `Choose ${IMPORTERS.map(({ title }) => title).join(' or ')} files, or drop them anywhere`, icon: IMPORT_ICON, shortcut: 'Mod+Shift+O', run: () => void chooseAndImport() },
  ...EXAMPLES,
];

/** Moves focus among the rows and recent documents; the ends are ends. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.target instanceof HTMLInputElement) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button[data-choice]')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** A letter or digit begins a drawing, and lands in its typed path. A question mark asks for the keys, as on the canvas. */
function useLetters(): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      const place = placeOf(event.target);
      const typed = /^[\p{L}\p{N}]$/u.test(event.key) || event.key === 'Process' || event.key === 'Dead';
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || place === null || place.field) return;
      if (event.key === '?') {
        event.preventDefault();
        runCommand('help.shortcuts');
      }
      if (!typed) return;
      newDocument();
      openQuickAdd();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function Recent({ recent }: { readonly recent: RecentDocument }): ReactElement {
  return (
    <li className={styles.recent}>
      <button type="button" data-choice="" className={styles.recentButton} onClick={() => void openRecent(recent)}>
        <span className={styles.recentTitle}>{recent.title}</span>
        <span className={styles.recentWhere}>{recent.where}</span>
      </button>
      <IconButton
        label={recent.place === 'file' ? `Take ${recent.title} off the list` : `Remove ${recent.title} from this browser`}
        icon={GLYPHS.close}
        onClick={() => void forgetRecent(recent)}
      />
    </li>
  );
}

/** What the window shows while no document is open: ways to begin, and recent documents. */
export function StartScreen(): ReactElement {
  const recents = useRecents((state) => state.entries);
  const storage = useRecents((state) => state.storage);
  const wide = useSyncExternalStore(onWindowSize, () => windowWidth() >= WIDE);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    first.current?.focus();
    performance.mark(USABLE);
  }, []);
  useLetters();
  return (
    <div className={styles.screen} onKeyDown={moveFocus}>
      <div className={styles.column}>
        <h1 className={styles.title}>Draw a system. Load it. See what breaks.</h1>
        <div className={styles.rows}>
          {ROWS.map((row, index) => (
            <button key={row.title} ref={index === 0 ? first : undefined} type="button" data-choice="" className={styles.row} onClick={row.run}>
              <Glyph path={row.icon} />
              <span className={styles.words}>
                <span className={styles.rowTitle}>{row.title}</span>
                <span className={styles.detail}>{row.detail}</span>
              </span>
              {row.shortcut !== undefined && <Kbd chord={row.shortcut} />}
            </button>
          ))}
        </div>
        {recents.length > 0 && (
          <section aria-labelledby="recent-drawings">
            <h2 id="recent-drawings" className={styles.heading}>
              Recent drawings
            </h2>
            <ul className={styles.recents}>
              {recents.map((recent) => (
                <Recent key={`${recent.place} ${recent.key}`} recent={recent} />
              ))}
            </ul>
          </section>
        )}
        {storage !== null && <p className={styles.storage}>{storage}</p>}
      </div>
      {wide && EXAMPLE !== undefined && <ExamplePicture template={EXAMPLE} />}
    </div>
  );
}
