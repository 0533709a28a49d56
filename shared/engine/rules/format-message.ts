/** Messages of findings: placeholders `{key}` and `{key:as}` filled from the data, figures as a person reads them. */
import { RATE_UNITS, rateIn } from '../../contracts/finding-evidence.ts';
import type { Facts, RuleTarget } from '../../contracts/rule.ts';
import { formatAvailability, formatBytes, formatCount, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatRate, formatUtilisation } from '../../lib/format.ts';
import { oncePer } from '../../lib/once-per.ts';

/** What a message is filled from: data, and what it is about, which decides what an id means. */
export interface Written { readonly data: Readonly<Record<string, number | string>>; readonly targets: readonly RuleTarget[] }

const PLACEHOLDER = /\{([A-Za-z0-9_]+)(?::([a-z]+))?\}/g;

/** Longest name that a message quotes, in characters. */
const LONGEST_NAME = 48;

const FIGURES: Readonly<Record<string, (value: number) => string>> = {
  number: formatNumber, rate: formatRate, percent: formatPercent, ms: formatMs, s: formatDuration, usd: formatMonthly, money: formatMoney, count: formatCount,
  multiple: formatMultiple, utilisation: formatUtilisation, availability: formatAvailability,
  kb: (value) => formatBytes(value * 1e3), gb: (value) => formatBytes(value * 1e9),
};

/** Where a connection ends at nothing. */
const MISSING = 'a missing component';

function clipped(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

/** Null when there is no such component. */
function nodeName({ graph, components }: Facts, id: string): string | null {
  const node = graph.nodeById.get(id)?.node;
  if (node === undefined) return null;
  return node.name.trim() === '' ? `the unnamed ${components.get(node.type)?.title ?? 'component'}` : clipped(node.name);
}

/** Names of the journeys by id, looked up once for a drawing. */
const namesOfJourneys = oncePer(({ journeys }: Facts['graph']): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  for (const { id, journey } of journeys) if (!names.has(id)) names.set(id, journey.name);
  return names;
});

function edgeName(facts: Facts, id: string): string | null {
  const edge = facts.graph.edgeById.get(id)?.edge;
  return edge ? `${nodeName(facts, edge.from) ?? MISSING} to ${nodeName(facts, edge.to) ?? MISSING}` : null;
}

/** The name of the thing of one kind with this id; null when there is none. */
function nameAs(kind: RuleTarget['kind'], facts: Facts, id: string): string | null {
  const { graph } = facts;
  switch (kind) {
    case 'node': return nodeName(facts, id);
    case 'edge': return edgeName(facts, id);
    case 'journey': {
      const name = namesOfJourneys(graph).get(id);
      return name === undefined ? null : clipped(name);
    }
    case 'entity': return Object.hasOwn(graph.design.entities, id) ? clipped(graph.design.entities[id]?.name ?? id) : null;
    case 'boundary': return Object.hasOwn(graph.design.boundaries, id) ? clipped(graph.design.boundaries[id]?.name ?? id) : null;
  }
}

const KINDS: readonly RuleTarget['kind'][] = ['node', 'edge', 'journey', 'entity', 'boundary'];

/** The name of what bears the id; of the target's kind when a target bears it, because kinds may share an id. */
function nameOf(facts: Facts, targets: readonly RuleTarget[], id: string): string {
  for (const target of targets) {
    if (target.id !== id) continue;
    // its own text is found sooner than one cut out of a list
    const name = nameAs(target.kind, facts, target.id);
    if (name !== null) return name;
    break;
  }
  for (const kind of KINDS) {
    const name = nameAs(kind, facts, id);
    if (name !== null) return name;
  }
  throw new Error(`Nothing bears the id in a message: ${id}`);
}

/** The ids of a list as JSON. Where none needs an escape, which is nearly always, each is what stands between two quotes. */
function idsIn(list: string): readonly string[] {
  if (list.includes('\\')) return JSON.parse(list) as readonly string[];
  const ids: string[] = [];
  for (let from = list.indexOf('"') + 1; from > 0; ) {
    const to = list.indexOf('"', from);
    ids.push(list.slice(from, to));
    from = list.indexOf('"', to + 1) + 1;
  }
  return ids;
}

/** Names as a sentence lists them: of more than four the first three and how many more. */
function namesOf(facts: Facts, targets: readonly RuleTarget[], list: string): string {
  const ids = idsIn(list);
  const listed = ids.length > 4 ? 3 : ids.length;
  let text = '';
  for (let i = 0; i < listed; i++) text += `${i === 0 ? '' : i === ids.length - 1 ? ' and ' : ', '}${nameOf(facts, targets, ids[i] as string)}`;
  return listed < ids.length ? `${text} and ${ids.length - listed} more` : text;
}

/** The unit of rates at what the finding is about: jobs at a worker, messages at a broker. Undefined for requests. */
function unitOf(targets: readonly RuleTarget[], { graph, components }: Facts): string | undefined {
  for (const { kind, id } of targets) {
    if (kind !== 'node') continue;
    const type = graph.nodeById.get(id)?.node.type;
    const primary = type === undefined ? undefined : components.get(type)?.figures.primary;
    return primary && RATE_UNITS[primary];
  }
  return undefined;
}

/** What is filled in at one place: which of the data, in which form, and the text up to the next. */
interface Fill { readonly key: string; readonly as: string | undefined; readonly write: ((value: number) => string) | undefined; readonly then: string }

/** A message as it is written: a text, and what is filled in after it. */
export interface Message { readonly start: string; readonly fills: readonly Fill[] }

/** Read a message with its placeholders. */
export function readMessage(message: string): Message {
  const found = [...message.matchAll(PLACEHOLDER)];
  const fills = found.map(({ 0: whole, 1: key = '', 2: as, index }, place): Fill => {
    const format = as ?? 'number';
    return { key, as, write: Object.hasOwn(FIGURES, format) ? FIGURES[format] : undefined, then: message.slice(index + whole.length, found[place + 1]?.index) };
  });
  return { start: message.slice(0, found[0]?.index), fills };
}

function figure({ as, write }: Fill, value: number, { targets }: Written, facts: Facts): string {
  if (write === undefined) throw new Error(`Unknown placeholder format: ${as ?? ''}`);
  const text = write(value);
  return as === 'rate' ? rateIn(text, unitOf(targets, facts)) : text;
}

function word({ key, as }: Fill, value: string, { targets }: Written, facts: Facts): string {
  if (as === undefined) return value;
  if (as === 'name') return nameOf(facts, targets, value);
  if (as === 'names') return namesOf(facts, targets, value);
  throw new Error(`A word cannot be written as ${as}: ${key}`);
}

/** Write a message; the numbers of `data` are finite. Throws for a placeholder without data or of an unknown format: a defect of the rule. */
export function formatMessage({ start, fills }: Message, report: Written, facts: Facts): string {
  let text = start;
  for (const fill of fills) {
    // what every object inherits is neither a number nor a text
    const value = report.data[fill.key];
    if (typeof value === 'number') text += figure(fill, value, report, facts);
    else if (typeof value === 'string') text += word(fill, value, report, facts);
    else throw new Error(`No data for the placeholder ${fill.key}`);
    text += fill.then;
  }
  return text;
}
