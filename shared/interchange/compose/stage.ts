import type { Component } from '../../contracts/component.ts';
import type { Problem } from '../../lib/result.ts';
import { endOf } from '../common/ends.ts';
import type { Drawn } from './drawing.ts';
import { LOAD_GENERATOR } from './hints.ts';
import { imageName, matchImage } from './image-name.ts';
import { publishedBy } from './entries.ts';
import { recognise, type Recognised, type RecogniseContext } from './recognise.ts';
import { referencesOf, type Hosts, type Reference } from './references.ts';
import type { ServicePart } from './service-part.ts';
import { sizesOf } from './sizes.ts';

/** Services that are drawn as one, and the names they answer to. */
interface Unit {
  readonly name: string;
  readonly part: ServicePart;
  readonly members: readonly string[];
}

/** Several of them under one name are one cluster; their parameters can say so. */
const CLUSTERED: ReadonlySet<string> = new Set(['kafka', 'rabbitmq', 'search', 'redis']);

/** Names that differ by a number at the end only, with one image: nodes of one cluster when the component is one that clusters. */
function clusters(services: ReadonlyMap<string, ServicePart>, context: RecogniseContext): Unit[] {
  const groups = new Map<string, string[]>();
  for (const [name, part] of services) {
    const base = name.replace(/[-_]?\d+$/, '');
    const key = base === name || base === '' ? `\0${name}` : `${base}\n${part.image ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].flatMap((members): Unit[] => {
    const [name = ''] = members;
    const part = services.get(name) as ServicePart;
    const what = members.length > 1 ? recognise(name, part, { ...context, sharedImages: new Set() }) : null;
    if (what && 'type' in what && CLUSTERED.has(what.type)) return [{ name: name.replace(/[-_]?\d+$/, ''), part, members }];
    return members.map((member) => ({ name: member, part: services.get(member) as ServicePart, members: [member] }));
  });
}

function sharedImages(services: ReadonlyMap<string, ServicePart>, components: RecogniseContext['components']): Set<string> {
  const counts = new Map<string, number>();
  for (const { image } of services.values()) {
    const path = imageName(image)?.path;
    if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  // an image the catalogue knows stays what it is, however often it is used
  const known = (path: string): boolean => [...components.values()].some(({ recognition }) => recognition?.images?.some((pattern) => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern)));
  return new Set([...counts].filter(([path, count]) => count > 1 && !known(path)).map(([path]) => path));
}

function ownServices(services: ReadonlyMap<string, ServicePart>, components: RecogniseContext['components']): number {
  return [...services.values()].filter(({ image, build }) => {
    const name = imageName(image);
    return build !== undefined || name === null || matchImage(name, name.path, components.values()) === null;
  }).length;
}

function hostsOf(units: readonly Unit[]): Hosts {
  const byName = new Map<string, string>();
  const byMagic = new Map<string, string>();
  const ports = new Map<number, string | null>();
  for (const { name, members } of units) for (const member of members) byName.set(member.toLowerCase(), name);
  for (const { name, part } of units) {
    for (const other of [...part.names, ...[...part.networks.values()].flat()]) if (!byName.has(other.toLowerCase())) byName.set(other.toLowerCase(), name);
    for (const { published } of part.ports) if (published !== null) ports.set(published, ports.has(published) ? null : name);
    for (const key of part.environment.keys()) {
      const [, rest] = /^SERVICE_(?:URL|FQDN)_([A-Z0-9_]+)$/i.exec(key) ?? [];
      if (rest !== undefined) byMagic.set(rest.replace(/_\d+$/, '').replace(/[^a-z0-9]/gi, '').toLowerCase(), name);
    }
  }
  for (const { name } of units) {
    const squeezed = name.replace(/[^a-z0-9]/gi, '').toLowerCase();
    if (!byMagic.has(squeezed)) byMagic.set(squeezed, name);
  }
  return { byName, byMagic, byPort: new Map([...ports].flatMap(([port, name]) => (name === null ? [] : [[port, name] as const]))) };
}

/** A weakly recognised store is what those who call it take it for: their scheme, their port, the product in the variable. */
function byCallers(recognised: Recognised, mentions: readonly Reference[], components: RecogniseContext['components']): Recognised {
  if (recognised.byImage || recognised.confidence === 'sure' || (recognised.confidence === 'likely' && !recognised.because.startsWith('name'))) return recognised;
  for (const { scheme, port, key } of mentions) {
    for (const component of components.values()) {
      if (component.category !== 'data' && component.category !== 'messaging') continue;
      const fits = (scheme !== null && component.recognition?.schemes?.includes(scheme)) || (port !== null && scheme !== 'http' && port !== 9000 && component.recognition?.ports?.includes(port));
      if (!fits) continue;
      const same = component.type === recognised.type;
      const preset = component.presets?.find((candidate) => [candidate.id, ...candidate.keywords].some((word) => word === scheme || (key ?? '').toLowerCase().split(/[^a-z0-9]+/).includes(word))) ?? (same ? recognised.preset : null);
      return { ...recognised, type: component.type, preset, confidence: 'likely', because: key === null ? `${scheme ?? `port ${port}`} is spoken there` : `${key} names it`, alternatives: [recognised.type, ...recognised.alternatives].filter((type) => type !== component.type) };
    }
  }
  return recognised;
}

function watches(recognised: Recognised, references: readonly Reference[]): Recognised {
  const called = references.filter(({ via }) => via !== 'depends');
  if (recognised.byImage || called.length < 3 || !called.every(({ health }) => health)) return recognised;
  return { type: 'metrics-logs', preset: null, confidence: 'likely', because: 'it only asks others whether they are alive', alternatives: ['service'], byImage: false };
}

function recogniseAll(units: readonly Unit[], context: RecogniseContext, report: (problem: Problem) => void): Map<string, Recognised> {
  const found = new Map<string, Recognised>();
  for (const { name, part } of units) {
    const what = recognise(name, part, context);
    if ('reason' in what) report({ level: 'info', code: 'left-out', message: `\`${name}\` was left out: ${what.reason}.`, where: part.place.file, ...(part.place.line > 0 ? { line: part.place.line } : {}) });
    else found.set(name, what);
  }
  return found;
}

