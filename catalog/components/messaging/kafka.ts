import type { CostLine, FailureModel, MessageBrokerResource } from '../../../shared/contracts/behavior.ts';
import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { clusterBroker } from '../common/broker.ts';
import { derived } from '../common/effective.ts';
import { FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { costLine, GB_PER_VCPU, selfHostedStoreCosts } from '../common/pricing.ts';

const A = { provenance: 'A' as const };
const DOCS = { provenance: 'M' as const, source: 'kafka-documentation' };

/** Acknowledgement by all in-sync copies, by the leader alone, or none: milliseconds, assumed (semantics 3). */
const PUBLISH_MS = { all: 5, leader: 2, none: 0.5 } as const;
/** Seconds until a partition has a new leader, and seconds of messages that only the lost leader had (assumed). */
const LEADER_ELECTION_S = 10;
const UNCOPIED_S = 1;
const SECONDS_PER_DAY = 86_400;

const params = z.object({
  brokers: number({ ...A, default: 3, min: 1, max: 300, integer: true, step: 1, label: 'Brokers', group: 'capacity', unit: 'count', help: 'Machines of the cluster. Three in three zones survive the loss of one.' }),
  size: choice(['m5_large', 't3_small'], { ...A, default: 'm5_large', label: 'Broker size', group: 'capacity', help: 'Machine of each broker, for the price of Amazon MSK.', options: { m5_large: 'm5.large, 2 vCPUs', t3_small: 't3.small, for trials' } }),
  partitions: number({ ...A, default: 12, min: 1, max: 200_000, integer: true, step: 1, label: 'Partitions', group: 'capacity', unit: 'count', help: 'Parts of the topic. They bound both the throughput and the number of consumers of one group that can work at once.' }),
  partition_mb_s: number({ provenance: 'M', source: 'kafka-partitions', default: 10, min: 0.1, step: 1, label: 'Throughput per partition', group: 'capacity', unit: 'mb_s', help: 'Megabytes per second that one partition carries. Rule of thumb: 10 to 50.' }),
  message_kb: number({ ...A, default: 2, min: 0.01, step: 1, label: 'Mean message', group: 'capacity', unit: 'kb', help: 'Turns megabytes per partition into messages per second.' }),
  bandwidth_mb_s: number({ ...A, default: 125, min: 1, label: 'Bandwidth per broker', group: 'capacity', unit: 'mb_s', help: 'Network of one broker in megabytes per second. Each copy of a message uses it again.' }),
  publish_ms: optionalNumber({ ...A, min: 0, label: 'Publish latency', group: 'capacity', unit: 'ms', help: 'Time until the producer has its answer. Unset: 5 ms with acknowledgement by all copies, 2 ms by the leader, 0.5 ms without.' }),
  acks: choice(['all', 'leader', 'none'], { ...DOCS, default: 'all', label: 'Acknowledged by', group: 'messaging', help: 'Who must have a message before the producer goes on. Less is faster and loses messages with a broker.', options: { all: 'All in-sync copies', leader: 'The leader', none: 'Nobody' } }),
  retention_days: number({ ...DOCS, default: 7, min: 0.01, step: 1, label: 'Kept for', group: 'messaging', unit: 'days', help: 'Messages stay this long, read or not. A consumer that is down for longer loses them.' }),
  storage_gb: number({ ...A, default: 500, min: 1, step: 100, label: 'Storage per broker', group: 'data', unit: 'gb', help: 'Disk of each broker: rate x size x copies x days kept must fit.' }),
  rf: number({ ...A, default: 3, min: 1, max: 9, integer: true, step: 1, label: 'Copies', group: 'resilience', unit: 'count', help: 'Replication factor: brokers that hold each partition.' }),
  min_isr: number({ ...A, default: 2, min: 1, max: 9, integer: true, step: 1, label: 'Copies needed to write', group: 'resilience', unit: 'count', help: 'In-sync copies that a write needs when all must acknowledge. Equal to the number of copies, the loss of one broker stops writes.' }),
  availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.9 % when the loss of one broker is survived, else 99.5 %; run by yourself 99 % for each broker.' }),
});

type KafkaParams = z.output<typeof params>;

const copiesOf = (p: KafkaParams): number => Math.min(p.rf, p.brokers);

/** Brokers that may be lost before the hottest partition stops taking writes. */
function spareBrokers(p: KafkaParams): number {
  return copiesOf(p) - (p.acks === 'all' ? Math.min(p.min_isr, copiesOf(p)) : 1);
}

function logOf(p: KafkaParams): MessageBrokerResource {
  return {
    kind: 'message-broker', model: 'log', nodes: p.brokers, partitions: p.partitions, capacity_per_partition: (p.partition_mb_s * 1000) / p.message_kb,
    cluster_capacity: null, bandwidth_kb_s: (p.bandwidth_mb_s * 1000 * p.brokers) / copiesOf(p),
    publish_s: (p.publish_ms ?? PUBLISH_MS[p.acks]) / 1000, confirm_s: 0, replicated: spareBrokers(p) > 0, default_group: 'per-consumer',
    max_in_flight: null, visibility_s: null, retention_s: p.retention_days * SECONDS_PER_DAY, max_length: null,
  };
}

function failureOf(p: KafkaParams, managed: boolean): FailureModel {
  const spare = spareBrokers(p) > 0;
  if (!managed) return selfHostedFailure({ availability: p.availability ?? SELF_HOSTED_STORE, units: spare ? copiesOf(p) : 1, redundancy: 'quorum', failover_s: LEADER_ELECTION_S });
  if (!spare) return serviceFailure({ availability: p.availability ?? 0.995, units: 1, regional: false, perYear: FAILURES_PER_YEAR.zonalStore });
  return serviceFailure({ availability: p.availability ?? 0.999, units: p.brokers, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged });
}

function costsOf(p: KafkaParams, managed: boolean): CostLine[] {
  const cores = 2;
  if (!managed) return selfHostedStoreCosts(p.brokers, cores, GB_PER_VCPU * cores, p.storage_gb);
  return [
    costLine('Brokers', p.size === 'm5_large' ? 'msk_m5_large_h' : 'msk_t3_small_h', { per: 'hours', units: p.brokers }),
    costLine('Storage', 'msk_storage_gb', { per: 'gb_month', gb: p.storage_gb, copies: p.brokers }),
  ];
}

/** A replicated log: messages stay in order within a partition and can be read again. */
export const kafka = defineComponent({
  type: 'kafka',
  version: 1,
  title: 'Kafka',
  category: 'messaging',
  silhouette: 'broker',
  icon: 'M2.5 3.5h15v3.5h-15z M2.5 8.25h15v3.5h-15z M2.5 13h15v3.5h-15z M6.5 3.5V7 M10.5 3.5V7 M8.5 8.25v3.5 M5.5 13v3.5 M9.5 13v3.5 M13.5 13v3.5',
  keywords: ['log', 'event log', 'event stream', 'streaming', 'topic partitions', 'commit log'],
  figures: { primary: 'messages', secondary: 'backlog' },
  params,
  behavior: (p, { managed }) => clusterBroker({
    technology: 'kafka', managed, resource: logOf(p), failure: failureOf(p, managed), costs: costsOf(p, managed), not_modelled: [],
    consistency: {
      durable: p.acks !== 'none',
      replication: copiesOf(p) === 1 ? 'none' : p.acks === 'all' && p.min_isr > 1 ? 'quorum' : 'async',
      read_default: 'strong',
      staleness_s: 0,
      loss_window_s: p.acks === 'all' && Math.min(p.min_isr, copiesOf(p)) > 1 ? 0 : UNCOPIED_S,
      backup_interval_s: null,
    },
  }),
  effective: (p) => ({
    ...derived('publish_ms', p.publish_ms, PUBLISH_MS[p.acks], p.acks === 'all' ? 'all in-sync copies acknowledge' : p.acks === 'leader' ? 'the leader acknowledges' : 'nobody acknowledges'),
    ...derived('availability', p.availability, spareBrokers(p) > 0 ? 0.999 : 0.995, spareBrokers(p) > 0 ? 'the loss of one broker is survived, managed' : 'no broker to spare, managed'),
  }),
  accepts: acceptOnly(['publish', 'trigger', 'replicate'], 'A log takes messages. Connect it from the code that publishes them, or from a database whose changes it carries.'),
  presets: [
    { id: 'msk', title: 'Amazon MSK', keywords: ['managed kafka', 'aws kafka'], params: { brokers: 3, rf: 3, min_isr: 2 } },
    { id: 'redpanda', title: 'Redpanda', keywords: ['kafka api'], params: {} },
    { id: 'kafka-single', title: 'Kafka, one broker', keywords: ['single kafka'], params: { brokers: 1, rf: 1, min_isr: 1 } },
  ],
  recognition: {
    images: ['kafka', 'bitnami/kafka*', 'confluentinc/cp-kafka*', 'apache/kafka*', 'wurstmeister/kafka*', 'redpandadata/*', 'vectorized/redpanda*', 'kafka-container', 'strimzi/kafka*'],
    words: ['kafka', 'msk', 'redpanda', 'event-log', 'stream'],
    ports: [9092, 9093, 29092],
    schemes: ['kafka'],
  },
  docs: {
    what: 'Keeps messages in order in partitions for days. Every group of consumers reads all of them at its own pace, and again when it must.',
    when: 'Events that several readers need, replay after a fault, order per key, tens of thousands of messages a second.',
    whenNot: 'A few tasks for workers: a queue acknowledges each message and retries it alone. One slow message in a log holds up all behind it.',
  },
  examples: [
    { title: 'three brokers with three copies', params: {}, expect: (b) => b.failure.regional && b.failure.unit_availability === 0.999 && b.resources[0]?.kind === 'message-broker' && b.resources[0].partitions === 12 && b.resources[0].capacity_per_partition === 5000 && b.resources[0].default_group === 'per-consumer' },
    { title: 'copies share the network', params: {}, expect: (b) => b.resources[0]?.kind === 'message-broker' && b.resources[0].bandwidth_kb_s === 125_000 },
    { title: 'all copies needed is no spare', params: { min_isr: 3 }, expect: (b) => !b.failure.regional && b.failure.units === 1 && b.resources[0]?.kind === 'message-broker' && !b.resources[0].replicated },
    { title: 'acknowledged by the leader alone may lose a second', params: { acks: 'leader' }, expect: (b) => b.consistency?.replication === 'async' && b.consistency.loss_window_s === 1 && b.resources[0]?.kind === 'message-broker' && b.resources[0].publish_s === 0.002 },
    { title: 'brokers and their storage are paid', params: { storage_gb: 1000 }, expect: (b) => b.costs[0]?.price === 'msk_m5_large_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 3 && b.costs[1]?.quantity.per === 'gb_month' && b.costs[1].quantity.copies === 3 },
  ],
});
