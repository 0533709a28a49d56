import { useId, type ReactElement } from 'react';
import { classes } from '../../ui/classes.ts';
import { designPx } from '../../ui/interface-size.ts';
import { areaPath, bucketX, heightOf, linePath, spreadLabels, type PlotBox } from './chart-geometry.ts';
import type { Span, StripData, StripLine } from './strips.ts';
import styles from './Timelines.module.css';

/** Height of a label beside a line, px. */
const LABEL = 12;

interface StripProps {
  readonly strip: StripData;
  readonly box: PlotBox;
  /** Room for labels at the right. */
  readonly gutter: number;
  readonly spans: readonly Span[];
  /** Whether the spans are named here. */
  readonly keyed: boolean;
  /** Length of the run, s, and where what is counted begins. */
  readonly seconds: number;
  readonly counted: number;
  readonly count: number;
  /** The bucket that is read. */
  readonly at: number;
  /** Whether a line marks it. */
  readonly marked: boolean;
}

function valueAt({ values }: StripLine, at: number): number | null {
  return values[at] ?? null;
}

/** The last value up to a bucket: where the label of a line stands. */
function lastValue({ values }: StripLine): number {
  return [...values].reverse().find((value) => value !== null) ?? 0;
}

/** Hatched where the run is not counted, tinted where something is down or the load stands out. */
function Spans({ spans, seconds, box, pattern }: Pick<StripProps, 'spans' | 'seconds' | 'box'> & { readonly pattern: string }): ReactElement {
  const x = (time: number): number => Math.min(1, Math.max(0, time / seconds)) * box.width;
  return (
    <>
      {spans.map(({ from, to, kind }) => (
        <g key={kind} data-span={kind}>
          <rect x={x(from)} width={Math.max(1, x(to) - x(from))} height={box.height} className={styles[kind]} {...(kind === 'warmup' ? { fill: `url(#${pattern})` } : {})} />
        </g>
      ))}
    </>
  );
}

function Plot({ strip, box, spans, seconds, counted, count, at, marked }: Omit<StripProps, 'gutter' | 'keyed'>): ReactElement {
  const pattern = useId();
  const y = (value: number): number => heightOf(value, strip.max, box);
  const from = Math.min(1, counted / seconds) * box.width;
  const [first] = strip.lines;
  return (
    <svg data-own-scale="" viewBox={`0 0 ${box.width} ${box.height}`} style={{ width: designPx(box.width), height: designPx(box.height) }} className={styles.plot} aria-hidden="true">
      <pattern id={pattern} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V6" className={styles.hatch} />
      </pattern>
      <Spans spans={spans} seconds={seconds} box={box} pattern={pattern} />
      <path d={`M0 .5H${box.width}`} className={styles.rule} />
      {strip.band && <rect x={from} width={box.width - from} y={y(strip.band.high)} height={Math.max(1, y(strip.band.low) - y(strip.band.high))} className={styles.band} />}
      {strip.level && <path d={`M${from} ${y(strip.level.value)}H${box.width}`} className={styles.level} />}
      {strip.filled === true && first !== undefined && <path d={areaPath(first.values, strip.max, box)} className={styles.area} />}
      {[...strip.lines].reverse().map((line) => <path key={line.id} d={linePath(line.values, strip.max, box)} className={styles.line} data-rank={line.rank} />)}
      <path d={`M0 ${box.height - 0.5}H${box.width}`} className={styles.foot} />
      {marked && <path d={`M${bucketX(at, count, box)} 0V${box.height}`} className={styles.cursor} />}
    </svg>
  );
}

/** Names and values at the ends of the lines: of the end of the run, or of the time that is read. */
function Labels({ strip, box, gutter, at }: Pick<StripProps, 'strip' | 'box' | 'gutter' | 'at'>): ReactElement {
  const tops = spreadLabels(strip.lines.map((line) => heightOf(lastValue(line), strip.max, box)), LABEL, box.height);
  const write = strip.brief ?? strip.format;
  return (
    <div className={styles.labels} style={{ width: designPx(gutter) }}>
      {strip.lines.map((line, index) => {
        const value = valueAt(line, at);
        return (
          <span key={line.id} className={styles.label} data-rank={line.rank} style={{ top: designPx(tops[index] ?? 0) }}>
            <span className="truncate">{line.label}</span>
            <b>{value === null ? '–' : write(value)}</b>
          </span>
        );
      })}
    </div>
  );
}

/** One of the small pictures: its title and scale, its plot, and the lines' names and values at their ends. */
export function Strip(props: StripProps): ReactElement {
  const { strip, box, gutter, spans, keyed } = props;
  return (
    <div className={styles.strip} data-strip={strip.id}>
      <p className={styles.head}>
        <b>{strip.title}</b>
        <span>{strip.nothing ?? `0 to ${strip.format(strip.max)}`}</span>
        <span className={styles.keys}>
          {keyed && spans.map(({ kind, word }) => <span key={kind} className={classes(styles.key, styles.spanKey)} data-span={kind}><span className="truncate">{word}</span></span>)}
          {strip.band && <span className={classes(styles.key, styles.bandKey)}>{strip.band.text}</span>}
          {strip.level && <span className={classes(styles.key, styles.levelKey)}>{strip.level.text}</span>}
        </span>
      </p>
      <div className={styles.row}>
        <Plot {...props} />
        {strip.nothing === undefined && <Labels strip={strip} box={box} gutter={gutter} at={props.at} />}
      </div>
    </div>
  );
}
