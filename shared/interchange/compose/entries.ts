import type { Confidence } from '../import-report.ts';
import { downstream, type Connection, type Drawn } from './drawing.ts';
import { CONSOLE, FRONT } from './hints.ts';

/** A way in from outside. */
export interface Entry {
  readonly name: string;
  readonly confidence: Confidence;
  readonly because: string;
}

const CALLABLE: ReadonlySet<string> = new Set(['compute', 'gateway', 'splitter', 'function', 'plain', 'auth', 'unknown', 'edge']);
const DOORS: ReadonlySet<string> = new Set(['gateway', 'splitter', 'edge']);
const INNER: ReadonlySet<string> = new Set(['shard-router', 'pooler']);
const MAIL = /mailhog|mailpit|maildev/i;

/** Why a service can be reached from outside, or null. A port without a fixed number outside is a weak sign. */
export function publishedBy({ part }: Pick<Drawn, 'part'>): { because: string; weak: boolean } | null {
  const fixed = part.ports.find(({ published }) => published !== null);
  if (fixed) return { because: `port ${fixed.published ?? fixed.target} is published`, weak: false };
  const magic = [...part.environment.keys()].find((key) => /^SERVICE_(URL|FQDN)_/.test(key));
  if (magic !== undefined) return { because: `${magic} publishes it`, weak: false };
  if ([...part.labels.keys()].some((key) => /^traefik\.http\.routers\./.test(key))) return { because: 'a Traefik label publishes it', weak: false };
  const loose = part.ports[0];
  return loose ? { because: `port ${loose.target} is published`, weak: true } : null;
}

function unpublished(drawn: readonly Drawn[], called: ReadonlySet<string>): Entry[] {
  const open = drawn.filter(({ name, end }) => CALLABLE.has(end.role) && !called.has(name));
  const best = open.find(({ end }) => DOORS.has(end.role)) ?? open.find(({ name }) => FRONT.test(name)) ?? (open.length === 1 ? open[0] : undefined);
  return best ? [{ name: best.name, confidence: 'guess', because: 'nothing is published; this looks like the way in' }] : [];
}

/**
 * Where users come in: gateways and proxies that are published, then user interfaces they do not lead to; without a
 * gateway the published services that nobody calls. Stores, consoles and mail catchers are never a way in.
 */
export function findEntries(services: Iterable<Drawn>, edges: readonly Connection[]): Entry[] {
  const drawn = [...services];
  const called = new Set(edges.filter(({ shown, outside }) => !outside && (shown === 'http' || shown === 'ws')).map(({ to }) => to));
  const open = drawn.flatMap((service) => {
    const why = publishedBy(service);
    return why && CALLABLE.has(service.end.role) && !INNER.has(service.component.type) && !CONSOLE.test(service.name) && !MAIL.test(`${service.name} ${service.part.image ?? ''}`) ? [{ service, why }] : [];
  });
  const firm = open.filter(({ why }) => !why.weak);
  const candidates = firm.length > 0 ? firm : open;
  if (candidates.length === 0) return unpublished(drawn, called);
  const entry = ({ service, why }: (typeof candidates)[number]): Entry => ({ name: service.name, confidence: DOORS.has(service.end.role) || candidates.length === 1 ? 'likely' : FRONT.test(service.name) ? 'likely' : 'guess', because: why.because });
  const doors = candidates.filter(({ service }) => DOORS.has(service.end.role));
  const fronts = candidates.filter(({ service }) => FRONT.test(service.name));
  const uncalled = (list: typeof candidates): typeof candidates => list.filter(({ service }) => !called.has(service.name));
  const first = doors.length > 0 ? (uncalled(doors).length > 0 ? uncalled(doors) : fronts.length > 0 ? [] : doors) : [];
  const behind = downstream(first.map(({ service }) => service.name), edges);
  const more = uncalled(fronts).filter(({ service }) => !behind.has(service.name));
  const chosen = [...first, ...more];
  if (chosen.length > 0) return chosen.map(entry);
  const rest = uncalled(candidates);
  return (rest.length > 0 ? rest : [...fronts, ...candidates].slice(0, 1)).map(entry);
}
