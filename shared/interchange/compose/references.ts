import { words, type ServicePart } from './service-part.ts';

/** How a service names another one. `public`: by its address outside, as a browser would. */
export type Via = 'url' | 'address' | 'host' | 'command' | 'config' | 'link' | 'depends' | 'public';

/** One mention of another service. Holds names, schemes and ports only, never a value. */
export interface Reference {
  readonly target: string;
  readonly via: Via;
  /** The variable that holds it; null for the other ways. */
  readonly key: string | null;
  readonly scheme: string | null;
  readonly port: number | null;
  /** True for addresses that are only asked whether they are alive. */
  readonly health: boolean;
}

/** Who answers to which name. */
export interface Hosts {
  readonly byName: ReadonlyMap<string, string>;
  /** By the port that is published outside, where it is unique. */
  readonly byPort: ReadonlyMap<number, string>;
  /** By the squeezed name in Coolify's variables. */
  readonly byMagic: ReadonlyMap<string, string>;
}

const HOST_KEY = /(HOST|HOSTS|HOSTNAME|ADDR|ADDRESS|SERVER|SERVERS|URL|URI|ENDPOINT|CONNECTION|CONNECTIONSTRING|CONN|BROKER|BROKERS|BOOTSTRAP|NODES|UPSTREAM|TARGET|BACKEND|PEER|DRIVER|STORE|CONNECTION_?STRINGS?)(_?\d+)?$/i;
const NO_HOST_KEY = /(USER|USERNAME|PASS|PASSWORD|DATABASE|DB_NAME|SERVICE_NAME|DIALECT|^DB_CONNECTION|SERVER_NAME)$/i;
/** Addresses for browsers, redirects and lists of allowed origins: nothing is called there. */
const PUBLIC_KEY = /CLIENT|CALLBACK|CALL_BACK|EXTERNAL|REDIRECT|ORIGIN|CORS|SITE|PUBLIC|NEXTAUTH|ALLOW|SELF|DOMAIN|ADVERTISED|JITSI|^BASE_?URL|APP_URL|WEB_URL|BIND|LISTEN/i;
/** Even an inner name is no call where the variable holds the address that browsers use. */
const BROWSER_KEY = /EXTERNAL|CALLBACK|REDIRECT|PUBLIC_URL|PUBLIC_URI|SITE_URL/i;
const HEALTH_KEY = /HC$|HEALTH/i;
const HEALTH_PATH = /^\/(hc|healthz?|healthcheck|liveness|readiness|ready|ping)\/?$/i;
const OUTSIDE = /^(host\.docker\.internal|docker\.for\.\w+\.localhost|gateway\.docker\.internal|)$/i;
const PAIR_KEY = /^(server|host|hosts|hostname|data source|addr|address|endpoint|bootstrap\.servers)$/i;

/** Addresses of pictures and pages that are handed on to browsers. */
const HANDED_ON = /BASE_?URL|PIC|IMAGE|STATIC|ASSET|CDN/i;

interface Address {
  readonly scheme: string | null;
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
}

function splitHost(text: string): { host: string; port: number | null } {
  const [, host = '', port] = /^([^:]*)(?::(\d{1,5}))?/.exec(text.slice(text.lastIndexOf('@') + 1)) ?? [];
  return { host: host.toLowerCase(), port: port === undefined ? null : Number(port) };
}

