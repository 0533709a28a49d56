import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveTheme } from './theme.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Tokens of one theme, references resolved. */
function theme(name: string): Record<string, string> {
  const block = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].find(([, selector]) => selector?.includes(`[data-theme='${name}']`))?.[2] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, key, value]) => [key ?? '', value ?? '']));
}

function colour(tokens: Record<string, string>, name: string): Rgb {
  const value = tokens[name] ?? '';
  const reference = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (reference !== undefined) return colour(tokens, reference);
  const hex = /^#([0-9A-F]{6})$/i.exec(value)?.[1];
  if (hex === undefined) throw new Error(`${name} is not a colour: ${value}`);
  const part = (at: number): number => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  };
  return [part(0), part(2), part(4)];
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [a, b].map(([r, g, bl]) => 0.2126 * r + 0.7152 * g + 0.0722 * bl).sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function multiply(m: Matrix, v: Rgb): Rgb {
  return m.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Rgb;
}

/** Linear sRGB to OKLab (Ottosson 2020). */
function oklab(rgb: Rgb): Rgb {
  const lms = multiply([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb).map(Math.cbrt) as unknown as Rgb;
  return multiply([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], lms);
}

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear sRGB. */
const VISION: Readonly<Record<string, Matrix>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  grey: [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
};

function smallestStep(name: string, vision: string): number {
  const tokens = theme(name);
  const steps = [1, 2, 3, 4, 5, 6, 7].map((step) => {
    const seen = multiply(VISION[vision] as Matrix, colour(tokens, `heat-${step}`));
    return oklab(seen.map((channel) => Math.min(1, Math.max(0, channel))) as unknown as Rgb);
  });
  const distances = steps.slice(1).map((lab, at) => 100 * Math.hypot(...lab.map((value, axis) => value - (steps[at]?.[axis] ?? 0))));
  return Math.min(...distances);
}

describe('heat scale', () => {
  it.each([
    ['light', 'normal', 8.3], ['light', 'protan', 8.0], ['light', 'deutan', 8.5], ['light', 'tritan', 7.4], ['light', 'grey', 8.1],
    ['dark', 'normal', 8.6], ['dark', 'protan', 5.9], ['dark', 'deutan', 8.3], ['dark', 'tritan', 8.3], ['dark', 'grey', 7.3],
  ])('%s, %s vision: neighbouring steps are at least %s apart', (name, vision, floor) => {
    expect(smallestStep(name, vision)).toBeGreaterThanOrEqual(floor - 0.05);
  });

  it.each(['light', 'dark', 'light-contrast', 'dark-contrast'])('%s: text on solids and ink on tints can be read', (name) => {
    const tokens = theme(name);
    for (let step = 1; step <= 7; step += 1) {
      expect(contrast(colour(tokens, `heat-${step}-text`), colour(tokens, `heat-${step}`))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour(tokens, 'ink-2'), colour(tokens, `heat-${step}-tint`))).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('themes', () => {
  const grounds = ['paper', 'surface', 'raised', 'sunken'];
  it.each([
    ['light', 4.5, 3], ['dark', 4.5, 3], ['light-contrast', 8.29, 6], ['dark-contrast', 8.29, 6],
  ])('%s: text at least %s, lines and marks at least %s on every ground', (name, text, line) => {
    const tokens = theme(name);
    for (const ground of grounds) {
      for (const ink of ['ink-1', 'ink-2', 'ink-3', 'brass-text', 'red', 'good', 'info']) {
        expect(contrast(colour(tokens, ink), colour(tokens, ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(text);
      }
      for (const mark of ['control', 'brass', 'focus']) expect(contrast(colour(tokens, mark), colour(tokens, ground)), `${mark} on ${ground}`).toBeGreaterThanOrEqual(line);
    }
    expect(contrast(colour(tokens, 'on-red'), colour(tokens, 'red'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(tokens, 'ink-3'), colour(tokens, 'brass-tint'))).toBeGreaterThanOrEqual(4.5);
  });

  it('follows the system unless a theme is chosen', () => {
    expect(resolveTheme('system', { dark: true, contrast: false })).toBe('dark');
    expect(resolveTheme('system', { dark: false, contrast: true })).toBe('light-contrast');
    expect(resolveTheme('light', { dark: true, contrast: true })).toBe('light');
  });
});
