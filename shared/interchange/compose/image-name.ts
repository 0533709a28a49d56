import type { Component } from '../../contracts/component.ts';

/** An image's name taken apart. Registry and tag never decide what it is. */
export interface ImageName {
  /** `coollabsio/minio` of `ghcr.io/coollabsio/minio:RELEASE.2025`. */
  readonly path: string;
  /** `minio`. */
  readonly last: string;
  /** As shown in a reason: name and tag, at most 80 letters. */
  readonly shown: string;
}

/** Take an image name apart; null when there is none (a variable that is set nowhere). */
export function imageName(image: string | undefined): ImageName | null {
  const text = (image ?? '').trim().toLowerCase();
  const bare = text.replace(/@sha256:[0-9a-f]*$/, '');
  const name = bare.replace(/:[^/:]*$/, '');
  const parts = name.split('/').filter((part) => part !== '');
  const [first = ''] = parts;
  const path = (parts.length > 1 && /[.:]|^localhost$/.test(first) ? parts.slice(1) : parts).join('/').replace(/^library\//, '');
  const last = path.replace(/^.*\//, '');
  if (!/^[a-z0-9]/.test(last)) return null;
  const shown = bare.replace(/^.*\/(?=[^/]*\/[^/]*$)/, '').replace(/[^\w./:-]/g, '');
  return { path, last, shown: shown.length > 80 ? `${shown.slice(0, 77)}…` : shown };
}

/** How well a pattern fits: longer is better, an exact name beats a prefix; 0 does not fit. */
function fit(pattern: string, name: string): number {
  if (!pattern.endsWith('*')) return pattern === name ? 1000 + pattern.length : 0;
  const prefix = pattern.slice(0, -1);
  // a word may only be continued by a separator or a number: `node*` is not `nodered`, `postgres*` not `postgrest`
  return name.startsWith(prefix) && (prefix.endsWith('/') || !/^[a-z]/.test(name.slice(prefix.length))) ? pattern.length : 0;
}

/** A component that an image name fits, and whether by its whole path or by its last part only. */
export interface ImageMatch {
  readonly component: Component;
  readonly whole: boolean;
}

/** How well one component fits: its best pattern, and whether any pattern fits the whole path. */
function fitOf(component: Component, image: ImageName, registryPath: string): { score: number; whole: boolean } {
  const fits = (component.recognition?.images ?? []).map((pattern) => ({
    whole: Math.max(fit(pattern, image.path), fit(pattern, registryPath)),
    last: pattern.includes('/') ? 0 : fit(pattern, image.last),
  }));
  return { score: Math.max(0, ...fits.map(({ whole, last }) => Math.max(whole * 10, last))), whole: fits.some(({ whole }) => whole > 0) };
}

/** The component whose recognition data fit the image best. Deterministic: equal fits go to the first in the catalogue. */
export function matchImage(image: ImageName, registryPath: string, components: Iterable<Component>): ImageMatch | null {
  let best: ImageMatch | null = null;
  let highest = 0;
  for (const component of components) {
    const { score, whole } = fitOf(component, image, registryPath);
    if (score > highest) [best, highest] = [{ component, whole }, score];
  }
  return best;
}
