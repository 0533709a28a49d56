import { memo, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import { endsText, RANGED, rangeText } from '../../../../shared/drawing/range-figures.ts';
import { formatFixedMultiple, formatMultiple, formatRate, speakRate } from '../../../../shared/lib/format.ts';
import { likely } from '../../../../shared/model/quantity.ts';
import { setWorkload } from '../../document/edits/set.ts';
import { useDesign, useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { hasWorkload, MAX_MULTIPLE, MIN_MULTIPLE, positionOf } from '../../evaluation/load-scale.ts';
import { classes } from '../../ui/classes.ts';
import { GLYPHS } from '../../ui/glyphs.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { designPx } from '../../ui/interface-size.ts';
import { TextField } from '../../ui/TextField.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { breaksOf } from './breaks.ts';
import { LABELLED, layoutMarks } from './dial-layout.ts';
import { parseMultiple, parseRate } from '../../evaluation/load-entry.ts';
import { HeatStrip } from './HeatStrip.tsx';
import styles from './LoadDial.module.css';
import { MarkList, Marks, usePointed } from './Marks.tsx';
import { useReadout } from './use-readout.ts';
import { useSaturations } from './use-saturations.ts';
import { useDial } from './use-dial.ts';
import { boxWidth, useWidth } from './use-width.ts';

const TICKS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100] as const;

function percent(multiple: number): string {
  return `${positionOf(multiple) * 100}%`;
}

/** Log ruler from 1x to 100x. */
const Ruler = memo(function Ruler(): ReactElement {
  return (
    <div className={styles.ticks} aria-hidden="true">
      {TICKS.map((tick) => {
        const labelled = LABELLED.some((value) => value === tick);
        return (
          <span key={tick} className={classes(styles.tick, labelled && styles.major)} style={{ left: percent(tick) }}>
            {labelled && <span className={styles.tickLabel}>{`${tick}x`}</span>}
          </span>
        );
      })}
    </div>
  );
});

/** The brass bob on its line from the window's upper edge. */
function Bob({ multiple }: { readonly multiple: number }): ReactElement {
  return (
    <svg className={styles.bob} style={{ left: percent(multiple), width: designPx(16), height: designPx(40) }} viewBox="0 0 16 40" data-testid="dial-bob" aria-hidden="true">
      <path d="M8 0V22" className={styles.line} />
      <path d="M5.5 20h5M3 23.5h10v5L8 37 3 28.5z" className={styles.weight} />
    </svg>
  );
}

function useValueText(multiple: number, rps: number): string {
  const known = useEvaluation((state) => state.base !== null || state.sweep !== null);
  const breaks = useEvaluation(breaksOf);
  const nodes = useDesign((design) => design.nodes);
  const range = useRangesAt(multiple)?.first_break;
  const now = `${formatMultiple(multiple).replace('x', ' times')}, ${speakRate(rps)}`;
  if (!known) return now;
  const first = breaks.reduce<(typeof breaks)[number] | null>((least, point) => (least === null || point.multiple < least.multiple ? point : least), null);
  if (first === null || first.multiple > MAX_MULTIPLE) return `${now}; holds to 100 times`;
  const place = `${formatMultiple(first.multiple).replace('x', ' times')}`;
  const spread = range && endsText(range, RANGED.multiple);
  return `${now}; first break at ${spread ? `${spread.replaceAll('x', '')} times` : place}, ${nodes[first.node]?.name ?? 'a removed part'}`;
}

interface EntryProps {
  readonly first: string;
  readonly baseRps: number;
  readonly onSet: (multiple: number) => void;
  readonly onClose: () => void;
}

/** Entry over the readout: a multiple or a rate. */
function Entry({ first, baseRps, onSet, onClose }: EntryProps): ReactElement {
  const [text, setText] = useState(first);
  const [error, setError] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const parsed = parseMultiple(text, baseRps);
    if (!parsed.ok) return setError(parsed.error);
    onSet(parsed.value);
    onClose();
  };
  return (
    <div className={styles.entry} onBlur={onClose}>
      <TextField label="Load" labelHidden autoFocus value={text} error={error} onChange={setText} onKeyDown={onKeyDown} onCancel={onClose} />
    </div>
  );
}

/** No load yet: the words, and a field that takes "2000" and Enter. */
function PeakRateField(): ReactElement {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const parsed = parseRate(text);
    if (!parsed.ok) return setError(parsed.error);
    useWorkspace.getState().commit('Set peak rate', (draft) => setWorkload(draft, 'peak_rps', parsed.value));
  };
  return (
    <div className={styles.noLoad}>
      <span>Set a peak rate to load this drawing</span>
      <TextField className={styles.peak} label="Peak rate, requests per second" labelHidden placeholder="2000 rps" value={text} error={error} onChange={setText} onKeyDown={onKeyDown} onCancel={() => setText('')} />
    </div>
  );
}

