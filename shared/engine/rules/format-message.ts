/** Messages of findings: placeholders `{key}` and `{key:as}` filled from the data, figures as a person reads them. */
import { RATE_UNITS, rateIn } from '../../contracts/finding-evidence.ts';
import type { Facts, RuleTarget } from '../../contracts/rule.ts';
import { formatAvailability, formatBytes, formatCount, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatRate, formatUtilisation } from '../../lib/format.ts';

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

function clipped(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

function nodeName(facts: Facts, id: string): string {
  const node = Object.hasOwn(facts.graph.design.nodes, id) ? facts.graph.design.nodes[id] : undefined;
  if (node === undefined) return 'a missing component';
  const title = facts.components.get(node.type)?.title ?? 'component';
  return node.name.trim() === '' ? `the unnamed ${title}` : clipped(node.name);
}

const journeyNames = new WeakMap<Facts['graph'], ReadonlyMap<string, string>>();

/** Names of the journeys by id, looked up once for a drawing. */
function namesOfJourneys(graph: Facts['graph']): ReadonlyMap<string, string> {
  const known = journeyNames.get(graph);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  for (const { id, journey } of graph.journeys) if (!names.has(id)) names.set(id, journey.name);
  journeyNames.set(graph, names);
  return names;
}

function edgeName(facts: Facts, id: string): string | null {
  const edge = facts.graph.edgeById.get(id)?.edge;
  return edge ? `${nodeName(facts, edge.from)} to ${nodeName(facts, edge.to)}` : null;
}

/** The name of the thing of one kind with this id; null when there is none. */
function nameAs(kind: RuleTarget['kind'], facts: Facts, id: string): string | null {
  const { graph } = facts;
  switch (kind) {
    case 'node': return graph.nodeById.has(id) ? nodeName(facts, id) : null;
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
    const name = nameAs(target.kind, facts, id);
    if (name !== null) return name;
    break;
  }
  for (const kind of KINDS) {
    const name = nameAs(kind, facts, id);
    if (name !== null) return name;
  }
  throw new Error(`Nothing bears the id in a message: ${id}`);
}

/** Names as a sentence lists them: of more than four the first three and how many more. */
function namesOf(facts: Facts, targets: readonly RuleTarget[], list: string): string {
  const ids = JSON.parse(list) as readonly string[];
  const listed = ids.length > 4 ? 3 : ids.length;
  let text = '';
  for (let i = 0; i < listed; i++) text += `${i === 0 ? '' : i === ids.length - 1 ? ' and ' : ', '}${nameOf(facts, targets, ids[i] as string)}`;
  return listed < ids.length ? `${text} and ${ids.length - listed} more` : text;
}

function figure(as: string, value: number): string {
  const format = Object.hasOwn(FIGURES, as) ? FIGURES[as] : undefined;
  if (format === undefined) throw new Error(`Unknown placeholder format: ${as}`);
  if (!Number.isFinite(value)) throw new Error(`A figure of a message is not finite (${as})`);
  return format(value);
}

/** A rate in the unit of what the finding is about: jobs at a worker, messages at a broker. */
function rate(value: number, targets: readonly RuleTarget[], { graph, components }: Facts): string {
  const subject = targets.find(({ kind }) => kind === 'node');
  const type = subject && graph.nodeById.get(subject.id)?.node.type;
  const primary = type === undefined ? undefined : components.get(type)?.figures.primary;
  return rateIn(figure('rate', value), primary && RATE_UNITS[primary]);
}

type Part = string | { readonly key: string; readonly as: string | undefined };

const parsed = new Map<string, readonly Part[]>();

/** A message as its fixed and its filled parts. Messages are the catalogue's: there are few, and they are kept. */
function partsOf(message: string): readonly Part[] {
  const known = parsed.get(message);
  if (known) return known;
  const parts: Part[] = [];
  let from = 0;
  for (const match of message.matchAll(PLACEHOLDER)) {
    parts.push(message.slice(from, match.index), { key: match[1] ?? '', as: match[2] });
    from = match.index + match[0].length;
  }
  parts.push(message.slice(from));
  parsed.set(message, parts);
  return parts;
}

function fill({ key, as }: Exclude<Part, string>, { data, targets }: Written, facts: Facts): string {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) throw new Error(`No data for the placeholder ${key}`);
  if (typeof value === 'number') return as === 'rate' ? rate(value, targets, facts) : figure(as ?? 'number', value);
  if (as === undefined) return value;
  if (as === 'name') return nameOf(facts, targets, value);
  if (as === 'names') return namesOf(facts, targets, value);
  throw new Error(`A word cannot be written as ${as}: ${key}`);
}

/** Fill a message. Throws for a placeholder without data or of an unknown format: a defect of the rule. */
export function formatMessage(message: string, report: Written, facts: Facts): string {
  let text = '';
  for (const part of partsOf(message)) text += typeof part === 'string' ? part : fill(part, report, facts);
  return text;
}
