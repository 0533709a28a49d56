import type { Page } from '@playwright/test';

/** Characters that the bundled fonts have, and that words of the interface may use. */
const BUNDLED = '[\\s\\u0020-\\u007e\\u00a0-\\u024f\\u0394\\u03bb\\u03c1\\u03c3\\u2013\\u2014\\u2018\\u2019\\u201c\\u201d\\u2022\\u2026\\u2191\\u2193\\u2212]';

/** What no reader should meet: values that are none, and names of fields instead of words. */
const RAW = '\\bundefined\\b|\\bNaN\\b|\\bInfinity\\b|\\[object|\\b[a-z]+_[a-z_]+\\b';

/** Smallest text of panels and on the paper, px on screen. */
const LEAST_TEXT = 11;
const LEAST_ON_PAPER = 9;

/** How far a box may stick out by rounding, px. */
const HAIR = 1.01;

interface Marks { readonly bundled: string; readonly raw: string; readonly leastText: number; readonly leastOnPaper: number; readonly hair: number }

/** Runs in the page, and so holds everything that it needs. */
function inspect({ bundled, raw, leastText, leastOnPaper, hair }: Marks): readonly string[] {
  const found = new Set<string>();
  const nameOf = (element: Element): string => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`;
  const say = (element: Element, what: string): void => void found.add(`${what}: ${nameOf(element)}: ${(element.textContent ?? '').trim().slice(0, 60)}`);
  const missing = new RegExp(`(?!${bundled})[^]`, 'u');
  const words = new RegExp(raw);
  const isHidden = (element: Element): boolean => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return true;
    for (let at: Element | null = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath.startsWith('inset(50%')) return true;
    const { width, height } = element.getBoundingClientRect();
    return width < 2 || height < 2;
  };
  const radii = (element: Element, style: CSSStyleDeclaration): void => {
    const { width, height } = element.getBoundingClientRect();
    for (const corner of [style.borderTopLeftRadius, style.borderTopRightRadius, style.borderBottomLeftRadius, style.borderBottomRightRadius]) {
      const px = Number.parseFloat(corner);
      // inside of a border of one px the same corner has 5
      if (!corner.endsWith('%') && ![0, 5, 6].includes(px) && px < Math.min(width, height) / 2) say(element, `radius ${corner}`);
    }
  };
  const surface = (element: Element, style: CSSStyleDeclaration): void => {
    const lines = style.boxShadow === 'none' || /^[^,]*(\([^)]*\))? 0px 0px 0px [\d.]+px inset$/.test(style.boxShadow);
    if (!lines || style.textShadow !== 'none') say(element, 'shadow');
    if (style.filter !== 'none' || style.backdropFilter !== 'none') say(element, 'filter');
    if (/(?<!repeating-)(linear|radial|conic)-gradient/.test(style.backgroundImage)) say(element, 'gradient');
    if (element.matches('select, input[type="number"], input[type="file"]')) say(element, 'control of the browser');
    radii(element, style);
  };
  const digits = (text: string): void => {
    for (const [figure] of text.replace(/\b(19|20)\d\d\b(-\d\d-\d\d)?/g, '').matchAll(/(?<![\w.])\d[\d,]*(?:\.\d+)?(?: %)?/g)) {
      const plain = figure.replace(/[, %]/g, '').replace('.', '').replace(/^0+/, '');
      const certain = figure.includes('.') ? plain : plain.replace(/0+$/, '');
      // availability keeps two digits of what is missing
      const availability = figure.endsWith('%') && Number.parseFloat(figure) >= 99;
      if (certain.length > 3 && !availability) found.add(`more than three figures: ${figure}: ${text.trim().slice(0, 80)}`);
    }
  };
  const scaleOf = (element: Element): number => {
    if (element instanceof SVGGraphicsElement) return Math.abs(element.getScreenCTM()?.a ?? 1);
    return element instanceof HTMLElement && element.offsetHeight > 0 && element.closest('[role="application"]') ? element.getBoundingClientRect().height / element.offsetHeight : 1;
  };
  // distances between things: between neighbours in a row or column, and between a drawn border or ground and the words on it
  const gaps = (element: Element, style: CSSStyleDeclaration, words: boolean): void => {
    const odd = (px: number): boolean => Math.abs(px / 4 - Math.round(px / 4)) > 0.01;
    const size = (value: string): number => Number.parseFloat(value) || 0;
    // keys of a chord are a word apart, as in a sentence
    if (/flex|grid/.test(style.display) && element.childElementCount > 1 && !element.matches('kbd')) for (const gap of [style.rowGap, style.columnGap]) if (odd(size(gap))) say(element, `gap of ${gap}`);
    if (!words || element.closest('svg, kbd')) return;
    const bordered = size(style.borderLeftWidth) > 0 && size(style.borderRightWidth) > 0;
    if (!bordered && style.backgroundColor === 'rgba(0, 0, 0, 0)') return;
    // with or without the border itself
    for (const [side, px, border] of [['left', size(style.paddingLeft), size(style.borderLeftWidth)], ['right', size(style.paddingRight), size(style.borderRightWidth)]] as const) if (odd(px) && odd(px + border)) say(element, `${px} px at the ${side}`);
  };
  const cut = (element: Element, style: CSSStyleDeclaration): void => {
    if (!(element instanceof HTMLElement)) return;
    const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
    if (element.closest('td[data-numeric], [class*="_figures_"]') && element.scrollWidth > element.clientWidth + hair) say(element, 'figure cut');
    if (clips && element.scrollWidth > element.clientWidth + hair && style.textOverflow !== 'ellipsis') say(element, 'words cut at the side');
    if (clips && style.overflowY !== 'auto' && element.scrollHeight > element.clientHeight + 2 && style.webkitLineClamp === 'none' && style.textOverflow !== 'ellipsis') say(element, 'words cut below');
    if (element.closest('[role="application"]')) return;
    const { left, right } = element.getBoundingClientRect();
    if (left < -hair || right > innerWidth + hair) say(element, 'outside of the window');
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (isHidden(element)) continue;
    const style = getComputedStyle(element);
    surface(element, style);
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? '').join(' ');
    gaps(element, style, text.trim() !== '');
    if (text.trim() === '') continue;
    if (missing.test(text)) say(element, `a character without a glyph, ${missing.exec(text)?.[0] ?? ''}`);
    if (words.test(text)) say(element, 'raw words');
    digits(text);
    const size = Number.parseFloat(style.fontSize) * scaleOf(element);
    if (size < (element.closest('[role="application"]') ? leastOnPaper : leastText) - 0.01) say(element, `text of ${size.toFixed(1)} px`);
    cut(element, style);
  }
  return [...found];
}

/** What of the visual checklist (ui 10) does not hold in the window as it stands, one line each: shadows, radii, gaps, cut or raw words, missing glyphs, small text. */
export function looks(page: Page): Promise<readonly string[]> {
  return page.evaluate(inspect, { bundled: BUNDLED, raw: RAW, leastText: LEAST_TEXT, leastOnPaper: LEAST_ON_PAPER, hair: HAIR });
}

/** Lines of connections that run through a component that is none of their ends, and labels shown unasked that lie on a component, one line each. */
export function collisions(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const nodes = [...document.querySelectorAll('[aria-roledescription="component"]')].map((element) => ({ id: element.id.replace('component-', ''), box: element.getBoundingClientRect() }));
    const labels = [...document.querySelectorAll('[role="application"] [class*="_label_"]:not([data-full])')].map((element) => ({ text: element.textContent ?? '', box: element.getBoundingClientRect() }));
    const holds = (box: DOMRect, x: number, y: number, by: number): boolean => x > box.left + by && x < box.right - by && y > box.top + by && y < box.bottom - by;
    for (const line of document.querySelectorAll<SVGPathElement>('[aria-roledescription="connection"] path[class*="_hit_"]')) {
      const matrix = line.getScreenCTM();
      const name = line.closest('[aria-roledescription="connection"]')?.id ?? '';
      for (let at = 12; matrix && at < line.getTotalLength() - 12; at += 4) {
        const { x, y } = line.getPointAtLength(at).matrixTransform(matrix);
        for (const { id, box } of nodes) if (holds(box, x, y, 2)) found.add(`${name} runs through ${id}`);
      }
    }
    for (const { text, box } of labels) for (const node of nodes) if (Math.min(box.right, node.box.right) - Math.max(box.left, node.box.left) > 1 && Math.min(box.bottom, node.box.bottom) - Math.max(box.top, node.box.top) > 1) found.add(`${text} lies on ${node.id}`);
    return [...found];
  });
}

/** Least distance between two lines that run beside each other, and how much of their way they must share to count, canvas units (ui 3.4). */
const PARALLELS = { apart: 8, shared: 1 } as const;

/**
 * Pairs of lines of different connections that run beside each other nearer than 8 units, one line each. Lines that
 * leave or enter through one port, because a side has room for no more, are one bundle until they part.
 */
export function overlaps(page: Page): Promise<readonly string[]> {
  return page.evaluate(({ apart, shared }) => {
    interface Piece { readonly id: string; readonly upright: boolean; readonly at: number; readonly low: number; readonly high: number; readonly port: boolean }
    const pieces: Piece[] = [];
    for (const line of document.querySelectorAll<SVGPathElement>('[aria-roledescription="connection"] path[class*="_hit_"]')) {
      const id = line.closest('[aria-roledescription="connection"]')?.id ?? '';
      // corners are rounded: their control point is where the straight pieces meet
      const corners = [...(line.getAttribute('d') ?? '').matchAll(/[MQL](-?[\d.]+) (-?[\d.]+)(?: (-?[\d.]+) (-?[\d.]+))?/g)]
        .filter(([command], index, all) => command.startsWith('M') || command.startsWith('Q') || index === all.length - 1)
        .map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
      corners.slice(1).forEach((to, index) => {
        const from = corners[index] ?? to;
        const upright = Math.abs(from.x - to.x) < Math.abs(from.y - to.y);
        const [a, b] = upright ? [from.y, to.y] : [from.x, to.x];
        pieces.push({ id, upright, at: upright ? from.x : from.y, low: Math.min(a, b), high: Math.max(a, b), port: index === 0 || index === corners.length - 2 });
      });
    }
    const found = new Set<string>();
    pieces.forEach((one, index) => pieces.slice(index + 1).forEach((other) => {
      const distance = Math.abs(one.at - other.at);
      const together = Math.min(one.high, other.high) - Math.max(one.low, other.low);
      const bundle = one.port && other.port && distance < 0.01;
      if (one.id !== other.id && one.upright === other.upright && together > shared && distance < apart - 0.02 && !bundle) found.add(`${one.id} and ${other.id} are ${distance.toFixed(1)} apart for ${together.toFixed(0)}`);
    }));
    return [...found];
  }, PARALLELS);
}
