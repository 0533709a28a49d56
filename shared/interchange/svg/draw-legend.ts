import { HEAT_LIMITS, type HeatStep } from '../../drawing/heat.ts';
import type { Palette } from '../../drawing/palette.ts';
import { element, join, line, type Markup } from './markup.ts';
import { STRIPES } from './draw-node.ts';

/** Size of the legend, canvas units. */
export const LEGEND = { width: 152, height: 46 } as const;

const STEPS: readonly HeatStep[] = [1, 2, 3, 4, 5, 6, 7];
const SWATCH = { width: 16, height: 8 } as const;

/** Stripes of what is saturated: solid 3, tint 2. */
export function stripes(palette: Palette): Markup {
  const { solid, tint } = palette.heat[7];
  return element('defs', {}, element('pattern', { id: STRIPES, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('rect', { width: 5, height: 5, fill: tint }), element('rect', { width: 3, height: 5, fill: solid })));
}

/** The scale of heat with its limits (ui 1.3), top left at a point. */
export function drawLegend(x: number, y: number, palette: Palette): Markup {
  const style = { font: 'text', size: 11, weight: 400, fill: palette.ink2 } as const;
  const ticks = [0, ...HEAT_LIMITS].map((limit, index) => {
    const anchor = index === 0 ? 'start' : index === HEAT_LIMITS.length ? 'start' : 'middle';
    const at = x + 9 + index * SWATCH.width - (index === HEAT_LIMITS.length ? 7 : 0);
    return line(at, y + 40, `${Math.round(limit * 100)}${limit === 1 ? ' %' : ''}`, { font: 'mono', size: 10, weight: 500, fill: palette.ink2, anchor });
  });
  return element('g', {},
    element('rect', { x: x + 0.5, y: y + 0.5, width: LEGEND.width - 1, height: LEGEND.height - 1, rx: 5.5, fill: palette.raised, stroke: palette.hair }),
    line(x + 9, y + 16, 'utilisation', style),
    join(...STEPS.map((step, index) => element('rect', {
      x: x + 9 + index * SWATCH.width, y: y + 21, width: SWATCH.width, height: SWATCH.height, fill: step === 7 ? `url(#${STRIPES})` : palette.heat[step].solid, stroke: palette.control, 'stroke-width': 0.5,
    }))),
    join(...ticks),
  );
}
