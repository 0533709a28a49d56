import type { EdgeEnd } from '../../contracts/edge-kind.ts';
import { inferEdgeKind } from '../../contracts/edge-kind.ts';
import type { EdgeKind } from '../../model/design.ts';
import type { Problem } from '../../lib/result.ts';
import type { Confidence } from '../import-report.ts';
import { storedKind } from '../common/ends.ts';
import { downstream, type Connection, type Drawn } from './drawing.ts';
import { WORKER_NAME } from './hints.ts';
import type { Reference } from './references.ts';

const STORES: ReadonlySet<string> = new Set(['relational', 'cache', 'memory-store', 'key-value', 'object-store', 'search', 'warehouse']);
const MESSAGES: ReadonlySet<string> = new Set(['broker', 'topic']);
const BROKER_KEY = /BROKER|CELERY|QUEUE|AMQP|SIDEKIQ|PUBSUB|CHANNEL/i;

/** The pair's strongest mention and the reason, most direct first. */
const STRENGTH: Readonly<Record<Reference['via'], { rank: number; confidence: Confidence }>> = {
  url: { rank: 6, confidence: 'sure' },
  address: { rank: 5, confidence: 'sure' },
  host: { rank: 4, confidence: 'sure' },
  command: { rank: 4, confidence: 'sure' },
  config: { rank: 4, confidence: 'sure' },
  link: { rank: 3, confidence: 'likely' },
  depends: { rank: 2, confidence: 'likely' },
  public: { rank: 1, confidence: 'guess' },
};

const WORDS: Readonly<Record<Exclude<Reference['via'], 'url' | 'address' | 'host' | 'public'>, string>> = {
  command: 'its command names it', config: 'its configuration names it', link: 'links', depends: 'depends_on',
};

function reason(reference: Reference): string {
  if (reference.via === 'public') return `${reference.key ?? 'a variable'} holds its public address`;
  return reference.via === 'url' || reference.via === 'address' || reference.via === 'host' ? `${reference.key ?? 'a variable'} names it` : WORDS[reference.via];
}

function isBroker(end: EdgeEnd): boolean {
  return MESSAGES.has(end.role) || (STORES.has(end.role) && (end.memoryRoles.includes('broker') || end.memoryRoles.includes('pubsub')));
}

/** True when the service mostly takes messages: a worker by type or name, or nobody calls it and nothing publishes it. */
function takesMessages(from: Drawn, called: ReadonlySet<string>): { yes: boolean; sure: boolean } {
  if (from.end.role === 'worker') return { yes: true, sure: from.recognised.confidence !== 'guess' };
  if (WORKER_NAME.test(from.name)) return { yes: true, sure: false };
  const reachable = called.has(from.name) || from.part.ports.some(({ published }) => published !== null) || [...from.part.environment.keys()].some((key) => /^SERVICE_(URL|FQDN)_/.test(key));
  return { yes: from.end.role === 'compute' && !reachable, sure: false };
}

/** What judging a pair needs to know of the rest. */
interface Surroundings {
  /** Services that another names by address. */
  readonly called: ReadonlySet<string>;
  readonly drawn: ReadonlyMap<string, Drawn>;
}

interface Verdict {
  readonly from: Drawn;
  readonly to: Drawn;
  readonly kind: EdgeKind;
  readonly weaker: boolean;
  readonly because: string;
}

/** A queue worker that has a queue besides a log takes its tasks from the queue and writes to the log. */
function hasQueueBeside(from: Drawn, to: Drawn, drawn: ReadonlyMap<string, Drawn>): boolean {
  if (from.component.type !== 'celery-worker' || to.component.type !== 'kafka') return false;
  return from.references.some(({ target }) => target !== to.name && drawn.get(target)?.component.type !== 'kafka' && isBroker(drawn.get(target)?.end ?? { type: '', role: 'plain', memoryRoles: [] }));
}

function withBroker(from: Drawn, to: Drawn, keys: readonly Reference[], { called, drawn }: Surroundings): Verdict | null {
  const memory = !MESSAGES.has(to.end.role);
  if (hasQueueBeside(from, to, drawn)) return { from, to, kind: 'publish', weaker: true, because: 'it takes its tasks from another queue' };
  const { yes, sure } = takesMessages(from, called);
  const asked = keys.some(({ key }) => key !== null && BROKER_KEY.test(key));
  if (memory && !(sure || asked || !to.end.memoryRoles.includes('cache'))) return null;
  return yes ? { from: to, to: from, kind: 'consume', weaker: !sure, because: sure ? 'a worker takes from its broker' : 'nothing calls it, so it takes messages' } : { from, to, kind: 'publish', weaker: false, because: 'it sends there' };
}

