import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heatStep, heatWord } from '../../../shared/drawing/heat.ts';

type Rgb = readonly [number, number, number];
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

function parse(hex: string): Rgb {
  return [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb;
}

/** Björn Ottosson's OKLab from linear sRGB. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s];
}

/** Machado, Oliveira and Fernandes 2009, severity 1.0, applied to linear RGB. */
const SIMULATIONS: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  grey: [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

function seen(hex: string, simulation: string): Rgb {
  const [r, g, b] = parse(hex);
  return oklab((SIMULATIONS[simulation] ?? []).map((row) => clamp(row[0] * r + row[1] * g + row[2] * b)) as unknown as Rgb);
}

function solids(theme: string): readonly string[] {
  const css = readFileSync(new URL('../ui/tokens.css', import.meta.url), 'utf8');
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return [1, 2, 3, 4, 5, 6, 7].map((step) => new RegExp(`--heat-${step}: (#[0-9A-Fa-f]{6})`).exec(block)?.[1] ?? '');
}

/** Least distance of neighbouring steps, OKLab x 100. */
function least(theme: string, simulation: string): number {
  const colours = solids(theme).map((hex) => seen(hex, simulation));
  return Math.min(...colours.slice(1).map((colour, index) => 100 * Math.hypot(...colour.map((value, axis) => value - (colours[index]?.[axis] ?? 0)))));
}

describe('heat', () => {
  it('steps at the thresholds of the engine and has a word for each', () => {
    const at = [0, 0.149, 0.15, 0.4, 0.6, 0.7, 0.849, 0.85, 0.999, 1, 3];
    expect(at.map(heatStep)).toEqual([1, 1, 2, 3, 4, 5, 5, 6, 6, 7, 7]);
    expect([1, 7].map((step) => heatWord(step as 1 | 7))).toEqual(['idle', 'saturated']);
  });

  it.each([
    ['light', { normal: 8.3, protan: 8.0, deutan: 8.5, tritan: 7.4, grey: 8.1 }],
    ['dark', { normal: 8.6, protan: 5.9, deutan: 8.3, tritan: 8.3, grey: 7.3 }],
  ] as const)('keeps neighbouring colours apart in the %s theme, for every colour vision', (theme, floors) => {
    for (const [simulation, floor] of Object.entries(floors)) expect(least(theme, simulation), simulation).toBeGreaterThanOrEqual(floor - 0.06);
  });
});
