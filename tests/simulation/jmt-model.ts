import type { Class, Queue, Time, Visit } from './network.ts';

/** A measure that the file stores, with its interval when it settled. */
export interface StoredMeasure { readonly name: string; readonly value: number; readonly low: number | null; readonly high: number | null; readonly settled: boolean }
/** A model as a network, or what the simulator lacks for it. */
export interface JmtModel { readonly queues: readonly Queue[]; readonly classes: readonly Class[]; readonly names: readonly string[]; readonly stored: readonly StoredMeasure[]; readonly lacking: readonly string[] }

interface Element { readonly tag: string; readonly attributes: Readonly<Record<string, string>>; readonly children: Element[]; text: string }

/** Elements, attributes and text; what else XML has does not occur in these files. */
function parse(xml: string): Element {
  const root: Element = { tag: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [, close, tag, attributes, empty, text] of xml.matchAll(/<(?:(\/)?([A-Za-z]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/)?|[?!][^>]*)>([^<]*)/g)) {
    const top = open.at(-1) ?? root;
    if (close !== undefined) open.pop();
    else if (tag !== undefined) {
      const made: Element = { tag, attributes: Object.fromEntries([...(attributes ?? '').matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value])), children: [], text: '' };
      top.children.push(made);
      if (empty === undefined) open.push(made);
    }
    const inner = open.at(-1);
    if (inner && text !== undefined) inner.text += text.trim();
  }
  return root;
}

function all(element: Element, tag: string): Element[] {
  return element.children.flatMap((child) => [...(child.tag === tag ? [child] : []), ...all(child, tag)]);
}

/** Parameters of a list that names the class before each entry. */
function byClass(list: Element | undefined): Map<string, Element> {
  const found = new Map<string, Element>();
  let name = '';
  for (const child of list?.children ?? []) {
    if (child.tag === 'refClass') name = child.text;
    else found.set(name, child);
  }
  return found;
}

function numbersOf(element: Element): Record<string, number> {
  return Object.fromEntries(all(element, 'subParameter').filter((child) => child.children.some((value) => value.tag === 'value')).map((child) => [child.attributes['name'] ?? '', Number(child.children.find((value) => value.tag === 'value')?.text)]));
}

const KNOWN_SECTIONS = new Set(['RandomSource', 'ServiceTunnel', 'Router', 'Queue', 'Server', 'PSServer', 'Delay', 'JobSink', 'Fork', 'Join']);
const KNOWN_LAWS = new Set(['Exponential', 'Deterministic', 'Hyperexponential']);
const SECTION_NAMES: Readonly<Record<string, string>> = { Storage: 'places of a Petri net', Enabling: 'transitions of a Petri net', ClassSwitch: 'requests that change their class' };

/** Reads one file. */
class Reader {
  readonly lacking = new Set<string>();
  private readonly nodes = new Map<string, Element>();
  private readonly out = new Map<string, string[]>();
  private readonly sim: Element;

  constructor(private readonly root: Element) {
    const [sim] = all(root, 'sim');
    if (!sim) throw new Error('No model');
    this.sim = sim;
    for (const node of all(sim, 'node')) {
      this.nodes.set(node.attributes['name'] ?? '', node);
      for (const section of all(node, 'section')) {
        const kind = section.attributes['className'] ?? '';
        if (!KNOWN_SECTIONS.has(kind)) this.lacking.add(SECTION_NAMES[kind] ?? kind);
      }
    }
    for (const strategy of all(sim, 'subParameter').filter(({ attributes }) => attributes['name'] === 'ServiceTimeStrategy')) {
      const law = strategy.children[0]?.attributes['name'] ?? '';
      if (law !== '' && !KNOWN_LAWS.has(law)) this.lacking.add(`times by ${law}`);
    }
    for (const { attributes } of all(sim, 'connection')) this.out.set(attributes['source'] ?? '', [...(this.out.get(attributes['source'] ?? '') ?? []), attributes['target'] ?? '']);
  }

  private section(node: string, ...kinds: string[]): Element | undefined {
    return all(this.nodes.get(node) ?? this.root, 'section').find((section) => kinds.includes(section.attributes['className'] ?? ''));
  }

  private parameter(section: Element | undefined, name: string): Element | undefined {
    return section?.children.find((child) => child.attributes['name'] === name);
  }

  private time(strategy: Element | undefined): Time {
    const law = strategy?.children[0]?.attributes['name'] ?? '';
    const given = strategy ? numbersOf(strategy) : {};
    if (law === 'Exponential') return { mean: 1 / (given['lambda'] ?? 1), cs2: 1 };
    if (law === 'Deterministic') return { mean: given['t'] ?? 0, cs2: 0 };
    if (law === 'Hyperexponential') return { p: given['p'] ?? 0, rate1: given['lambda1'] ?? 1, rate2: given['lambda2'] ?? 1 };
    return { mean: 0, cs2: 0 };
  }

  private service(node: string, kind: string): Time {
    const section = this.section(node, 'Server', 'PSServer', 'Delay');
    if (all(section ?? this.root, 'parameter').some((parameter) => parameter.attributes['name'] === 'serverNames' && all(parameter, 'value').length > 1)) this.lacking.add('servers of several types in one station');
    return this.time(byClass(this.parameter(section, 'ServiceStrategy')).get(kind));
  }

