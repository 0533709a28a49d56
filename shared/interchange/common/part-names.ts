import type { Component, Preset } from '../../contracts/component.ts';

/** Lower-case words of a name: `movie-id-mongodb` to movie, id, mongodb. */
export function tokens(name: string): string[] {
  return name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** The preset that a word names, by id, title or keyword; the word may end in digits (`postgres17`). */
export function presetFor(component: Component, names: readonly string[]): Preset | null {
  const wanted = new Set(names.flatMap((name) => [name, name.replace(/\d+$/, ''), name.replace(/-(server|ce|oss|container)$/, '')]).filter((name) => name.length > 1));
  for (const preset of component.presets ?? []) {
    if ([preset.id, preset.title.toLowerCase(), ...preset.keywords].some((word) => wanted.has(word))) return preset;
  }
  return null;
}

/** Whether a word is the name of something one can run, not of a purpose: `redis`, not `cache`. */
export function isProduct(component: Component, word: string): boolean {
  return presetFor(component, [word]) !== null || (component.recognition?.images ?? []).some((pattern) => pattern.replace(/\*$/, '').split('/').includes(word));
}

/** Words of the catalogue that mean a product only when nothing says the thing is own code. */
export const AMBIGUOUS_WORDS: ReadonlySet<string> = new Set([
  'search', 'storage', 'files', 'blob', 'bucket', 'analytics', 'stream', 'event-log', 'sessions', 'function', 'functions', 'bus', 'topic', 'pubsub',
  'logs', 'logging', 'config', 'registry', 'discovery', 'router', 'jobs', 'data', 'external', 'balancer', 'web', 'app', 'service', 'svc', 'api', 'backend',
  'server', 'microservice', 'metrics', 'monitoring', 'tracing', 'secrets', 'login', 'identity', 'elastic', 'warehouse', 'queue', 'queues', 'dns', 'pg', 'mq', 'exporter',
]);

/** A component that a name names. */
export interface NamedPart {
  readonly component: Component;
  /** The word of the catalogue that was found. */
  readonly word: string;
  /** The word is the whole name. */
  readonly whole: boolean;
  /** The word names a product. */
  readonly product: boolean;
}

/**
 * The component that a name names by the catalogue's recognition words: the whole name, its last two words, its last, or
 * a first word that is a product. `accepts` may turn a find down; the search then goes on. Null when nothing is named.
 */
export function partByName(name: string, components: Iterable<Component>, accepts: (found: NamedPart) => boolean): NamedPart | null {
  const raw = tokens(name);
  const parts = raw.map((word) => word.replace(/\d+$/, '') || word);
  const places = [raw, parts].map((words) => [words.join('-'), words.length > 1 ? words.slice(-2).join('-') : '', words.at(-1) ?? '', words.length > 1 ? (words[0] ?? '') : '']);
  const known = [...components];
  for (const place of [0, 1, 2, 3]) {
    for (const word of new Set(places.map((candidates) => candidates[place] ?? ''))) {
      if (word === '') continue;
      const whole = places.some(([all]) => all === word);
      for (const component of known) {
        if (!(component.recognition?.words ?? []).includes(word)) continue;
        const found: NamedPart = { component, word, whole, product: isProduct(component, word) };
        const first = place === 3 && places.every((candidates) => candidates[2] !== word);
        if ((!first || found.product) && accepts(found)) return found;
      }
    }
  }
  return null;
}

/** The component whose word a name ends in without a space between: `sqldata`, `mobileshoppingapigw`. */
export function partByEnding(name: string, components: ReadonlyMap<string, Component>): Component | null {
  const rules: readonly (readonly [RegExp, string])[] = [[/edge[-_]?router|reverse[-_]?proxy|ingress/i, 'nginx'], [/(apigw|apigateway|gateway)$/i, 'gateway-kong'], [/(sqldb|sqldata|database|[a-z]{3}db)$/i, 'rdbms'], [/(cache|redis)$/i, 'redis']];
  for (const [pattern, type] of rules) {
    const component = components.get(type);
    if (component && pattern.test(name)) return component;
  }
  return null;
}
