import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PALETTES, type PictureTheme } from './palette.ts';

const css = readFileSync(new URL('../../renderer/src/ui/tokens.css', import.meta.url), 'utf8');

function token(theme: PictureTheme, name: string): string | undefined {
  const block = css.slice(css.indexOf(`[data-theme='${theme}'] {`)).split('}')[0] ?? '';
  return new RegExp(`--${name}: (#[0-9A-F]{6});`).exec(block)?.[1];
}

test.each(['light', 'dark'] as const)('the colours of a picture are those of the window: %s', (theme) => {
  const { heat, ...plain } = PALETTES[theme];
  const spelled = (key: string): string => key.replace('redTint', 'red-tint').replace('onRed', 'on-red').replace(/^ink(\d)$/, 'ink-$1');
  for (const [key, value] of Object.entries(plain)) expect([key, value]).toEqual([key, token(theme, spelled(key))]);
  for (const [step, { solid, tint, text }] of Object.entries(heat)) {
    expect([solid, tint, text]).toEqual([token(theme, `heat-${step}`), token(theme, `heat-${step}-tint`), token(theme, `heat-${step}-text`)]);
  }
});