  queues(): Queue[] {
    return [...this.nodes.keys()].flatMap((name): Queue[] => {
      const section = this.section(name, 'Server', 'PSServer', 'Delay');
      if (!section) return [];
      const size = Number(this.parameter(this.section(name, 'Queue'), 'size')?.children[0]?.text ?? -1);
      const servers = Number(this.parameter(section, 'maxJobs')?.children[0]?.text ?? 0);
      const delay = section.attributes['className'] === 'Delay';
      return [{ name, servers: delay ? 0 : servers, service: { mean: 0, cs2: 0 }, room: size < 0 ? undefined : Math.max(0, size - servers), shared: section.attributes['className'] === 'PSServer', policy: 'random' }];
    });
  }

  private single(node: string, kind: string): Visit {
    return { queue: node, service: this.service(node, kind) };
  }

  private forked(node: string, kind: string): Visit {
    const strategy = byClass(this.parameter(this.section(node, 'Fork'), 'ForkStrategy')).get(kind);
    const paths = strategy ? all(strategy, 'subParameter').filter((child) => child.attributes['name'] === 'OutPathEntry') : [];
    const targets = paths.flatMap((path) => {
      const [station = ''] = all(path, 'value').map((value) => value.text);
      const count = Number(all(path, 'subParameter').find((child) => child.attributes['name'] === 'numbers')?.children[0]?.text ?? 1);
      return Array.from({ length: count }, () => this.single(station, kind) as { queue: string; service: Time });
    });
    return { all: targets };
  }

  private routed(node: string, kind: string, targets: readonly string[]): Visit {
    const strategy = byClass(this.parameter(this.section(node, 'Router'), 'RoutingStrategy')).get(kind);
    const name = strategy?.attributes['name'] ?? '';
    const one = targets.map((target) => this.single(target, kind) as { queue: string; service: Time });
    const even = targets.map(() => 1 / targets.length);
    if (name === 'Random') return { one, shares: even };
    if (name === 'Round Robin') return { one, shares: even, policy: 'round_robin' };
    if (name.startsWith('Join the Shortest Queue')) return { one, shares: even, policy: 'least_outstanding' };
    if (name === 'Probabilities') {
      const shares = all(strategy as Element, 'subParameter').filter((child) => child.attributes['name'] === 'EmpiricalEntry').map((entry) => all(entry, 'value').map((value) => value.text));
      return { one, shares: targets.map((target) => Number(shares.find(([station]) => station === target)?.[1] ?? 0)) };
    }
    if (name === 'Fastest Service') return one.reduce((best, other) => ('mean' in other.service && 'mean' in best.service && other.service.mean < best.service.mean ? other : best));
    this.lacking.add(`routing by ${name}`);
    return { one, shares: even };
  }

  private route(kind: string, from: string): Visit[] {
    const visits: Visit[] = [];
    let node = from;
    for (let steps = 0; steps < 50; steps++) {
      const targets = this.out.get(node) ?? [];
      const [next] = targets;
      if (next === undefined || (steps > 0 && next === from)) return visits;
      if (this.section(node, 'Fork')) {
        visits.push(this.forked(node, kind));
        node = this.out.get(next)?.[0] ?? '';
      } else if (targets.length > 1) {
        if (targets.some((target) => !this.section(target, 'Server', 'PSServer')) || new Set(targets.map((target) => this.out.get(target)?.join())).size > 1) this.lacking.add('requests that go round');
        visits.push(this.routed(node, kind, targets));
        node = next;
      } else {
        if (this.section(next, 'Server', 'PSServer', 'Delay')) visits.push(this.single(next, kind));
        node = next;
      }
      if (this.section(node, 'JobSink')) return visits;
    }
    return visits;
  }

  classes(): { readonly classes: Class[]; readonly names: string[] } {
    const named = this.sim.children.filter((child) => child.tag === 'userClass');
    return {
      names: named.map(({ attributes }) => attributes['name'] ?? ''),
      classes: named.map(({ attributes }) => {
        const source = attributes['referenceSource'] ?? '';
        const kind = attributes['name'] ?? '';
        if (attributes['type'] === 'closed') return { customers: Number(attributes['customers']), think: this.service(source, kind), route: this.route(kind, source) };
        return { gap: this.time(byClass(this.parameter(this.section(source, 'RandomSource'), 'ServiceStrategy')).get(kind)), route: this.route(kind, source) };
      }),
    };
  }

  stored(): StoredMeasure[] {
    return all(this.root, 'results').flatMap((results) => all(results, 'measure')).filter(({ attributes }) => attributes['finalValue'] !== undefined).map((measure) => {
      const last = all(measure, 'sample').at(-1)?.attributes ?? {};
      const bound = (name: string): number | null => (last[name] === undefined ? null : Number(last[name]));
      return { name: measure.attributes['name'] ?? '', value: Number(measure.attributes['finalValue']), low: bound('lowerBound'), high: bound('upperBound'), settled: measure.attributes['state'] === '1' };
    });
  }
}

/** Read a `.jsimg` model. What the simulator has no part for is listed, and the network is then not to be used. */
export function readJmtModel(xml: string): JmtModel {
  const reader = new Reader(parse(xml));
  const queues = reader.queues();
  const { classes, names } = reader.classes();
  return { queues, classes, names, stored: reader.stored(), lacking: [...reader.lacking] };
}
