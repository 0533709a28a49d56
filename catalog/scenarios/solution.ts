import { SCENARIO_KEY, stageDemands, type ScenarioBrief } from '../../shared/contracts/scenario.ts';
import type { Design, Entity, Journey, Params } from '../../shared/model/design.ts';
import { draw, type Drawing } from '../templates/drawing.ts';

/** How a journey of the brief runs through a drawing. */
export type Path = Pick<Journey, 'entry' | 'steps' | 'demands' | 'reads' | 'writes'>;

/** What a solution adds to its brief. */
export interface Solution {
  readonly nodes: Drawing['nodes'];
  readonly edges: Drawing['edges'];
  /** One for each journey of the brief. */
  readonly paths: Readonly<Record<string, Path>>;
  /** Node that holds each entity of the brief. */
  readonly homes: Readonly<Record<string, string>>;
  /** Traffic and data that the brief does not score: media, derived copies. */
  readonly moreJourneys?: readonly Journey[];
  readonly moreEntities?: readonly Entity[];
}

/** The drawing of a solution: workload, targets, rates, journeys' targets and entities are the brief's own. */
export function solve(brief: ScenarioBrief, { nodes, edges, paths, homes, moreJourneys = [], moreEntities = [] }: Solution): Design {
  return draw({
    name: brief.title,
    workload: brief.workload,
    targets: brief.targets,
    settings: { ...brief.settings, [SCENARIO_KEY]: brief.id },
    nodes,
    edges,
    journeys: [...brief.journeys.map((journey): Journey => journeyOf(brief, journey, pathOf(paths, journey.id))), ...moreJourneys],
    entities: [...brief.entities.map((entity): Entity => ({ ...entity, home: homes[entity.id] ?? '' })), ...moreEntities],
  });
}

/** A journey of the brief on its way through a drawing, with the demands that are given for its stages and those of the way itself. */
export function journeyOf(brief: ScenarioBrief, journey: ScenarioBrief['journeys'][number], path: Path): Journey {
  const demands = { ...stageDemands(brief, journey.id), ...path.demands };
  return { ...journey, ...path, ...(Object.keys(demands).length > 0 ? { demands } : {}) };
}

function pathOf(paths: Solution['paths'], id: string): Path {
  const path = paths[id];
  if (path === undefined) throw new Error(`The solution does not say how ${id} runs.`);
  return path;
}

/** Weights of the six axes in the order in which scenarios state them. */
export function weights(scalability: number, latency: number, availability: number, isolation: number, consistency: number, cost: number): Record<string, number> {
  return { scalability, latency, availability, isolation, consistency, cost };
}

/** Autoscaling at the target that all reference designs use: 60 % of the processors. */
export function scale(min: number, max: number): Params {
  return { autoscale: { min, max, target: 0.6 } };
}

/** Twelve-factor practices: nothing is kept on the machine, configuration comes from outside, and a stop finishes what was begun. */
export const TWELVE_FACTOR: Params = { tf_stateless: true, tf_config_env: true, tf_graceful: true, tf_backing_urls: true };

/** Practices of own code that answers requests: it checks callers and limits them, is traced, and is released to a part first. */
export const CODE: Params = { ...TWELVE_FACTOR, framework: 'fastapi', own_auth: true, own_limits: true, traced: true, canary: 0.25 };

/** Practices of a background worker whose tasks may come twice and must not be lost. */
export const WORKER: Params = { ...TWELVE_FACTOR, prefetch_multiplier: 1, acks_late: true, reject_on_worker_lost: true, idempotent: true, traced: true };

/** A balancer that sends to the least busy healthy target. */
export const BALANCER: Params = { algorithm: 'least_outstanding', health_check: {} };

/** A call inside the system: not waited for longer than `timeout_ms`, its trace goes along. */
export function call(timeout_ms: number): Params {
  return { timeout_ms, context_propagated: true };
}

/** A message that is stored with the data and sent by a relay. */
export const OUTBOX: Params = { outbox: true, confirm: true, context_propagated: true };

/** How a worker takes messages: acknowledged after the work, harmless twice, set aside when they keep failing. */
export const TAKE: Params = { idempotent: true, acks_late: true, dlq: true, max_receive: 5, context_propagated: true };

/** A cache beside a store: writes delete the key, one miss loads it, expiry is spread. */
export const ASIDE: Params = { mode: 'aside', invalidate: true, single_flight: true, ttl_jitter: true, timeout_ms: 200 };
