import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { formatDuration } from '../../../../shared/lib/format.ts';
import { designPx, interfaceScale } from '../../ui/interface-size.ts';
import { bucketAt, bucketX, timeTicks } from './chart-geometry.ts';
import { Strip } from './Strip.tsx';
import type { Span, StripData } from './strips.ts';
import styles from './Timelines.module.css';
import { useBox } from './use-box.ts';

/** Heights of a strip's plot, of its title and of the times beneath, px. */
const PLOT = { min: 28, max: 64 } as const;
const TITLE = 16;
const AXIS = 16;
/** px between columns, and from the edges. */
const GAP = 24;
const EDGE = 16;
/** px between the times on the axis. */
const TICK_ROOM = 72;

/** How the strips lie: under one another on one axis where there is height for them, else in two columns. */
interface Layout { readonly columns: 1 | 2; readonly width: number; readonly height: number; readonly gutter: number }

function layoutOf(box: { readonly width: number; readonly height: number }, strips: number): Layout {
  const inner = Math.max(120, box.width - 2 * EDGE);
  const stacked = box.height >= strips * (TITLE + PLOT.min + 12) + AXIS || inner < 480;
  const columns = stacked ? 1 : 2;
  const width = Math.floor((inner - (columns - 1) * GAP) / columns);
  const rows = Math.ceil(strips / columns);
  const room = (box.height - AXIS - 4) / rows - TITLE;
  const gutter = Math.min(144, Math.max(104, Math.round(width * 0.3)));
  return { columns, width: Math.max(40, width - gutter), height: Math.floor(Math.min(PLOT.max, Math.max(PLOT.min, room))), gutter };
}

/** A time of the axis: whole hours as such. */
function tickText(time: number): string {
  if (time === 0) return '0';
  return time % 3600 === 0 && time < 172_800 ? `${time / 3600} h` : formatDuration(time);
}

function Axis({ seconds, width, at }: { readonly seconds: number; readonly width: number; readonly at: { readonly x: number; readonly text: string } | null }): ReactElement {
  return (
    <div className={styles.axis} style={{ width: designPx(width) }}>
      {timeTicks(seconds, Math.max(1, Math.floor(width / TICK_ROOM))).map((time) => {
        const x = (time / seconds) * width;
        if (at !== null && Math.abs(at.x - x) < TICK_ROOM / 2 + (time === 0 ? 8 : 0)) return null;
        return <span key={time} className={styles.tick} data-start={time === 0 || undefined} data-end={x > width - 20 || undefined} style={{ left: designPx(x) }}>{tickText(time)}</span>;
      })}
      {at && <span className={styles.now} style={{ left: designPx(Math.min(width - 16, Math.max(16, at.x))) }}>{at.text}</span>}
    </div>
  );
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at) => at - 1, ArrowDown: (at) => at - 1, ArrowRight: (at) => at + 1, ArrowUp: (at) => at + 1,
  PageDown: (at) => at - 10, PageUp: (at) => at + 10, Home: () => 0, End: (_, count) => count - 1,
};

/** Everything that is drawn at one time, in words. */
function reading(strips: readonly StripData[], at: number, end: number): string {
  const values = strips.map(({ title, lines, format, nothing }) => {
    if (nothing !== undefined) return nothing.replace(/[.]$/, '');
    return `${title}: ${lines.map(({ label, values: all }) => `${label} ${all[at] == null ? 'none' : format(all[at])}`).join(', ')}`;
  });
  return `Until ${formatDuration(end)}. ${values.join('. ')}`;
}

interface TimelinesProps {
  readonly strips: readonly StripData[];
  readonly ends: readonly number[];
  readonly seconds: number;
  readonly counted: number;
  readonly spans: readonly Span[];
}

/** The cursor of the strips: where the pointer or the arrow keys are. */
function useCursor(count: number, place: (x: number, strip: Element) => number) {
  const [at, setAt] = useState<number | null>(null);
  const now = Math.min(count - 1, at ?? count - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setAt(Math.min(count - 1, Math.max(0, step(now, count))));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const strip = (event.target as Element).closest('[data-column]');
    if (strip) setAt(place(event.clientX, strip));
  };
  const leave = (event: { readonly currentTarget: HTMLElement }): void => {
    if (event.currentTarget !== document.activeElement) setAt(null);
  };
  return { now, marked: at !== null, events: { onKeyDown, onPointerMove, onPointerLeave: leave, onFocus: () => setAt((before) => before ?? count - 1), onBlur: () => setAt(null) } };
}

/** Rate, latency, backlog and errors on one time axis. One Tab stop: arrows move along the run, and the values are read out. */
export function Timelines({ strips, ends, seconds, counted, spans }: TimelinesProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const box = useBox(frame);
  const layout = useMemo(() => layoutOf(box, strips.length), [box, strips.length]);
  const plot = { width: layout.width, height: layout.height };
  const count = ends.length;
  const { now, marked, events } = useCursor(count, (x, strip) => bucketAt((x - strip.getBoundingClientRect().left) / interfaceScale(), count, plot));
  const at = marked ? { x: bucketX(now, count, plot), text: formatDuration(ends[now] ?? 0) } : null;
  const columns = layout.columns === 1 ? [strips] : [0, 1].map((column) => strips.filter((_, index) => index % 2 === column));
  return (
    <div ref={frame} className={styles.frame}>
      {box.width > 0 && (
        <div className={styles.columns} role="slider" tabIndex={0} aria-label="Time of the run" aria-valuemin={0} aria-valuemax={Math.round(seconds)} aria-valuenow={Math.round(ends[now] ?? 0)} aria-valuetext={reading(strips, now, ends[now] ?? 0)} {...events}>
          {columns.map((column, index) => (
            <div key={index} data-column="" className={styles.column}>
              {column.map((strip) => <Strip key={strip.id} strip={strip} box={plot} gutter={layout.gutter} spans={spans} keyed={strip === strips[0]} seconds={seconds} counted={counted} count={count} at={now} marked={marked} />)}
              <Axis seconds={seconds} width={layout.width} at={at} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