interface ScaleProps {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly ruler: RefObject<HTMLDivElement | null>;
  readonly dial: ReturnType<typeof useDial>;
  readonly rps: number;
}

function Scale({ area, ruler, dial, rps }: ScaleProps): ReactElement {
  const list = useId();
  const multiple = useEvaluation((state) => state.multiple);
  const sweep = useEvaluation((state) => state.sweep);
  const known = useEvaluation((state) => state.base !== null || state.sweep !== null);
  const breaks = useEvaluation(breaksOf);
  const width = useWidth(ruler, boxWidth);
  const marks = useMemo(() => layoutMarks(breaks, width), [breaks, width]);
  const [pointed, point] = usePointed(marks);
  const valueText = useValueText(multiple, rps * multiple);
  const setHere = (at: number): void => {
    dial.show(at);
    area.current?.focus();
  };
  return (
    <>
      <div
        ref={area}
        className={styles.area}
        role="slider"
        tabIndex={0}
        aria-label="Load"
        aria-orientation="horizontal"
        aria-valuemin={MIN_MULTIPLE}
        aria-valuemax={MAX_MULTIPLE}
        aria-valuenow={Number(multiple.toPrecision(3))}
        aria-valuetext={valueText}
        aria-describedby={marks.length > 0 ? list : undefined}
        data-testid="load-dial"
        {...dial.pointer}
        {...dial.keys}
      >
        <div ref={ruler} className={styles.ruler}>
          <HeatStrip sweep={sweep} broken={marks[0]?.x ?? null} width={width} />
          <Ruler />
          {known && <Marks marks={marks} width={width} pointed={pointed} onPoint={point} />}
          <Bob multiple={multiple} />
        </div>
      </div>
      {marks.length > 0 && <MarkList id={list} marks={marks} onPoint={point} onSet={setHere} />}
    </>
  );
}

function PinButton(): ReactElement {
  const pinned = useEvaluation((state) => state.pinned);
  const set = useEvaluation((state) => state.set);
  return (
    <IconButton
      label={pinned ? 'Return to 1x on release' : 'Hold the load on release'}
      icon={pinned ? GLYPHS.pin : GLYPHS.pinOff}
      onClick={() => set({ pinned: !pinned })}
    />
  );
}

/** The rate under the multiple; where it is uncertain to the digits that are known, from end to end in its tooltip. */
function RateReadout({ covered, rps, multiple }: { readonly covered: boolean; readonly rps: number; readonly multiple: number }): ReactElement {
  const ends = useRangesAt(multiple)?.total_rps;
  const text = ends && rangeText(ends, RANGED.rate);
  return (
    <Tooltip content={text && ends ? `${endsText(ends, RANGED.rate)}, likely ${text.figure}` : null} side="bottom">
      <span className={classes(styles.rate, covered && styles.covered)} aria-label={text ? `${text.figure}, ${text.ends}` : undefined}>{text ? text.figure : formatRate(rps)}</span>
    </Tooltip>
  );
}

function LoadedDial(): ReactElement {
  const area = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const [entry, setEntry] = useState<string | null>(null);
  const dial = useDial(ruler, area, setEntry);
  const peak = useDesign((design) => likely(design.workload.peak_rps ?? 0));
  const rps = useEvaluation((state) => state.base?.total_rps ?? (state.current ? state.current.total_rps / state.current.multiple : peak));
  const shown = useReadout(dial.dragging);
  const announced = useSaturations();
  const close = (): void => {
    setEntry(null);
    area.current?.focus();
  };
  return (
    <div className={styles.dial} role="group" aria-label="Load dial">
      <div className={styles.readout}>
        <span className={classes(styles.multiple, entry !== null && styles.covered)}>{formatFixedMultiple(shown)}</span>
        <RateReadout covered={entry !== null} rps={rps * shown} multiple={shown} />
        {entry !== null && <Entry first={entry} baseRps={rps} onSet={dial.show} onClose={close} />}
      </div>
      <Scale area={area} ruler={ruler} dial={dial} rps={rps} />
      <PinButton />
      <VisuallyHidden live="polite">{announced}</VisuallyHidden>
    </div>
  );
}

function EmptyDial(): ReactElement {
  return (
    <div className={classes(styles.dial, styles.off)} role="group" aria-label="Load dial, off: no peak rate is set">
      <div className={styles.readout}>
        <span className={styles.multiple}>{formatFixedMultiple(MIN_MULTIPLE)}</span>
        <span className={styles.rate}>no load</span>
      </div>
      <div className={styles.area}>
        <div className={styles.ruler}>
          <Ruler />
          <PeakRateField />
        </div>
      </div>
    </div>
  );
}

/** The load dial: a log ruler from 1x to 100x and a brass bob. A way of looking: not in the file, not in the history. */
export function LoadDial(): ReactElement {
  const loaded = useDesign(hasWorkload);
  return loaded ? <LoadedDial /> : <EmptyDial />;
}
