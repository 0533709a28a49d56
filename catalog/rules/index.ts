import type { Rule } from '../../shared/contracts/rule.ts';
import { bigBangMigration } from './availability/big-bang-migration.ts';
import { cacheAsCrutch } from './availability/cache-as-crutch.ts';
import { cacheAvalanche } from './availability/cache-avalanche.ts';
import { cachePenetration } from './availability/cache-penetration.ts';
import { cacheStampede } from './availability/cache-stampede.ts';
import { deepSyncChain } from './availability/deep-sync-chain.ts';
import { evictionPolicyMismatch } from './availability/eviction-policy-mismatch.ts';
import { lambdaRdbmsNoProxy } from './availability/lambda-rdbms-no-proxy.ts';
import { noBackupRpo } from './availability/no-backup-rpo.ts';
import { noHealthCheck } from './availability/no-health-check.ts';
import { noRateLimiting } from './availability/no-rate-limiting.ts';
import { platformTimeoutExceeded } from './availability/platform-timeout-exceeded.ts';
import { poolExhaustion } from './availability/pool-exhaustion.ts';
import { retryStorm } from './availability/retry-storm.ts';
import { spofSingleAz } from './availability/spof-single-az.ts';
import { spofSingleInstance } from './availability/spof-single-instance.ts';
import { spofStatefulNode } from './availability/spof-stateful-node.ts';
import { unboundedQueue } from './availability/unbounded-queue.ts';
import { zoneLossOverload } from './availability/zone-loss-overload.ts';
import { ackEarlyLoss } from './consistency/ack-early-loss.ts';
import { cacheWritePolicyHazard } from './consistency/cache-write-policy-hazard.ts';
import { dualWriteNoOutbox } from './consistency/dual-write-no-outbox.ts';
import { localRateLimitCounter } from './consistency/local-rate-limit-counter.ts';
import { nonIdempotentConsumer } from './consistency/non-idempotent-consumer.ts';
import { orderingLost } from './consistency/ordering-lost.ts';
import { replicaStaleness } from './consistency/replica-staleness.ts';
import { visibilityTimeoutShort } from './consistency/visibility-timeout-short.ts';
import { lambdaCostCrossover } from './cost/lambda-cost-crossover.ts';
import { microservicesTooEarly } from './cost/microservices-too-early.ts';
import { noDistributedTracing } from './cost/no-distributed-tracing.ts';
import { opsBurden } from './cost/ops-burden.ts';
import { overProvisioned } from './cost/over-provisioned.ts';
import { cyclicDependency } from './isolation/cyclic-dependency.ts';
import { distributedMonolith } from './isolation/distributed-monolith.ts';
import { missingDlq } from './isolation/missing-dlq.ts';
import { missingTimeout } from './isolation/missing-timeout.ts';
import { monolithReleaseContention } from './isolation/monolith-release-contention.ts';
import { noApiGateway } from './isolation/no-api-gateway.ts';
import { noBulkhead } from './isolation/no-bulkhead.ts';
import { sharedDatabase } from './isolation/shared-database.ts';
import { sharedRedisRoles } from './isolation/shared-redis-roles.ts';
import { twelveFactorGap } from './isolation/twelve-factor-gap.ts';
import { asyncBlockingCall } from './latency/async-blocking-call.ts';
import { cacheIneffective } from './latency/cache-ineffective.ts';
import { celeryPrefetchLongTasks } from './latency/celery-prefetch-long-tasks.ts';
import { chattyApi } from './latency/chatty-api.ts';
import { cpuBoundInRequestPath } from './latency/cpu-bound-in-request-path.ts';
import { fanOutTail } from './latency/fan-out-tail.ts';
import { lambdaColdStartSlo } from './latency/lambda-cold-start-slo.ts';
import { lbPolicyMismatch } from './latency/lb-policy-mismatch.ts';
import { nPlusOneQueries } from './latency/n-plus-one-queries.ts';
import { noCacheReadHeavy } from './latency/no-cache-read-heavy.ts';
import { syncThirdParty } from './latency/sync-third-party.ts';
import { syncWorkerStarvation } from './latency/sync-worker-starvation.ts';
import { workerCountMismatch } from './latency/worker-count-mismatch.ts';
import { consumerDeficit } from './scalability/consumer-deficit.ts';
import { consumersExceedPartitions } from './scalability/consumers-exceed-partitions.ts';
import { crossShardOperations } from './scalability/cross-shard-operations.ts';
import { gilCpuThreads } from './scalability/gil-cpu-threads.ts';
import { hotKey } from './scalability/hot-key.ts';
import { hotShard } from './scalability/hot-shard.ts';
import { largePayloadInQueue } from './scalability/large-payload-in-queue.ts';
import { localStateBehindLb } from './scalability/local-state-behind-lb.ts';
import { monolithicPersistence } from './scalability/monolithic-persistence.ts';
import { noReshardPlan } from './scalability/no-reshard-plan.ts';
import { serviceQuotaExceeded } from './scalability/service-quota-exceeded.ts';
import { singleQueueBottleneck } from './scalability/single-queue-bottleneck.ts';
import { singleWriterCeiling } from './scalability/single-writer-ceiling.ts';
import { stationOverload } from './scalability/station-overload.ts';
import { stickySessions } from './scalability/sticky-sessions.ts';

/** Every rule, sorted by folder and name. A new one is one line here. */
export const rules: readonly Rule[] = [
  bigBangMigration,
  cacheAsCrutch,
  cacheAvalanche,
  cachePenetration,
  cacheStampede,
  deepSyncChain,
  evictionPolicyMismatch,
  lambdaRdbmsNoProxy,
  noBackupRpo,
  noHealthCheck,
  noRateLimiting,
  platformTimeoutExceeded,
  poolExhaustion,
  retryStorm,
  spofSingleAz,
  spofSingleInstance,
  spofStatefulNode,
  unboundedQueue,
  zoneLossOverload,
  ackEarlyLoss,
  cacheWritePolicyHazard,
  dualWriteNoOutbox,
  localRateLimitCounter,
  nonIdempotentConsumer,
  orderingLost,
  replicaStaleness,
  visibilityTimeoutShort,
  lambdaCostCrossover,
  microservicesTooEarly,
  noDistributedTracing,
  opsBurden,
  overProvisioned,
  cyclicDependency,
  distributedMonolith,
  missingDlq,
  missingTimeout,
  monolithReleaseContention,
  noApiGateway,
  noBulkhead,
  sharedDatabase,
  sharedRedisRoles,
  twelveFactorGap,
  asyncBlockingCall,
  cacheIneffective,
  celeryPrefetchLongTasks,
  chattyApi,
  cpuBoundInRequestPath,
  fanOutTail,
  lambdaColdStartSlo,
  lbPolicyMismatch,
  nPlusOneQueries,
  noCacheReadHeavy,
  syncThirdParty,
  syncWorkerStarvation,
  workerCountMismatch,
  consumerDeficit,
  consumersExceedPartitions,
  crossShardOperations,
  gilCpuThreads,
  hotKey,
  hotShard,
  largePayloadInQueue,
  localStateBehindLb,
  monolithicPersistence,
  noReshardPlan,
  serviceQuotaExceeded,
  singleQueueBottleneck,
  singleWriterCeiling,
  stationOverload,
  stickySessions,
];
