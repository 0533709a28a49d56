/** The size of the interface: how many CSS px one px of the design takes. The paper keeps a zoom of its own. */

/** Sizes that can be chosen, percent. */
export const INTERFACE_SIZES = [90, 100, 110, 125, 150] as const;

/** One of them. */
export type InterfaceSize = (typeof INTERFACE_SIZES)[number];

let scale = 1;
const listeners = new Set<() => void>();

/** CSS px that one px of the design takes now. */
export function interfaceScale(): number {
  return scale;
}

/** A length of the design for an inline style: it follows the size of the interface. */
export function designPx(px: number): string {
  return px === 0 ? '0' : `calc(${px} * var(--px))`;
}

/** A condition on a width in px, as it must read while one px of the design takes `by` CSS px. */
export function scaledCondition(condition: string, by: number): string {
  return condition.replace(/(-?\d*\.?\d+)px/g, (_found, figure: string) => `${Number((Number(figure) * by).toFixed(4))}px`);
}

/** Conditions as the style sheets were written. */
const written = new WeakMap<MediaList, string>();

/** Conditions on the window's width speak of px of the design: a larger interface has less room, as a narrower window has. */
function scaleConditions(): void {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule) || !/width/.test(rule.conditionText)) continue;
      const original = written.get(rule.media) ?? rule.media.mediaText;
      written.set(rule.media, original);
      rule.media.mediaText = scaledCondition(original, scale);
    }
  }
}

/** Draw the interface in a size, percent. */
export function applyInterfaceSize(percent: number): void {
  if (scale === percent / 100) return;
  scale = percent / 100;
  document.documentElement.style.setProperty('--px', `${scale}px`);
  scaleConditions();
  for (const listener of listeners) listener();
}

/** Be told when the window or the interface changes its size; returns how to stop. */
export function onWindowSize(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  listeners.add(listener);
  return () => {
    window.removeEventListener('resize', listener);
    listeners.delete(listener);
  };
}

/** The window's width in px of the design. */
export function windowWidth(): number {
  return window.innerWidth / scale;
}

/** The window's height in px of the design. */
export function windowHeight(): number {
  return window.innerHeight / scale;
}
