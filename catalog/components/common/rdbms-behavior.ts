import type { Behavior, BehaviorContext, ConsistencyFacts, CostLine, FailureModel, ReplicatedStoreResource } from '../../../shared/contracts/behavior.ts';
import { rdsMaxConnections, workingSetMiss } from '../../../shared/contracts/database-limits.ts';
import type { z } from '../../../shared/lib/zod.ts';
import { FAILOVER_S, FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from './failure.ts';
import { derived, type Effective } from './effective.ts';
import { memoryGb } from './fleet.ts';
import { costLine, GB_PER_VCPU, pricedVcpu, selfHostedStoreCosts } from './pricing.ts';
import type { rdbmsFields } from './rdbms-fields.ts';
import { BACKUP_INTERVAL_S, EVERYTHING_LOST_S } from './stores.ts';

type RdbmsParams = z.output<z.ZodObject<typeof rdbmsFields>>;
type Ha = RdbmsParams['ha'];

/** Zone units, machines paid for, service level (RDS page of January 2024, cloud-sla), seconds to fail over. */
const HA: Readonly<Record<Ha, { readonly units: number; readonly machines: number; readonly sla: number; readonly failover_s: number; readonly lag_s: number }>> = {
  single: { units: 1, machines: 1, sla: 0.995, failover_s: 0, lag_s: 0.1 },
  multi_az: { units: 2, machines: 2, sla: 0.9995, failover_s: FAILOVER_S.standby, lag_s: 0.1 },
  multi_az_cluster: { units: 3, machines: 3, sla: 0.9995, failover_s: FAILOVER_S.cluster, lag_s: 0.1 },
  aurora: { units: 3, machines: 2, sla: 0.9999, failover_s: FAILOVER_S.cluster, lag_s: 0.02 },
};

/** IOPS that a gp3 volume brings without paying for them. */
const FREE_IOPS = 3000;
const BYTES_PER_GB = 1024 ** 3;
/** GB of memory in one Aurora capacity unit. */
const GB_PER_ACU = 2;

function haOf(params: RdbmsParams, context: BehaviorContext): Ha {
  return params.multi_az && !context.stated('ha') ? 'multi_az' : params.ha;
}

/** Weights cut or padded (with their mean) to `shards` and renormalised to 1. */
function shardWeights(weights: readonly number[], shards: number): readonly number[] {
  const kept = weights.slice(0, shards);
  const sum = kept.reduce((total, weight) => total + weight, 0);
  const fill = kept.length === 0 || sum === 0 ? 1 : sum / kept.length;
  const base = sum === 0 ? [] : kept;
  const padded = Array.from({ length: shards }, (_, index) => base[index] ?? fill);
  const total = padded.reduce((all, weight) => all + weight, 0);
  return padded.map((weight) => weight / total);
}

/** Connections that RDS allows for this much memory. */
function connectionsOf(memory: number): number {
  return Math.max(1, rdsMaxConnections(memory * BYTES_PER_GB));
}

/** Share of reads from disk once the hot data of one shard are laid beside its memory. */
function missOf(p: RdbmsParams, { hot_set_bytes }: BehaviorContext): number {
  return workingSetMiss(p.read_miss, hot_set_bytes / BYTES_PER_GB / p.shards, memoryGb(p));
}

function storeOf(p: RdbmsParams, ha: Ha, iops: number, readMiss: number): ReplicatedStoreResource {
  const memory = memoryGb(p);
  return {
    kind: 'replicated-store', vcpu: p.vcpu, max_vcpu: Math.max(p.vcpu, p.max_vcpu), memory_gb: memory,
    read_cpu_s: p.read_cpu_ms / 1000, write_cpu_s: p.write_cpu_ms / 1000, iops, max_iops: Math.max(iops, p.max_iops),
    write_iops: p.write_iops, read_miss: readMiss, io_s: p.io_ms / 1000, max_connections: p.max_connections ?? connectionsOf(memory),
    replicas: p.replicas, sync_commit: ha !== 'single' || (p.replicas > 0 && p.repl_mode === 'sync'), replica_mode: p.repl_mode,
    base_lag_s: p.base_lag_s ?? HA[ha].lag_s, replay: p.replay, shards: p.shards, placement: p.placement,
    geo_weights: shardWeights(p.geo_weights, p.shards), lock_s: p.lock_ms === null ? null : p.lock_ms / 1000, storage_gb: p.storage_gb,
    ...(p.migration_strategy === 'big_bang' && p.schema_changes_per_year > 0 ? { rewrites_per_year: p.schema_changes_per_year } : {}),
  };
}

function failureOf(p: RdbmsParams, ha: Ha, managed: boolean): FailureModel {
  const { units, sla, failover_s } = HA[ha];
  if (!managed) return selfHostedFailure({ availability: p.availability ?? SELF_HOSTED_STORE, units, redundancy: 'standby', failover_s });
  const availability = p.availability ?? sla;
  if (ha === 'single') return serviceFailure({ availability, units, regional: false, perYear: FAILURES_PER_YEAR.zonalStore });
  return serviceFailure({ availability, units, regional: false, perYear: FAILURES_PER_YEAR.standby, outage_s: failover_s });
}

function auroraCosts(p: RdbmsParams, readMiss: number): CostLine[] {
  const machines = p.shards * (HA.aurora.machines + p.replicas);
  return [
    costLine('Capacity units', 'aurora_acu_h', { per: 'hours', units: (machines * memoryGb(p)) / GB_PER_ACU }),
    costLine('Storage', 'aurora_storage_gb', { per: 'gb_month', gb: p.storage_gb, copies: p.shards }),
    costLine('Storage reads', 'aurora_io_m', { per: 'request', factor: readMiss / 1e6, of: 'read' }),
    costLine('Storage writes', 'aurora_io_m', { per: 'request', factor: p.write_iops / 1e6, of: 'write', pages: true }),
  ];
}

/** Replicas come with their own storage and its free IOPS; provisioned IOPS are paid on primary and standby. */
function costsOf(p: RdbmsParams, ha: Ha, managed: boolean, readMiss: number): CostLine[] {
  if (ha === 'aurora') return auroraCosts(p, readMiss);
  const copies = p.shards * (HA[ha].machines + p.replicas);
  if (!managed) return selfHostedStoreCosts(copies, p.vcpu, memoryGb(p), p.storage_gb);
  const extra = Math.max(0, p.iops - FREE_IOPS) * HA[ha].machines * p.shards;
  return [
    costLine('Database machines', 'rds_vcpu_h', { per: 'hours', units: copies * pricedVcpu(p.vcpu, memoryGb(p)) }),
    costLine('Storage', 'rds_gp3_gb', { per: 'gb_month', gb: p.storage_gb, copies }),
    ...(extra > 0 ? [costLine('Provisioned IOPS', 'rds_iops', { per: 'count', count: extra })] : []),
  ];
}

function consistencyOf(p: RdbmsParams, ha: Ha): ConsistencyFacts {
  const interval = BACKUP_INTERVAL_S[p.backup];
  const copied = ha !== 'single' || (p.replicas > 0 && p.repl_mode === 'sync');
  const lag = p.replicas > 0 && p.promotable ? (p.base_lag_s ?? HA[ha].lag_s) : null;
  const replication = { single: p.replicas > 0 ? p.repl_mode : 'none', multi_az: 'sync', multi_az_cluster: 'sync', aurora: 'quorum' } as const;
  return {
    durable: true,
    replication: replication[ha],
    read_default: 'strong',
    staleness_s: 0,
    loss_window_s: copied ? 0 : (lag ?? interval ?? EVERYTHING_LOST_S),
    backup_interval_s: interval,
  };
}

/** What unset settings of a database take from others. The service level is that of a managed one. */
export function rdbmsEffective(params: RdbmsParams): Effective {
  const ha: Ha = params.multi_az && params.ha === 'single' ? 'multi_az' : params.ha;
  return {
    ...derived('mem_gb', params.mem_gb, memoryGb(params), `${GB_PER_VCPU} GB for each vCPU`),
    ...derived('max_connections', params.max_connections, connectionsOf(memoryGb(params)), 'memory / 9 531 392 bytes, at most 5000'),
    ...derived('base_lag_s', params.base_lag_s, HA[ha].lag_s, ha === 'aurora' ? 'shared storage of Aurora' : 'copying over the network'),
    ...derived('availability', params.availability, HA[ha].sla, 'service level of this arrangement when managed'),
    ...(ha === params.ha ? {} : { ha: { value: ha, because: 'the short form multi_az is set' } }),
  };
}

/** A relational database as data: one primary with its standbys, replicas and shards. Aurora is always managed. */
export function rdbmsBehavior(params: RdbmsParams, context: BehaviorContext): Behavior {
  const ha = haOf(params, context);
  const managed = context.managed || ha === 'aurora';
  const readMiss = missOf(params, context);
  const iops = ha === 'aurora' && !context.stated('iops') ? Math.max(params.iops, params.max_iops) : params.iops;
  return {
    routing: 'store',
    role: 'relational',
    stateful: true,
    resources: [storeOf(params, ha, iops, readMiss)],
    failure: failureOf(params, ha, managed),
    costs: costsOf(params, ha, managed, readMiss),
    operations: { technology: params.engine, burden: managed ? 'managed-cluster' : 'self-hosted-stateful', deployable: false, mechanisms: [] },
    consistency: consistencyOf(params, ha),
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  };
}
