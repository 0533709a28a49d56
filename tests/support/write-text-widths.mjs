/**
 * Measures the bundled fonts in Chromium and writes shared/drawing/text-width-table.ts, so that window, command line
 * and tests agree on the width of a text without asking a page. Run again after an update of the font packages.
 * Usage: node tests/support/write-text-widths.mjs
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}node_modules/@fontsource-variable/inter/files/`;
const css = readFileSync(`${root}node_modules/@fontsource-variable/inter/wght.css`, 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('-wght-normal.woff2'));
const inline = files.reduce((text, file) => text.replaceAll(`./files/${file}`, `data:font/woff2;base64,${readFileSync(folder + file).toString('base64')}`), css);

/** First and last character of what is measured: Latin with accents, Greek, Cyrillic, punctuation. */
const RANGES = [[0x20, 0x7e], [0xa0, 0x17f], [0x370, 0x3ff], [0x400, 0x45f], [0x2010, 0x2026]];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.setContent(`<style>${inline}</style>`);
const measured = await page.evaluate(async (ranges) => {
  const context = document.createElement('canvas').getContext('2d');
  const all = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)));
  const out = {};
  for (const weight of [400, 600]) {
    context.font = `${weight} 1000px 'Inter Variable'`;
    await document.fonts.load(context.font, all.join(''));
    out[weight] = ranges.map(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => Math.round(context.measureText(String.fromCharCode(first + index)).width)));
  }
  return out;
}, RANGES);
await browser.close();

function wrapped(widths) {
  const lines = [];
  for (let at = 0; at < widths.length; at += 24) lines.push(`      '${widths.slice(at, at + 24).join(' ')}',`);
  return lines.join('\n');
}

const tables = Object.entries(measured).map(([weight, ranges]) => `  ${weight}: [\n${ranges.map((widths, index) => `    { first: ${RANGES[index][0]}, widths: [\n${wrapped(widths)}\n    ] },`).join('\n')}\n  ],`);
writeFileSync(`${root}shared/drawing/text-width-table.ts`, `/** Widths of consecutive characters from code point \`first\` on, in thousandths of the font's size, separated by spaces. */
export interface WidthRange { readonly first: number; readonly widths: readonly string[] }

/** Advance widths of Inter by weight. Written by tests/support/write-text-widths.mjs from the font package; not edited by hand. */
export const INTER_WIDTHS: Readonly<Record<400 | 600, readonly WidthRange[]>> = {
${tables.join('\n')}
};
`);
