/** Platforms that end what runs too long: functions, gateways, balancers with an idle timeout, and the managers of sync workers. */
import { oncePer } from '../../lib/once-per.ts';
import type { CompiledDesign, NodeFacts, PlatformLimit } from '../types.ts';

/** Shares of the requests that should keep to a limit: who passes requests on, and who runs code. */
const PASSED = 0.99;
const RUN = 0.999;
/** Parameters by which splitters state how long they wait for an answer. */
const WAITS = ['integration_timeout_s', 'idle_timeout_s'] as const;

function stated({ view }: NodeFacts, key: string): number | null {
  const value = view.params.values[key];
  return typeof value === 'number' && value > 0 ? value : null;
}

function limitOf(facts: NodeFacts): PlatformLimit | null {
  if (facts.fn) return { limitS: facts.fn.timeout_s, quantile: RUN };
  // a sync worker is silent for as long as its request takes; the other classes report between requests
  const killed = facts.process?.worker_class === 'sync' && facts.view.params.values['server'] === 'gunicorn' ? stated(facts, 'timeout_s') : null;
  if (killed !== null) return { limitS: killed, quantile: RUN };
  const [waits] = facts.split === null ? [] : WAITS.flatMap((key) => stated(facts, key) ?? []);
  return waits === undefined ? null : { limitS: waits, quantile: PASSED };
}

/** By node index; the same for every load. */
export const platformLimits = oncePer(({ nodes }: CompiledDesign): ReadonlyMap<number, PlatformLimit> => new Map(nodes.flatMap((facts) => {
  const limit = limitOf(facts);
  return limit === null ? [] : [[facts.view.index, limit] as const];
})));
