import { interpolate, type Lookup } from './variables.ts';
import { get, isYamlMap, yamlMap, type YamlDocument, type YamlMap, type YamlValue } from './yaml-data.ts';

/** Where a statement stands. `line` 0: not known. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A port of a service. `published` is the port outside, null when the container's port gets a free one. */
export interface PortSpec {
  readonly target: number;
  readonly published: number | null;
}

/** How a dependency is waited for. */
export type DependsCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

/** What one or more files say about a service, with variables filled in. Absent means not said. */
export interface ServicePart {
  place: Place;
  image?: string;
  build?: { context: string; dockerfile: string };
  command?: readonly string[];
  entrypoint?: readonly string[];
  environment: Map<string, string | null>;
  envFiles: { path: string; required: boolean; place: Place }[];
  ports: PortSpec[];
  expose: number[];
  depends: Map<string, { condition: DependsCondition; place: Place }>;
  /** Service name by the alias it is linked under. */
  links: Map<string, { service: string; place: Place }>;
  /** Aliases by network. */
  networks: Map<string, readonly string[]>;
  /** Other names it answers to: `container_name`, `hostname`. */
  names: string[];
  labels: Map<string, string>;
  replicas?: number;
  cpus?: number;
  memoryGb?: number;
  healthcheck?: { enabled: boolean; interval_s: number | null; retries: number | null };
  /** What the health check runs; only looked at for the language. */
  healthTest?: string;
  restart?: string;
  profiles: string[];
  /** Texts of configuration files that are written out in the Compose file. */
  contents: string[];
  extends?: { file: string | null; service: string };
  /** Keys marked `!reset` or `!override`: what earlier files said there does not count. */
  replaces: string[];
}

/** What reading a service needs besides the service. */
export interface PartContext {
  readonly file: string;
  readonly document: YamlDocument;
  readonly lookup: Lookup;
  readonly warn: (code: string, place: Place, text: string) => void;
}

function textOf(value: YamlValue | undefined, lookup: Lookup): string | null {
  if (typeof value === 'string') return interpolate(value, lookup);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function listOf(value: YamlValue | undefined): readonly YamlValue[] {
  return Array.isArray(value) ? (value as readonly YamlValue[]) : value === undefined || value === null ? [] : [value];
}

/** Split as a shell does for words and quotes; nothing is expanded. */
export function words(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function commandOf(value: YamlValue | undefined, lookup: Lookup): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return words(interpolate(value, lookup));
  return listOf(value).flatMap((item) => textOf(item, lookup) ?? []);
}

/** `KEY=value` lists and mappings alike; a key without value is looked up. */
function pairs(value: YamlValue | undefined, lookup: Lookup): Map<string, string | null> {
  const found = new Map<string, string | null>();
  const put = (key: string, text: string | null): void => void found.set(key, text ?? lookup(key) ?? null);
  if (isYamlMap(value)) for (const [key, item] of Object.entries(value)) put(key, item === null ? null : (textOf(item, lookup) ?? ''));
  else {
    for (const item of listOf(value)) {
      const text = typeof item === 'string' ? item : isYamlMap(item) ? null : String(item);
      if (text === null) for (const [key, inner] of pairs(item, lookup)) found.set(key, inner);
      else {
        const at = text.indexOf('=');
        if (at < 0) put(text.trim(), null);
        else put(text.slice(0, at).trim(), interpolate(text.slice(at + 1), lookup));
      }
    }
  }
  return found;
}

/** `8080`, `80:8080`, `127.0.0.1:80:8080/tcp`, ranges (their first port) and the long form. */
export function portOf(value: YamlValue, lookup: Lookup): PortSpec | null {
  if (isYamlMap(value)) {
    const target = Number(textOf(get(value, 'target'), lookup));
    const published = Number.parseInt(textOf(get(value, 'published'), lookup) ?? '', 10);
    return Number.isInteger(target) && target > 0 ? { target, published: Number.isInteger(published) ? published : null } : null;
  }
  const text = textOf(value, lookup)?.replace(/\/(tcp|udp|sctp)$/i, '').replace(/^\[[^\]]*\]:/, '') ?? '';
  const parts = text.split(':');
  const target = Number.parseInt(parts.at(-1) ?? '', 10);
  if (!(target > 0 && target < 65_536)) return null;
  const published = Number.parseInt(parts.at(-2) ?? '', 10);
  return { target, published: parts.length > 1 && published > 0 && published < 65_536 ? published : null };
}

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** `512M`, `1.5gb`, a number of bytes; GiB, null when it is no size. */
export function memoryGb(text: string | null): number | null {
  const [, amount, unit = 'b'] = /^\s*([\d.]+)\s*([bkmg])?(?:i?b)?\s*$/i.exec(text ?? '') ?? [];
  const bytes = Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
  return Number.isFinite(bytes) && bytes > 0 ? Math.round((bytes / 1024 ** 3) * 1000) / 1000 : null;
}

