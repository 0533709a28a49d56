/** Lengths of the design: the px of a style sheet as multiples of `--px`, so that the interface has a size of its own. */

/** What lies on the paper is measured in canvas units: it grows with the drawing's zoom, never with the interface. */
const ON_PAPER = /\/src\/canvas\/(?:nodes|edges|boundaries|guides|highlight)\//;

/** Style sheets of this program, and none of a package. */
const OWN = /\/renderer\/src\/.*\.css$/;

/** Comments, quoted text and the conditions of at-rules are kept; a hairline stays one px, whatever the size. */
const LENGTH = /\/\*[\s\S]*?\*\/|'[^']*'|"[^"]*"|@(?:media|supports|container)[^{]*|(?<![\w.#-])(-?(?:\d+\.?\d*|\.\d+))px\b/g;

/** Rewrite `12px` as `calc(12 * var(--px))`. */
export function designLengths(css: string): string {
  return css.replace(LENGTH, (found: string, figure: string | undefined) => (figure === undefined || Math.abs(Number(figure)) <= 1 ? found : `calc(${figure} * var(--px))`));
}

/** Part of the page's build: every style sheet of the interface follows `--px`. Runs on compiled sheets, which hold what they compose from others. */
export const designLengthsPlugin = {
  name: 'design-lengths',
  transform(code: string, id: string): { code: string; map: null } | null {
    const [file = ''] = id.split('?');
    return OWN.test(file) && !ON_PAPER.test(file) ? { code: designLengths(code), map: null } : null;
  },
} as const;
