import { describe, expect, it } from 'vitest';
import { AXES, type Axis, type AxisScore, type Explanation } from '../../../../shared/contracts/evaluation.ts';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { noQuantity, quantity } from '../../../../shared/model/quantity.ts';
import { pointsChange, valueText } from '../../evaluation/explanation-text.ts';
import { moverLines } from './movers.ts';
import { RADAR, ringOf, shapeOf, spotOf } from './radar-geometry.ts';
import { stepFrom, visibleItems, type TreeSource } from './tree.ts';

const line = (label: string, value: number, inputs: readonly Explanation[] = []): Explanation => ({ label, value: quantity(value), inputs });

/** What is shown of a drawing with a score for latency only. */
function source(latency: Explanation | null, rest: Partial<TreeSource> = {}): TreeSource {
  const empty = (axis: Axis): AxisScore => ({ axis, score: noQuantity('not_applicable'), weight: 0.2, note: null, penalties: [] });
  const scores = { ...(Object.fromEntries(AXES.map((axis) => [axis, empty(axis)])) as Record<Axis, AxisScore>), latency: { ...empty('latency'), score: quantity(52) } };
  return { scores, explained: true, trees: latency === null ? {} : { latency, cost: line('Cost', 0) }, waiting: null, movers: () => [], ...rest };
}

describe('radar', () => {
  it('starts at the top, goes clockwise and ends at its radius', () => {
    const { centre, radius } = RADAR;
    expect(spotOf(0, 100)).toEqual({ x: centre.x, y: centre.y - radius });
    expect(spotOf(3, 50)).toEqual({ x: centre.x, y: centre.y + radius / 2 });
    expect(spotOf(1, 100).x).toBeGreaterThan(centre.x);
    expect(spotOf(2, 250)).toEqual(spotOf(2, 100));
    expect(ringOf(70).split(' ')).toHaveLength(6);
  });

  it('leaves a gap for an axis without a score, never a zero', () => {
    const whole = shapeOf([80, 80, 80, 80, 80, 80]);
    const gap = shapeOf([80, 80, null, 80, 80, 80]);
    const count = (path: string): number => path.split('M').length - 1;
    expect([count(whole.lines), count(gap.lines), count(gap.area), gap.dots.length]).toEqual([6, 4, 4, 5]);
    expect(shapeOf([null, 40, null, null, null, null])).toMatchObject({ lines: '', area: '', dots: [spotOf(1, 40)] });
  });
});

describe('explanation tree', () => {
  const tree = source(line('Latency', 52, [line('p99', 38, [line('Network', 2)]), line('target', 50)]));

  it('shows the axes, and of an open one every line in order with its place among its siblings', () => {
    expect(visibleItems(tree, new Set()).map((item) => item.key)).toEqual([...AXES]);
    const items = visibleItems(tree, new Set(['latency', 'latency/0', 'cost']));
    expect(items.map((item) => item.key)).toEqual(['scalability', 'latency', 'latency/0', 'latency/0/0', 'latency/1', 'latency/moves', 'availability', 'isolation', 'consistency', 'cost']);
    expect(items.slice(2, 6).map(({ level, position, siblings }) => [level, position, siblings])).toEqual([[2, 1, 3], [3, 1, 1], [2, 2, 3], [2, 3, 3]]);
  });

  it('opens an axis with its tree, says so where that takes long, and never where nothing is behind it', () => {
    const shown = (from: TreeSource): readonly (string | null)[] => visibleItems(from, new Set(['latency'])).slice(1, 3).flatMap(({ key, label, expanded, expandable }) => [key, label, `${expandable} ${expanded}`]);
    expect(shown(source(null))).toEqual(['latency', 'Latency', 'true false', 'availability', 'Availability', 'true false']);
    expect(shown(source(null, { waiting: 'Computing' }))).toEqual(['latency', 'Latency', 'true true', 'latency/waits', 'Computing', 'false false']);
    expect(shown(source(null, { waiting: 'Computing', explained: false }))).toEqual(['latency', 'Latency', 'false false', 'availability', 'Availability', 'false false']);
  });

  it('walks as trees do', () => {
    const items = visibleItems(tree, new Set(['latency', 'latency/0']));
    expect(stepFrom(items, 1, 'ArrowRight')).toEqual({ to: 2 });
    expect(stepFrom(items, 3, 'ArrowRight')).toBeNull();
    expect(stepFrom(items, 3, 'ArrowLeft')).toEqual({ to: 2 });
    expect(stepFrom(items, 2, 'ArrowLeft')).toEqual({ open: false });
    expect(stepFrom(items, 4, 'ArrowLeft')).toEqual({ to: 1 });
    expect(stepFrom(items, 0, 'ArrowLeft')).toBeNull();
    expect(stepFrom(items, 0, 'ArrowUp')).toBeNull();
    expect(stepFrom(items, 0, 'End')).toEqual({ to: items.length - 1 });
  });
});

describe('what moves a score most', () => {
  const design = emptyDesign();
  const found = [{ target: { kind: 'workload', param: 'peak_rps' } as const, param: 'peak_rps', label: 'Peak rate', value: 100, tried: { down: 90, up: 110 }, down: 1.25, up: -3, effect: -3 }];

  it('tells the effect, the field and both tries, and offers to compute again after a change', () => {
    const known = { design, multiple: 1, found, error: null };
    expect(moverLines(known, design, 1)).toEqual([{ label: 'Peak rate', value: '−3', formula: 'now 100 rps; 90 rps: +1.3; 110 rps: −3', target: { kind: 'workload', param: 'peak_rps' }, asks: false }]);
    expect(moverLines(known, design, 2).map((line) => line.asks)).toEqual([false, true]);
    expect(moverLines({ ...known, found: null }, design, 1)).toHaveLength(1);
    expect(moverLines({ ...known, found: null, error: 'No.' }, design, 1).at(-1)?.asks).toBe(true);
  });
});

describe('figures', () => {
  it('writes a value in its unit, a share near one as an availability, and nothing for words', () => {
    const text = (value: number, unit?: string): string => valueText({ value: quantity(value), ...(unit === undefined ? {} : { unit }) });
    expect([text(38, 'ms'), text(0.9995, 'ratio'), text(0.354, 'ratio'), text(74, 'usd_month'), text(4.2, 'times'), text(51.7, 'points'), text(-7.5, 'points')]).toEqual(['38 ms', '99.95 %', '35.4 %', '$74/month', '4.2x', '52', '−7.5']);
    expect(valueText({ value: noQuantity('not_applicable') })).toBe('');
    expect(valueText({ value: noQuantity('saturated'), unit: 'ms' })).toBe('Saturated');
    expect([pointsChange(5.24), pointsChange(-0.01), pointsChange(-12.6)]).toEqual(['+5.2', '0', '−13']);
  });
});
