import type { ResourceName } from '../../../../shared/contracts/evaluation.ts';

/**
 * Parameters that move a resource's capacity or demand, the strongest first. A form shows the first few that its schema
 * has, so the list serves every component.
 */
export const BINDING_KEYS: Readonly<Record<ResourceName, readonly string[]>> = {
  cpu: ['vcpu', 'instances', 'cpu_ms', 'write_cpu_ms', 'read_cpu_ms', 'rps_per_vcpu', 'task_cpu_s', 'workers', 'processes', 'nodes', 'capacity_rps', 'shards'],
  slots: ['workers', 'threads', 'concurrency', 'servers', 'slots', 'processes', 'instances', 'io_ms', 'task_io_s', 'task_cpu_s', 'query_s', 'worker_connections', 'latency_ms', 'cpu_ms'],
  io: ['iops', 'write_iops', 'read_miss', 'shards', 'node_writes_s', 'node_reads_s', 'io_ms', 'nodes'],
  conn: ['max_connections', 'max_client', 'conn_per_vcpu', 'instances', 'vcpu', 'idle_timeout_s', 'mem_gb'],
  quota: ['quota_rps', 'throttle_rps', 'throttle_burst', 'account_limit', 'prefixes', 'put_per_prefix', 'get_per_prefix', 'in_flight', 'wcu', 'rcu', 'capacity_rps'],
  ops: ['shards', 'ops_per_s', 'replicas_per_shard', 'nodes', 'node_ops_s', 'node_writes_s', 'node_reads_s', 'wcu', 'rcu', 'queue_msg_s'],
  memory: ['memory_gb', 'max_items', 'ttl_s', 'mem_gb', 'rss_mb', 'workers', 'shards', 'overhead_bytes'],
  partitions: ['partitions', 'queues', 'partition_mb_s', 'queue_msg_s', 'message_kb', 'partition_wcu', 'partition_rcu', 'prefixes'],
  bandwidth: ['bandwidth_mb_s', 'brokers', 'nodes', 'message_kb', 'rf'],
  throughput: ['cluster_msg_s', 'queue_msg_s', 'queues', 'brokers', 'nodes', 'wcu', 'rcu', 'instances', 'vcpu', 'rps_per_vcpu', 'capacity_rps'],
  concurrency: ['reserved', 'account_limit', 'provisioned', 'io_ms', 'cpu_ms', 'memory_mb', 'concurrency', 'instances'],
  apply: ['replay', 'vcpu', 'write_cpu_ms', 'shards'],
  lock: ['lock_ms', 'shards', 'write_cpu_ms'],
};