/** Recognise every service of a project and what it names; services that end by themselves are reported and left out. */
export function stageServices(services: ReadonlyMap<string, ServicePart>, components: ReadonlyMap<string, Component>, report: (problem: Problem) => void): Map<string, Drawn> {
  const awaitedEnd = new Set([...services.values()].flatMap(({ depends }) => [...depends].filter(([, { condition }]) => condition === 'service_completed_successfully').map(([name]) => name)));
  const published = [...services].some(([name, part]) => !LOAD_GENERATOR.test(name) && publishedBy({ part }) !== null);
  const context: RecogniseContext = { components, awaitedEnd, published, sharedImages: sharedImages(services, components), many: ownServices(services, components) > 3 };
  const units = clusters(services, context);
  const first = recogniseAll(units, context, report);
  const hosts = hostsOf(units);
  const references = new Map(units.map(({ name, part }) => [name, referencesOf(name, part, hosts)]));
  const mentions = new Map<string, Reference[]>();
  for (const list of references.values()) for (const reference of list) mentions.set(reference.target, [...(mentions.get(reference.target) ?? []), reference]);
  const settled = new Map([...first].map(([name, recognised]) => [name, watches(byCallers(recognised, mentions.get(name) ?? [], components), references.get(name) ?? [])]));
  const otherBroker = [...settled.values()].some(({ type }) => type === 'rabbitmq' || type === 'kafka' || type === 'sqs');
  const workers = [...settled].filter(([, { type }]) => type === 'celery-worker').map(([name]) => name);
  const drawn = new Map<string, Drawn>();
  for (const { name, part, members } of units) {
    const recognised = settled.get(name);
    const component = recognised ? components.get(recognised.type) : undefined;
    if (!recognised || !component) continue;
    const byWorker = !otherBroker && workers.some((worker) => references.get(worker)?.some(({ target }) => target === name));
    const params = sizesOf(component, recognised, part, { mentions: mentions.get(name) ?? [], byWorker, copies: members.length });
    const because = members.length > 1 ? `${recognised.because}; ${members.length} of them are one cluster` : recognised.because;
    drawn.set(name, { name, part, component, recognised: { ...recognised, because }, params, references: references.get(name) ?? [], end: endOf(component, params) });
  }
  return drawn;
}
