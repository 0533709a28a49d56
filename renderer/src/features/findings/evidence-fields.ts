import { EDGE_FIELDS } from '../../../../shared/contracts/edge-params.ts';
import type { Evaluation, Finding } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { resolvePart } from '../../document/parts.ts';
import type { RevealTarget } from '../../forms/reveal.ts';

/** Parameters that stand behind a figure which is called otherwise, the likeliest first; the part decides which it has. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  units: ['instances', 'replicas', 'copies', 'nodes', 'servers', 'processes'],
  capacity: ['capacity_rps', 'quota_rps', 'instances', 'ops_per_s', 'vcpu'],
  busy: ['instances', 'vcpu', 'db_vcpu', 'shards', 'partitions'],
  utilisation: ['instances', 'vcpu', 'db_vcpu', 'shards', 'partitions'],
  connections: ['pool_size', 'max_connections'],
  most: ['max_connections', 'pool_size', 'reserved', 'concurrency'],
  wanted: ['workers', 'instances', 'processes'],
  hit: ['hit_ratio', 'max_items', 'memory_gb'],
  life: ['ttl_s'],
  limit: ['timeout_s', 'timeout_ms', 'startup_s', 'max_length'],
  wait_ms: ['timeout_ms'], deadline_ms: ['timeout_ms'], all_ms: ['timeout_ms'], seconds_s: ['timeout_ms'],
  p99_ms: ['latency_ms', 'timeout_ms'],
  lag_s: ['base_lag_s'],
  startup: ['startup_s'], ready: ['provisioned', 'keep_alive_s'], cold_ms: ['init_ms'],
  multiplier: ['prefetch_multiplier'], task_s: ['task_cpu_s', 'task_io_s'],
  window: ['visibility_s', 'visibility_timeout_s'],
  inSync: ['min_isr'],
  quota: ['quota_rps', 'throttle_rps'],
  price: ['usd_month', 'usd_per_thousand'],
  cpu: ['cpu_ms'],
};

/** Figures that a journey, or the design as a whole, states. */
const OF_JOURNEY: Readonly<Record<string, string>> = { target_ms: 'p99_target_ms', aim: 'availability_target', promised_s: 'done_target_s' };
const OF_WORKLOAD: Readonly<Record<string, string>> = { engineers: 'eng' };

function keysOf(design: Design, evaluation: Evaluation | null, { kind, id }: Finding['targets'][number]): readonly string[] {
  const node = kind === 'node' ? design.nodes[id] : undefined;
  if (node) return resolvePart(node.type)?.component.fields.filter((field) => field.hidden !== true).map((field) => field.key) ?? [];
  const edge = kind === 'edge' ? design.edges[id] : undefined;
  return edge ? (EDGE_FIELDS[edge.kind ?? evaluation?.edges[id]?.kind ?? 'http'] ?? []) : [];
}

/** The field that decides a figure of a finding: where it is called like the figure, else the one that stands behind it. Null when there is none. */
export function fieldBehind(design: Design, evaluation: Evaluation | null, finding: Finding, key: string): RevealTarget | null {
  for (const param of [key, ...(BEHIND[key] ?? [])]) {
    for (const target of finding.targets) {
      if ((target.kind === 'node' || target.kind === 'edge') && keysOf(design, evaluation, target).includes(param)) return { kind: target.kind, id: target.id, param };
    }
  }
  const wanted = OF_JOURNEY[key];
  const journey = wanted === undefined ? undefined : [...finding.targets.filter(({ kind }) => kind === 'journey').map(({ id }) => id), ...finding.journeys].find((id) => Object.hasOwn(design.journeys, id));
  if (wanted !== undefined && journey !== undefined) return { kind: 'journey', id: journey, param: wanted };
  const stated = OF_WORKLOAD[key];
  return stated === undefined ? null : { kind: 'workload', param: stated };
}