/** Addresses with a scheme; a list of hosts in one address counts as several. User and password are dropped here. */
function urls(text: string): Address[] {
  const found: Address[] = [];
  for (const match of text.matchAll(/\b([a-z][a-z0-9+.-]{1,30}):\/\/([^\s"'<>`;|)\]}]*)/gi)) {
    const [, scheme = '', rest = ''] = match;
    const at = rest.search(/[/?#]/);
    const authority = at < 0 ? rest : rest.slice(0, at);
    const path = at < 0 ? '' : rest.slice(at).replace(/[?#,].*$/, '');
    for (const item of authority.slice(authority.lastIndexOf('@') + 1).split(',')) {
      const { host, port } = splitHost(item);
      found.push({ scheme: scheme.toLowerCase().replace(/^jdbc:/, ''), host, port, path });
    }
  }
  return found;
}

/** `kafka:9092` and lists of them. */
function addresses(text: string): Address[] {
  return [...text.matchAll(/(?:^|[\s,;=@("'[/])([a-z0-9][\w.-]*):(\d{2,5})(?![\w.])/gi)].map(([, host = '', port]) => ({ scheme: null, host: host.toLowerCase(), port: Number(port), path: '' }));
}

/** `Server=db;` or `host=db port=5432` inside a connection text. */
function pairHosts(text: string): string[] {
  return [...text.matchAll(/(?:^|[;\s])([A-Za-z. ]{2,20}?)\s*=\s*(?:tcp:)?([\w.-]+)/g)].filter(([, key = '']) => PAIR_KEY.test(key.trim())).map(([, , host = '']) => host.toLowerCase());
}

/** Bare host names: the whole value or a list. */
function bareHosts(text: string): string[] {
  return (/^[\w.,\s-]+$/.test(text) ? text.split(/[,\s]+/) : []).map((host) => host.toLowerCase()).filter((host) => host !== '');
}

function resolve(address: Address, key: string | null, hosts: Hosts): { target: string; isPublic: boolean; byPort?: boolean } | null {
  const named = hosts.byName.get(address.host);
  if (named !== undefined) return { target: named, isPublic: false };
  const magic = address.host.endsWith('.public.invalid') ? hosts.byMagic.get(address.host.replace(/\.public\.invalid$/, '')) : undefined;
  if (magic !== undefined) return { target: magic, isPublic: true };
  const outside = address.port !== null && OUTSIDE.test(address.host) && key !== null ? hosts.byPort.get(address.port) : undefined;
  return outside === undefined ? null : { target: outside, isPublic: true, byPort: true };
}

function inVariable(key: string, value: string, hosts: Hosts): Reference[] {
  const found: Reference[] = [];
  const add = (address: Address, via: Via): void => {
    const hit = resolve(address, key, hosts);
    if (hit === null || (hit.isPublic && PUBLIC_KEY.test(key)) || (hit.byPort === true && HANDED_ON.test(key)) || BROWSER_KEY.test(key)) return;
    found.push({ target: hit.target, via: hit.isPublic ? 'public' : via, key, scheme: address.scheme, port: address.port, health: HEALTH_KEY.test(key) || HEALTH_PATH.test(address.path) });
  };
  if (/^(?!.*(URL|ADDR|HOST)).*(ORIGIN|CORS|ALLOWED_HOSTS|REDIRECT|CALLBACK)/i.test(key)) return [];
  for (const address of urls(value)) add(address, 'url');
  for (const address of addresses(value.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>;|,]*/gi, ' '))) add(address, 'address');
  for (const host of pairHosts(value)) if (hosts.byName.has(host)) add({ scheme: null, host, port: null, path: '' }, 'host');
  if (!HOST_KEY.test(key) || NO_HOST_KEY.test(key)) return found;
  for (const host of bareHosts(value)) if (hosts.byName.has(host)) add({ scheme: null, host, port: null, path: '' }, 'host');
  return found;
}

/** Options and arguments; an argument that merely equals a name counts only after an option that asks for a host. */
function inCommand(part: ServicePart, hosts: Hosts): Reference[] {
  const found: Reference[] = [];
  const add = (address: Address): void => {
    const target = hosts.byName.get(address.host);
    if (target !== undefined) found.push({ target, via: 'command', key: null, scheme: address.scheme, port: address.port, health: false });
  };
  const args = [...(part.entrypoint ?? []), ...(part.command ?? [])].flatMap((arg) => (/\s/.test(arg) ? words(arg) : [arg]));
  args.forEach((arg, index) => {
    for (const address of [...urls(arg), ...addresses(arg)]) add(address);
    const [, option, value] = /^--?([\w.-]+)=(.+)$/.exec(arg) ?? [];
    const asked = option !== undefined ? HOST_KEY.test(option) || /link|broker|redis|amqp/i.test(option) : HOST_KEY.test((args[index - 1] ?? '').replace(/^-+/, '')) && (args[index - 1] ?? '').startsWith('-');
    if (asked) for (const host of bareHosts(value ?? arg)) add({ scheme: null, host, port: null, path: '' });
  });
  return found;
}

/** Addresses in configuration files that the Compose file writes out; comments do not count. */
function inContents(part: ServicePart, hosts: Hosts): Reference[] {
  const found: Reference[] = [];
  for (const content of part.contents) {
    const seen = new Set<string>();
    for (const line of content.split('\n')) {
      if (/^\s*(#|\/\/|--|_comment|-?\s*_comment)|"(description|\$id|\$schema)"/.test(line)) continue;
      for (const { scheme, host, port, path } of [...urls(line), ...(/^\s*(server|proxy_pass|reverse_proxy|upstream|url|uri|host|endpoint|brokers?)\b/i.test(line) ? addresses(line) : [])]) {
        const target = hosts.byName.get(host);
        if (target === undefined || seen.has(target)) continue;
        seen.add(target);
        found.push({ target, via: 'config', key: null, scheme, port, health: HEALTH_PATH.test(path) });
      }
    }
  }
  return found;
}

/** Every mention of another service, strongest first for each; mentions of itself are left out. */
export function referencesOf(name: string, part: ServicePart, hosts: Hosts): Reference[] {
  const linked = new Map(hosts.byName);
  for (const [alias, { service }] of part.links) {
    const target = hosts.byName.get(service.toLowerCase());
    if (target !== undefined) linked.set(alias.toLowerCase(), target);
  }
  const own: Hosts = { ...hosts, byName: linked };
  const found: Reference[] = [];
  for (const [key, value] of part.environment) if (value !== null && value !== '') found.push(...inVariable(key, value, own));
  found.push(...inCommand(part, own), ...inContents(part, own));
  for (const { service } of part.links.values()) {
    const target = hosts.byName.get(service.toLowerCase());
    if (target !== undefined) found.push({ target, via: 'link', key: null, scheme: null, port: null, health: false });
  }
  for (const [target, { condition }] of part.depends) {
    const real = hosts.byName.get(target.toLowerCase());
    if (real !== undefined && condition !== 'service_completed_successfully') found.push({ target: real, via: 'depends', key: null, scheme: null, port: null, health: false });
  }
  return found.filter(({ target }) => target !== name);
}
