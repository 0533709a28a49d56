import type { Rule } from '../../shared/contracts/rule.ts';
import { bigBangMigration } from './availability/big-bang-migration.ts';
import { cacheAsCrutch } from './availability/cache-as-crutch.ts';
import { deepSyncChain } from './availability/deep-sync-chain.ts';
import { lambdaRdbmsNoProxy } from './availability/lambda-rdbms-no-proxy.ts';
import { noRateLimiting } from './availability/no-rate-limiting.ts';
import { poolExhaustion } from './availability/pool-exhaustion.ts';
import { spofSingleAz } from './availability/spof-single-az.ts';
import { spofSingleInstance } from './availability/spof-single-instance.ts';
import { spofStatefulNode } from './availability/spof-stateful-node.ts';
import { cacheWritePolicyHazard } from './consistency/cache-write-policy-hazard.ts';
import { dualWriteNoOutbox } from './consistency/dual-write-no-outbox.ts';
import { replicaStaleness } from './consistency/replica-staleness.ts';
import { microservicesTooEarly } from './cost/microservices-too-early.ts';
import { noDistributedTracing } from './cost/no-distributed-tracing.ts';
import { missingDlq } from './isolation/missing-dlq.ts';
import { missingTimeout } from './isolation/missing-timeout.ts';
import { noApiGateway } from './isolation/no-api-gateway.ts';
import { sharedDatabase } from './isolation/shared-database.ts';
import { twelveFactorGap } from './isolation/twelve-factor-gap.ts';
import { cacheIneffective } from './latency/cache-ineffective.ts';
import { celeryPrefetchLongTasks } from './latency/celery-prefetch-long-tasks.ts';
import { cpuBoundInRequestPath } from './latency/cpu-bound-in-request-path.ts';
import { lambdaColdStartSlo } from './latency/lambda-cold-start-slo.ts';
import { lbPolicyMismatch } from './latency/lb-policy-mismatch.ts';
import { syncThirdParty } from './latency/sync-third-party.ts';
import { workerCountMismatch } from './latency/worker-count-mismatch.ts';
import { consumerDeficit } from './scalability/consumer-deficit.ts';
import { consumersExceedPartitions } from './scalability/consumers-exceed-partitions.ts';
import { gilCpuThreads } from './scalability/gil-cpu-threads.ts';
import { hotShard } from './scalability/hot-shard.ts';
import { largePayloadInQueue } from './scalability/large-payload-in-queue.ts';
import { localStateBehindLb } from './scalability/local-state-behind-lb.ts';
import { serviceQuotaExceeded } from './scalability/service-quota-exceeded.ts';
import { stationOverload } from './scalability/station-overload.ts';

/** Every rule, sorted by folder and name. A new one is one line here. */
export const rules: readonly Rule[] = [
  bigBangMigration,
  cacheAsCrutch,
  deepSyncChain,
  lambdaRdbmsNoProxy,
  noRateLimiting,
  poolExhaustion,
  spofSingleAz,
  spofSingleInstance,
  spofStatefulNode,
  cacheWritePolicyHazard,
  dualWriteNoOutbox,
  replicaStaleness,
  microservicesTooEarly,
  noDistributedTracing,
  missingDlq,
  missingTimeout,
  noApiGateway,
  sharedDatabase,
  twelveFactorGap,
  cacheIneffective,
  celeryPrefetchLongTasks,
  cpuBoundInRequestPath,
  lambdaColdStartSlo,
  lbPolicyMismatch,
  syncThirdParty,
  workerCountMismatch,
  consumerDeficit,
  consumersExceedPartitions,
  gilCpuThreads,
  hotShard,
  largePayloadInQueue,
  localStateBehindLb,
  serviceQuotaExceeded,
  stationOverload,
];
