import { memo, useMemo, type ReactElement } from 'react';
import type { Sweep } from '../../../../shared/contracts/evaluation.ts';
import { designPx } from '../../ui/interface-size.ts';
import styles from './HeatStrip.module.css';
import { heatRuns } from './heat-strip.ts';

/** Height of the strip and distance of its stripes, px. */
const HEIGHT = 6;
const STRIPE = 6;

/** Stripes at 45 degrees as one path, from x = 0 to `length`. */
function stripes(length: number): string {
  const count = Math.ceil((length + HEIGHT) / STRIPE);
  return Array.from({ length: count }, (_, index) => `M${index * STRIPE - HEIGHT / 2} ${HEIGHT}l${HEIGHT} ${-HEIGHT}`).join('');
}

interface HeatStripProps {
  readonly sweep: Sweep | null;
  /** Where the first mark stands, px from the left end; null when nothing breaks. */
  readonly broken: number | null;
  /** Width of the ruler, px. */
  readonly width: number;
}

/** The whole future in one line: heat of the hottest station at each multiple, hatched from the first break on. Drawn anew only when an answer comes. */
export const HeatStrip = memo(function HeatStrip({ sweep, broken, width }: HeatStripProps): ReactElement {
  const end = broken ?? width;
  const runs = useMemo(() => (sweep === null || width === 0 ? [] : heatRuns(sweep, end / width)), [sweep, end, width]);
  return (
    <svg className={styles.strip} style={{ width: designPx(width), height: designPx(HEIGHT) }} viewBox={`0 0 ${width} ${HEIGHT}`} shapeRendering="crispEdges" aria-hidden="true">
      {runs.map(({ from, to, step }) => (
        <rect key={from} data-step={step} x={from * width} width={(to - from) * width} height={HEIGHT} />
      ))}
      {broken !== null && width > broken && (
        <svg data-broken x={broken} width={width - broken} height={HEIGHT}>
          <rect className={styles.beyond} width="100%" height={HEIGHT} />
          <path className={styles.stripes} d={stripes(width - broken)} shapeRendering="auto" />
        </svg>
      )}
    </svg>
  );
});
