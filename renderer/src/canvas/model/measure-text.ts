import { rememberWidths, type Measure } from '../../../../shared/drawing/names.ts';
import { isTabled, nameWidth } from '../../../../shared/drawing/text-width.ts';

/** The name's font as the canvas context spells it; the same as `.name` in the stylesheet. */
const NAME_FONT = "600 13px 'Inter Variable', sans-serif";

let remembered: Measure | null = null;

function createMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 7;
  context.font = NAME_FONT;
  return rememberWidths((text) => context.measureText(text).width);
}

/** Width of a text in the name's font, canvas units: from the table that exports use too, by the page where that has a gap. */
export const measureName: Measure = (text) => (isTabled(text) ? nameWidth(text) : (remembered ??= createMeasure())(text));

/** Load the bundled fonts that the canvas draws with, then forget what was measured with their substitutes. */
export async function fontsReady(): Promise<void> {
  await Promise.all(["600 13px 'Inter Variable'", "400 12px 'Inter Variable'", "500 12px 'JetBrains Mono Variable'"].map((font) => document.fonts.load(font)));
  remembered = null;
}
