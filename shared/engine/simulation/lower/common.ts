/** What nodes of several kinds are lowered with: shards by key, stated rates, balancing. */
import type { Call, CompiledDesign, NodeFacts } from '../../types.ts';
import { MOST_KEYS } from '../kernel/caches.ts';
import type { UnitPolicy } from '../kernel/units.ts';
import { ZipfSampler } from '../kernel/zipf-sampler.ts';
import type { Lowering } from './parts.ts';

/** How a node's units are dealt to: hashing where one unit is hotter than the others. */
export function unitPolicy(facts: NodeFacts): UnitPolicy {
  if (facts.hot > 1 || facts.policy === 'ip_hash') return 'ip_hash';
  return facts.policy === 'central' ? 'least_outstanding' : facts.policy;
}

/** Which shard of so many a key lies on. */
export function keyLanes(lowering: Lowering, facts: NodeFacts, lanes: number): number {
  const { lanes: tables } = lowering.machine.program;
  tables.push({ lanes, sampler: new ZipfSampler(Math.min(MOST_KEYS, facts.popularity.keys), facts.popularity.zipfS), cumulative: [], last: false });
  return tables.length - 1;
}

/** Limits on rates that a node states: what is over them is refused, or waits where the caller waits for the rate. */
export function rateSteps({ machine }: Lowering, facts: NodeFacts): readonly number[] {
  const rates: number[] = [];
  for (const other of facts.others) {
    if (other.kind === 'quota' && other.limit > 0) rates.push(machine.limits.addRate(other.limit, Math.max(1, other.limit)));
    if (other.kind === 'token-bucket' && other.stated && other.rate > 0) {
      const units = other.policy === 'local' ? facts.units : 1;
      rates.push(machine.limits.addRate(other.rate * units, other.burst * units));
    }
  }
  return rates;
}

/** True when a message is answered alone: its broker delivers to one consumer, and not in batches. */
function answeredAlone({ plan }: CompiledDesign, asked: Call, answer: Call): boolean {
  const deliveries = plan.calls.slice(plan.firstCall[asked.to], plan.endCall[asked.to]).filter((call) => call.wait === 'async' && !call.push);
  return deliveries.length === 1 && deliveries[0]?.to === answer.to && deliveries[0].batch === null;
}

/** Messages whose senders wait, each with the work that answers it; in the walk the one stands behind the other. */
export function answersOf(compiled: CompiledDesign): ReadonlyMap<Call, Call> {
  const answers = new Map<Call, Call>();
  let asked: Call | null = null;
  for (const call of compiled.plan.calls) {
    if (call.reply === 'given' && asked?.from === call.from && answeredAlone(compiled, asked, call)) answers.set(asked, call);
    if (call.reply !== 'none') asked = call.reply === 'asked' ? call : null;
  }
  return answers;
}

/** True when requests that start in these slots hand over work whose end belongs to them. */
export function leavesWork(compiled: CompiledDesign, slots: readonly number[]): boolean {
  const { plan } = compiled;
  const seen = new Set<number>(slots);
  const open = [...slots];
  for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i];
      if (!call || call.push) continue;
      if (call.wait === 'async' && call.hard) return true;
      if (seen.has(call.to)) continue;
      seen.add(call.to);
      open.push(call.to);
    }
  }
  return false;
}