/** What a mention between two components means, or null with the reason why no connection follows. */
function judge(from: Drawn, to: Drawn, references: readonly Reference[], around: Surroundings): Verdict | string {
  const [a, b] = [from.end.role, to.end.role];
  const plain: Verdict = { from, to, kind: inferEdgeKind(from.end, to.end), weaker: false, because: '' };
  if (references.every(({ health }) => health)) return 'only asks whether it is alive';
  if (b === 'migration' || b === 'source') return 'waits for it, and does not call it';
  if (a === 'telemetry') return STORES.has(b) || b === 'telemetry' ? plain : 'observes it, and does not call it';
  if (a === 'directory' || a === 'broker' || a === 'topic') return b === 'directory' || (a === 'directory' && STORES.has(b)) ? plain : 'only starts after it';
  if (STORES.has(a)) {
    if (isBroker(to.end)) return { from: to, to: from, kind: 'consume', weaker: true, because: 'a store beside a broker reads from it' };
    return b === 'directory' || (from.component.type === to.component.type && references.some(({ via }) => via !== 'depends')) ? { ...plain, weaker: true } : 'only starts after it';
  }
  if (isBroker(to.end)) {
    const messages = withBroker(from, to, references, around);
    if (messages) return messages;
  }
  if (b === 'worker' && references.every(({ via }) => via === 'depends')) return 'only starts after it';
  return plain;
}

function reaches(from: string, to: string, edges: readonly Connection[]): boolean {
  return downstream([from], edges).has(to);
}

interface Mention {
  readonly from: Drawn;
  readonly to: Drawn;
  readonly references: readonly Reference[];
  readonly best: Reference;
}

function mentions(drawn: ReadonlyMap<string, Drawn>): Mention[] {
  const found: Mention[] = [];
  for (const from of drawn.values()) {
    const byTarget = new Map<string, Reference[]>();
    for (const reference of from.references) byTarget.set(reference.target, [...(byTarget.get(reference.target) ?? []), reference]);
    for (const [target, references] of byTarget) {
      const to = drawn.get(target);
      const real = references.filter(({ health }) => !health);
      const best = [...(real.length > 0 ? real : references)].sort((x, y) => STRENGTH[y.via].rank - STRENGTH[x.via].rank)[0];
      if (to && best) found.push({ from, to, references, best });
    }
  }
  return found;
}

const WEAKER: Readonly<Record<Confidence, Confidence>> = { sure: 'likely', likely: 'guess', guess: 'guess' };

function confidenceOf({ from, to, best }: Mention, weaker: boolean): Confidence {
  const platform = ['telemetry', 'directory'].includes(to.end.role) || STORES.has(from.end.role) || MESSAGES.has(from.end.role);
  const base = best.via === 'depends' && platform ? 'guess' : STRENGTH[best.via].confidence;
  return weaker ? WEAKER[base] : base;
}

/**
 * Connections from mentions: caller to callee, or broker to the one that takes its messages. Each pair gets at most one.
 * What is mentioned and not drawn becomes a problem of level info. A public address never closes a circle.
 */
export function connect(drawn: ReadonlyMap<string, Drawn>, report: (problem: Problem) => void): Connection[] {
  const all = mentions(drawn);
  const called = new Set(all.filter(({ references }) => references.some(({ via, health }) => !health && (via === 'url' || via === 'address' || via === 'host' || via === 'config'))).map(({ to }) => to.name));
  const edges: Connection[] = [];
  const taken = new Set<string>();
  const skipped = new Map<string, { what: string; names: string[] }>();
  const ordered = [...all.filter(({ best }) => best.via !== 'public'), ...all.filter(({ best }) => best.via === 'public')];
  for (const mention of ordered) {
    const { from, to, references, best } = mention;
    const verdict = judge(from, to, references, { called, drawn });
    if (typeof verdict === 'string') {
      const key = `${from.name}\n${verdict}`;
      skipped.set(key, { what: verdict, names: [...(skipped.get(key)?.names ?? []), to.name] });
      continue;
    }
    const key = `${verdict.from.name}\n${verdict.to.name}`;
    if (taken.has(key) || (best.via === 'public' && reaches(to.name, from.name, edges))) continue;
    const refusal = verdict.to.component.accepts?.(verdict.kind) ?? null;
    if (refusal !== null) {
      skipped.set(key, { what: refusal, names: [verdict.to.name] });
      continue;
    }
    taken.add(key);
    edges.push({
      from: verdict.from.name, to: verdict.to.name, kind: storedKind(verdict.from.end, verdict.to.end, verdict.kind), shown: verdict.kind,
      confidence: confidenceOf(mention, verdict.weaker), because: verdict.because === '' ? reason(best) : `${reason(best)}; ${verdict.because}`, outside: best.via === 'public',
    });
  }
  for (const [key, { what, names }] of skipped) report({ level: 'info', code: 'not-connected', message: `\`${key.split('\n')[0] ?? ''}\` mentions ${names.slice(0, 6).map((name) => `\`${name}\``).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}: ${what.replace(/\.$/, '')}. No connection was drawn.` });
  return edges;
}