/** `1m30s`, `500ms`, `10s`; seconds, null when it is no duration. */
export function seconds(text: string | null): number | null {
  if (text === null || !/^\s*(\d+(\.\d+)?(ms|us|ns|h|m|s))+\s*$/.test(text)) return null;
  const factors: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, ns: 1e-9 };
  let total = 0;
  for (const [, amount, unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)) total += Number(amount) * (factors[unit] ?? 0);
  return total;
}

const CONDITIONS: ReadonlySet<string> = new Set(['service_started', 'service_healthy', 'service_completed_successfully']);

function readDepends(part: ServicePart, value: YamlValue | undefined, { file, document, lookup }: PartContext): void {
  const put = (name: string | null, condition: string | null, key: string | number): void => {
    if (name === null || name === '') return;
    const line = value === undefined ? 0 : document.lineOf(value, key);
    part.depends.set(name, { condition: CONDITIONS.has(condition ?? '') ? (condition as DependsCondition) : 'service_started', place: { file, line: line || part.place.line } });
  };
  if (isYamlMap(value)) for (const [name, item] of Object.entries(value)) put(name, textOf(get(item, 'condition'), lookup), name);
  else listOf(value).forEach((item, index) => put(textOf(item, lookup), null, index));
}

function readNames(part: ServicePart, service: YamlMap, { file, document, lookup }: PartContext): void {
  for (const key of ['container_name', 'hostname']) {
    const name = textOf(get(service, key), lookup);
    if (name) part.names.push(name);
  }
  const links = [...listOf(get(service, 'links')), ...listOf(get(service, 'external_links'))];
  for (const item of links) {
    const [target = '', alias] = (textOf(item, lookup) ?? '').split(':');
    if (target !== '') part.links.set(alias ?? target, { service: target, place: { file, line: document.lineOf(service, 'links') || part.place.line } });
  }
  const networks = get(service, 'networks');
  if (isYamlMap(networks)) for (const [name, item] of Object.entries(networks)) part.networks.set(name, listOf(get(item, 'aliases')).flatMap((alias) => textOf(alias, lookup) ?? []));
  else for (const item of listOf(networks)) if (typeof item === 'string') part.networks.set(interpolate(item, lookup), []);
}

function readSize(part: ServicePart, service: YamlMap, lookup: Lookup): void {
  const deploy = get(service, 'deploy');
  const limits = get(get(deploy, 'resources'), 'limits');
  const replicas = Number(textOf(get(deploy, 'replicas'), lookup) ?? textOf(get(service, 'scale'), lookup) ?? Number.NaN);
  if (Number.isInteger(replicas) && replicas >= 0) part.replicas = replicas;
  const cpus = Number(textOf(get(limits, 'cpus'), lookup) ?? textOf(get(service, 'cpus'), lookup) ?? Number.NaN);
  if (Number.isFinite(cpus) && cpus > 0) part.cpus = cpus;
  const memory = memoryGb(textOf(get(limits, 'memory'), lookup) ?? textOf(get(service, 'mem_limit'), lookup));
  if (memory !== null) part.memoryGb = memory;
}

function readHealth(part: ServicePart, service: YamlMap, lookup: Lookup): void {
  const check = get(service, 'healthcheck');
  if (!isYamlMap(check)) return;
  const test = commandOf(get(check, 'test'), lookup);
  const retries = Number(textOf(get(check, 'retries'), lookup) ?? Number.NaN);
  const enabled = get(check, 'disable') !== true && test?.[0] !== 'NONE';
  part.healthcheck = { enabled, interval_s: seconds(textOf(get(check, 'interval'), lookup)), retries: Number.isInteger(retries) && retries > 0 ? retries : null };
  if (test) part.healthTest = test.join(' ').slice(0, 2000);
}

function readFiles(part: ServicePart, service: YamlMap, context: PartContext): void {
  const { lookup, file } = context;
  for (const item of listOf(get(service, 'env_file'))) {
    const path = textOf(isYamlMap(item) ? get(item, 'path') : item, lookup);
    if (path) part.envFiles.push({ path, required: get(item, 'required') !== false, place: { file, line: context.document.lineOf(service, 'env_file') } });
  }
  for (const item of listOf(get(service, 'volumes'))) {
    const content = get(item, 'content');
    if (typeof content === 'string') part.contents.push(content);
  }
  const source = get(service, 'extends');
  const target = typeof source === 'string' ? source : textOf(get(source, 'service'), lookup);
  if (target) part.extends = { file: textOf(get(source, 'file'), lookup), service: target };
}

/** An empty part at a place. */
export function emptyPart(place: Place): ServicePart {
  return { place, environment: new Map(), envFiles: [], ports: [], expose: [], depends: new Map(), links: new Map(), networks: new Map(), names: [], labels: new Map(), profiles: [], contents: [], replaces: [] };
}

