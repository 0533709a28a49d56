import { get, isYamlMap, type YamlValue } from './yaml-data.ts';

/** True for files that hold variables: `.env`, `.env.local`, `shop.env`. */
export function isEnvFile(name: string): boolean {
  return /(^|\/)\.env(\.[\w.-]+)?$|\.env$/i.test(name);
}

/** Cheap test for a dropped file: the name is YAML's and the text has `services:` or looks like a manifest that deserves its own refusal. */
export function looksLikeCompose(name: string, text: string): boolean {
  return /\.ya?ml$/i.test(name) && /^(services|["']services["'])\s*:|^(apiVersion|kind|version|include)\s*:|^\s+(image|build)\s*:/m.test(text);
}

/** What a YAML document is. `old` is the first Compose format, whose services stand at the top. */
export type DocumentKind = 'compose' | 'old' | 'kubernetes' | 'other' | 'empty';

const EMPTY_KEYS: ReadonlySet<string> = new Set(['version', 'name', 'include', 'networks', 'volumes', 'configs', 'secrets', 'x-common']);

/** Tell Compose from what merely is YAML. */
export function documentKind(value: YamlValue): DocumentKind {
  if (value === null) return 'empty';
  if (!isYamlMap(value)) return 'other';
  if (typeof get(value, 'apiVersion') === 'string' && typeof get(value, 'kind') === 'string') return 'kubernetes';
  if (isYamlMap(get(value, 'services')) || Array.isArray(get(value, 'include'))) return 'compose';
  const keys = Object.keys(value).filter((key) => !key.startsWith('x-'));
  if (keys.length > 0 && keys.every((key) => EMPTY_KEYS.has(key))) return 'compose';
  const services = keys.filter((key) => get(value[key], 'image') !== undefined || get(value[key], 'build') !== undefined);
  return services.length > 0 && services.length === keys.length ? 'old' : 'other';
}
