/** Messages of findings: placeholders `{key}` and `{key:as}` filled from the data, figures as a person reads them. */
import type { Facts, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { formatAvailability, formatBytes, formatCount, formatDuration, formatMoney, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, formatRate, formatUtilisation } from '../../lib/format.ts';

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

/** Where the name of each kind of thing stands; null when there is none of this id. */
const NAMES: Readonly<Record<RuleTarget['kind'], (facts: Facts, id: string) => string | null>> = {
  node: (facts, id) => (facts.graph.nodeById.has(id) ? nodeName(facts, id) : null),
  edge: (facts, id) => {
    const edge = facts.graph.edgeById.get(id)?.edge;
    return edge ? `${nodeName(facts, edge.from)} to ${nodeName(facts, edge.to)}` : null;
  },
  journey: (facts, id) => {
    const journey = facts.graph.journeys.find((view) => view.id === id)?.journey;
    return journey ? clipped(journey.name) : null;
  },
  entity: (facts, id) => (Object.hasOwn(facts.graph.design.entities, id) ? clipped(facts.graph.design.entities[id]?.name ?? id) : null),
  boundary: (facts, id) => (Object.hasOwn(facts.graph.design.boundaries, id) ? clipped(facts.graph.design.boundaries[id]?.name ?? id) : null),
};

const KINDS = Object.keys(NAMES) as RuleTarget['kind'][];

/** The name of what bears the id; of the target's kind when a target bears it, because kinds may share an id. */
function nameOf(facts: Facts, targets: readonly RuleTarget[], id: string): string {
  const first = targets.find((target) => target.id === id)?.kind;
  for (const kind of first === undefined ? KINDS : [first, ...KINDS]) {
    const name = NAMES[kind](facts, id);
    if (name !== null) return name;
  }
  throw new Error(`Nothing bears the id in a message: ${id}`);
}

function namesOf(facts: Facts, targets: readonly RuleTarget[], list: string): string {
  const names = (JSON.parse(list) as readonly string[]).map((id) => nameOf(facts, targets, id));
  const last = names.at(-1) ?? '';
  if (names.length <= 1) return last;
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  return `${names.slice(0, -1).join(', ')} and ${last}`;
}

function figure(as: string, value: number): string {
  const format = Object.hasOwn(FIGURES, as) ? FIGURES[as] : undefined;
  if (format === undefined) throw new Error(`Unknown placeholder format: ${as}`);
  if (!Number.isFinite(value)) throw new Error(`A figure of a message is not finite (${as})`);
  return format(value);
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

function fill({ key, as }: Exclude<Part, string>, { data, targets }: Pick<RuleReport, 'data' | 'targets'>, facts: Facts): string {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (value === undefined) throw new Error(`No data for the placeholder ${key}`);
  if (typeof value === 'number') return figure(as ?? 'number', value);
  if (as === undefined) return value;
  if (as === 'name') return nameOf(facts, targets, value);
  if (as === 'names') return namesOf(facts, targets, value);
  throw new Error(`A word cannot be written as ${as}: ${key}`);
}

/** Fill a message. Throws for a placeholder without data or of an unknown format: a defect of the rule. */
export function formatMessage(message: string, report: Pick<RuleReport, 'data' | 'targets'>, facts: Facts): string {
  return partsOf(message).map((part) => (typeof part === 'string' ? part : fill(part, report, facts))).join('');
}