/** Take Compose's `!reset` and `!override` marks off a service, and say where they stood. */
function unmark(service: YamlMap): { plain: YamlMap; replaces: string[] } {
  const replaces: string[] = [];
  const entries = Object.entries(service).flatMap(([key, value]): [string, YamlValue][] => {
    const override = get(value, '!override');
    if (get(value, '!reset') === undefined && override === undefined) return [[key, value]];
    replaces.push(key);
    return override === undefined ? [] : [[key, override]];
  });
  return replaces.length === 0 ? { plain: service, replaces } : { plain: yamlMap(entries), replaces };
}

/** Read what one file says about one service. */
export function readPart(marked: YamlMap, place: Place, context: PartContext): ServicePart {
  const { lookup } = context;
  const part = emptyPart(place);
  const { plain: service, replaces } = unmark(marked);
  part.replaces = replaces;
  const image = textOf(get(service, 'image'), lookup);
  if (image) part.image = image.trim();
  const build = get(service, 'build');
  if (typeof build === 'string') part.build = { context: interpolate(build, lookup), dockerfile: '' };
  else if (isYamlMap(build)) part.build = { context: textOf(get(build, 'context'), lookup) ?? '', dockerfile: textOf(get(build, 'dockerfile'), lookup) ?? '' };
  const command = commandOf(get(service, 'command'), lookup);
  if (command) part.command = command;
  const entrypoint = commandOf(get(service, 'entrypoint'), lookup);
  if (entrypoint) part.entrypoint = entrypoint;
  part.environment = pairs(get(service, 'environment'), lookup);
  for (const [key, value] of pairs(get(service, 'labels'), lookup)) part.labels.set(key, value ?? '');
  for (const item of listOf(get(service, 'ports'))) {
    const port = portOf(item, lookup);
    if (port) part.ports.push(port);
    else context.warn('port-unread', place, 'a port could not be read. It was left out.');
  }
  part.expose = listOf(get(service, 'expose')).flatMap((item) => portOf(item, lookup)?.target ?? []);
  part.profiles = listOf(get(service, 'profiles')).flatMap((item) => textOf(item, lookup) ?? []);
  const restart = textOf(get(service, 'restart'), lookup) ?? textOf(get(get(get(service, 'deploy'), 'restart_policy'), 'condition'), lookup);
  if (restart !== null) part.restart = restart;
  readDepends(part, get(service, 'depends_on'), context);
  readNames(part, service, context);
  readSize(part, service, lookup);
  readHealth(part, service, lookup);
  readFiles(part, service, context);
  return part;
}

function union<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): T[] {
  const seen = new Map(before.map((item) => [key(item), item]));
  for (const item of after) seen.set(key(item), item);
  return [...seen.values()];
}

/** A part without what a later file replaces. */
function without(part: ServicePart, keys: readonly string[]): ServicePart {
  const none = emptyPart(part.place);
  const has = (key: string): boolean => keys.includes(key);
  const { command, entrypoint, image, build, ...rest } = part;
  return {
    ...rest,
    ...(command && !has('command') ? { command } : {}),
    ...(entrypoint && !has('entrypoint') ? { entrypoint } : {}),
    ...(image !== undefined && !has('image') ? { image } : {}),
    ...(build && !has('build') ? { build } : {}),
    environment: has('environment') ? none.environment : part.environment,
    envFiles: has('env_file') ? none.envFiles : part.envFiles,
    ports: has('ports') ? none.ports : part.ports,
    depends: has('depends_on') ? none.depends : part.depends,
    links: has('links') ? none.links : part.links,
    networks: has('networks') ? none.networks : part.networks,
    profiles: has('profiles') ? none.profiles : part.profiles,
  };
}

/** What the later file says wins; lists of ports, variables, dependencies and names are merged by key. */
export function mergeParts(earlier: ServicePart, after: ServicePart): ServicePart {
  const before = after.replaces.length > 0 ? without(earlier, after.replaces) : earlier;
  const stated = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined && !(value instanceof Map) && !Array.isArray(value))) as Partial<ServicePart>;
  const { extends: _extends, ...kept } = before;
  return {
    ...kept,
    ...stated,
    place: before.place,
    ...(after.build && before.build ? { build: { context: after.build.context || before.build.context, dockerfile: after.build.dockerfile || before.build.dockerfile } } : {}),
    ...(after.command ? { command: after.command } : {}),
    ...(after.entrypoint ? { entrypoint: after.entrypoint } : {}),
    environment: new Map([...before.environment, ...after.environment]),
    envFiles: union(before.envFiles, after.envFiles, ({ path }) => path),
    ports: union(before.ports, after.ports, ({ target, published }) => `${target}:${published ?? ''}`),
    expose: union(before.expose, after.expose, String),
    depends: new Map([...before.depends, ...after.depends]),
    links: new Map([...before.links, ...after.links]),
    networks: new Map([...before.networks, ...after.networks]),
    names: union(before.names, after.names, String),
    labels: new Map([...before.labels, ...after.labels]),
    profiles: union(before.profiles, after.profiles, String),
    contents: [...before.contents, ...after.contents],
  };
}
