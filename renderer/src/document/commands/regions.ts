/** The parts of the window in their order, which is the order of the DOM, of Tab and of F6. */
export const REGIONS = ['top', 'documents', 'left', 'canvas', 'right', 'bottom'] as const;
export type Region = (typeof REGIONS)[number];

const TABBABLE = ['a[href]', 'button', 'input', 'textarea', '[tabindex]'].map((tag) => `${tag}:not([disabled]):not([tabindex="-1"])`).join(',');

/** Where focus was when it left a region, so that F6 returns to it. */
const lastFocused = new Map<string, WeakRef<HTMLElement>>();

function isShown(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0;
}

function regionElements(): readonly HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isShown);
  return REGIONS.flatMap((name) => all.filter((element) => element.dataset.region === name));
}

function regionOf(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>('[data-region]') ?? null;
}

function focusIn(region: HTMLElement): void {
  const remembered = lastFocused.get(region.dataset.region ?? '')?.deref();
  const marked = region.querySelector<HTMLElement>('[data-region-focus]');
  const first = [...region.querySelectorAll<HTMLElement>(TABBABLE)].find(isShown);
  const target = remembered !== undefined && isShown(remembered) && region.contains(remembered) ? remembered : (marked ?? first ?? region);
  if (target === region) region.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function remember(): HTMLElement | null {
  const focused = document.activeElement;
  const region = regionOf(focused);
  if (region !== null && focused instanceof HTMLElement) lastFocused.set(region.dataset.region ?? '', new WeakRef(focused));
  return region;
}

/** Move the focus into a part of the window: to where it was last, else to its first stop. False when it is not shown. */
export function focusRegion(name: Region): boolean {
  remember();
  const region = regionElements().find((element) => element.dataset.region === name);
  if (region === undefined) return false;
  focusIn(region);
  return true;
}

/** Move the focus to the next (1) or the previous (-1) part of the window, round and round. */
export function cycleRegion(step: 1 | -1): void {
  const here = remember();
  const regions = regionElements();
  const at = here === null ? (step === 1 ? -1 : 0) : regions.indexOf(here);
  const next = regions[(at + step + regions.length) % regions.length];
  if (next !== undefined) focusIn(next);
}

/** Change what is shown of a part of the window; a focus that stood in it stays in it instead of falling to the page. */
export function keepFocusIn(name: Region, change: () => void): void {
  const inside = regionOf(document.activeElement)?.dataset.region === name;
  change();
  if (inside) requestAnimationFrame(() => regionOf(document.activeElement) === null && focusRegion(name));
}
