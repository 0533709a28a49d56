/** Geometry of the timelines: scales, ticks, lines and places of labels. Pure. */

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;

/** The next round number at or above a value; 1 for nothing. */
export function niceMax(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const decade = 10 ** Math.floor(Math.log10(value));
  return Number(((STEPS.find((step) => step * decade >= value * (1 - 1e-9)) ?? 10) * decade).toPrecision(3));
}

/** Times that read well on an axis, seconds. */
const TIME_STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800] as const;

/** At most `most` + 1 times from 0 on, evenly spaced and within a run. */
export function timeTicks(seconds: number, most: number): readonly number[] {
  const wanted = seconds / Math.max(1, most);
  const step = wanted < 1 ? niceMax(wanted) : (TIME_STEPS.find((each) => each >= wanted * (1 - 1e-9)) ?? niceMax(wanted));
  const count = Math.floor(seconds / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}

/** A place and a size, px. */
export interface PlotBox { readonly width: number; readonly height: number }

/** Where a value stands, px from the top; values beyond the scale stand at its ends. */
export function heightOf(value: number, max: number, { height }: PlotBox): number {
  return height - Math.min(1, Math.max(0, value / max)) * height;
}

/** Where the middle of a bucket stands, px from the left. */
export function bucketX(index: number, count: number, { width }: PlotBox): number {
  return ((index + 0.5) / count) * width;
}

const short = (value: number): string => String(Number(value.toFixed(2)));

/** The line through the values of all buckets; it breaks where there is none, and one value alone is a short dash. */
export function linePath(values: readonly (number | null)[], max: number, box: PlotBox): string {
  const count = values.length;
  const half = box.width / count / 2;
  return values.map((value, i) => {
    if (value === null) return '';
    const [x, y] = [bucketX(i, count, box), short(heightOf(value, max, box))];
    const joined = (values[i - 1] ?? null) !== null;
    const alone = !joined && (values[i + 1] ?? null) === null;
    return alone ? `M${short(x - half)} ${y}h${short(half * 2)}` : `${joined ? 'L' : 'M'}${short(x)} ${y}`;
  }).join('');
}

/** The same line closed along the foot of the plot. Values of nothing stand at the foot. */
export function areaPath(values: readonly (number | null)[], max: number, box: PlotBox): string {
  if (values.length === 0) return '';
  const line = linePath(values.map((value) => value ?? 0), max, box);
  const foot = short(box.height);
  return `${line}L${short(bucketX(values.length - 1, values.length, box))} ${foot}L${short(bucketX(0, values.length, box))} ${foot}Z`;
}

/** Labels beside their lines, px from the top of each: as near to the wanted middle as they can be without touching, within the box. */
export function spreadLabels(middles: readonly number[], size: number, height: number): readonly number[] {
  const order = middles.map((_, i) => i).sort((a, b) => (middles[a] as number) - (middles[b] as number) || a - b);
  const tops = middles.map((middle) => middle - size / 2);
  let least = 0;
  for (const i of order) least = (tops[i] = Math.max(tops[i] as number, least)) + size;
  let most = Math.max(height, middles.length * size);
  for (const i of [...order].reverse()) most = tops[i] = Math.min(tops[i] as number, most - size);
  return tops;
}

/** The bucket under a place, px from the left of the plot. */
export function bucketAt(x: number, count: number, { width }: PlotBox): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * count)));
}
