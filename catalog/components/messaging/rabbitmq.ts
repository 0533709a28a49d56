import type { CostLine, FailureModel, MessageBrokerResource } from '../../../shared/contracts/behavior.ts';
import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { clusterBroker } from '../common/broker.ts';
import { derived } from '../common/effective.ts';
import { FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { notModelled } from '../common/not-modelled.ts';
import { costLine, GB_PER_VCPU, selfHostedStoreCosts } from '../common/pricing.ts';

const A = { provenance: 'A' as const };

/** Members of a quorum queue, and seconds until they have a new leader (assumed). */
const QUORUM_MEMBERS = 3;
const LEADER_ELECTION_S = 10;
/** Seconds of waiting messages lost with the node of a classic queue (assumed). */
const CLASSIC_LOSS_S = 60;

const params = z.object({
  nodes: number({ ...A, default: 3, min: 1, max: 9, integer: true, step: 1, label: 'Nodes', group: 'capacity', unit: 'count', help: 'Brokers in the cluster. Three survive the loss of one.' }),
  vcpu: number({ ...A, default: 2, min: 1, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Cores of each node. Amazon MQ is priced by them: 2 is mq.m5.large.' }),
  queues: number({ ...A, default: 1, min: 1, integer: true, step: 1, label: 'Queues', group: 'capacity', unit: 'count', help: 'Queues that share the load. One queue runs on one core however large the cluster is.' }),
  queue_msg_s: number({ ...A, source: 'rabbitmq-queues', default: 20_000, min: 1, step: 1000, label: 'Messages per queue', group: 'capacity', unit: 'ops', help: 'Messages of 1 KB that one queue carries per second: its hot path is bound to one core.' }),
  cluster_msg_s: number({ provenance: 'V', source: 'rabbitmq-performance', default: 35_000, min: 1, step: 1000, label: 'Messages per cluster', group: 'capacity', unit: 'ops', help: 'Messages per second of the whole cluster: 35 000 to 40 000 over ten queues measured on three nodes.' }),
  bandwidth_mb_s: number({ ...A, default: 125, min: 1, label: 'Bandwidth per node', group: 'capacity', unit: 'mb_s', help: 'Network of one node in megabytes per second. Each copy of a message uses it again.' }),
  publish_ms: number({ ...A, default: 2, min: 0, label: 'Publish latency', group: 'capacity', unit: 'ms', help: 'Time until the broker has the message.' }),
  confirm_ms: number({ ...A, default: 3, min: 0, label: 'Confirm latency', group: 'capacity', unit: 'ms', help: 'Extra time until the broker confirms that it is stored on a majority.' }),
  queue: choice(['quorum', 'classic'], { ...A, source: 'rabbitmq-quorum-queues', default: 'quorum', label: 'Queue type', group: 'messaging', help: 'Quorum: copied to several nodes. Classic: lives on one node and is gone with it.', options: { quorum: 'Quorum', classic: 'Classic' } }),
  prefetch: number({ ...A, default: 250, min: 1, max: 65_535, integer: true, label: 'Prefetch', group: 'messaging', unit: 'count', help: 'Unacknowledged messages handed to one consumer. Quorum queues allow at most 2000.' }),
  delivery_limit: optionalNumber({ ...A, min: 1, label: 'Delivery limit', group: 'messaging', unit: 'count', help: 'Deliveries before a message is dropped or dead-lettered. Unset: the consumer’s connection decides.' }),
  max_length: optionalNumber({ ...A, min: 1, practice: true, question: 'Is the length of the queue bounded?', label: 'Longest queue', group: 'messaging', unit: 'count', help: 'Messages that may wait. Unset: until memory or disk raises an alarm and blocks all publishers.' }),
  message_ttl_s: optionalNumber({ ...A, min: 0, practice: true, question: 'Do messages expire that nobody took?', label: 'Messages expire after', group: 'messaging', unit: 's', help: 'Seconds after which a waiting message is no longer worth doing. Unset: never.' }),
  storage_gb: number({ ...A, default: 20, min: 1, label: 'Storage per node', group: 'data', unit: 'gb', help: 'Disk of each node, for the price of a cluster you run yourself.' }),
  availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.9 % for a cluster with quorum queues, 99.5 % for one node or classic queues; run by yourself 99 % for each node.' }),
});

type RabbitParams = z.output<typeof params>;

function brokerOf(p: RabbitParams): MessageBrokerResource {
  const copies = p.queue === 'quorum' ? Math.min(p.nodes, QUORUM_MEMBERS) : 1;
  return {
    kind: 'message-broker', model: 'queue', nodes: p.nodes, partitions: p.queues, capacity_per_partition: p.queue_msg_s,
    cluster_capacity: p.cluster_msg_s, bandwidth_kb_s: (p.bandwidth_mb_s * 1000 * p.nodes) / copies,
    publish_s: p.publish_ms / 1000, confirm_s: p.confirm_ms / 1000, replicated: copies >= QUORUM_MEMBERS, default_group: 'shared',
    max_in_flight: null, visibility_s: null, retention_s: p.message_ttl_s, max_length: p.max_length,
  };
}

/** A classic queue lives on one node: for its messages the cluster is that node. */
function failureOf(p: RabbitParams, managed: boolean): FailureModel {
  const units = p.queue === 'quorum' ? p.nodes : 1;
  if (!managed) return selfHostedFailure({ availability: p.availability ?? SELF_HOSTED_STORE, units, redundancy: 'quorum', failover_s: LEADER_ELECTION_S });
  if (units === 1) return serviceFailure({ availability: p.availability ?? 0.995, units, regional: false, perYear: FAILURES_PER_YEAR.zonalStore });
  return serviceFailure({ availability: p.availability ?? 0.999, units, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged });
}

function costsOf(p: RabbitParams, managed: boolean): CostLine[] {
  if (!managed) return selfHostedStoreCosts(p.nodes, p.vcpu, GB_PER_VCPU * p.vcpu, p.storage_gb);
  return [costLine('Brokers', 'mq_vcpu_h', { per: 'hours', units: p.nodes * p.vcpu })];
}

/** A message broker with queues: tasks wait until a worker takes them. */
export const rabbitmq = defineComponent({
  type: 'rabbitmq',
  aliases: ['rabbit'],
  version: 1,
  title: 'RabbitMQ',
  category: 'messaging',
  silhouette: 'broker',
  icon: 'M2.5 10a2 2 0 1 0 4 0 2 2 0 1 0-4 0z M6.5 10h2 M8.5 6.5h9v7h-9z M11.5 6.5v7 M14.5 6.5v7',
  keywords: ['queue', 'message broker', 'broker', 'amqp', 'message queue', 'exchange'],
  figures: { primary: 'messages', secondary: 'backlog' },
  params,
  behavior: (p, context) => clusterBroker({
    technology: 'rabbitmq', managed: context.managed, resource: brokerOf(p), failure: failureOf(p, context.managed), costs: costsOf(p, context.managed),
    consistency: {
      durable: true, replication: p.queue === 'quorum' && p.nodes > 1 ? 'quorum' : 'none', read_default: 'strong', staleness_s: 0,
      loss_window_s: p.queue === 'quorum' && p.nodes >= QUORUM_MEMBERS ? 0 : CLASSIC_LOSS_S, backup_interval_s: null,
    },
    not_modelled: notModelled(context, {
      prefetch: 'Messages handed out ahead of the work',
      delivery_limit: 'Messages dropped at the delivery limit',
    }),
  }),
  effective: (p) => {
    const spare = p.queue === 'quorum' && p.nodes > 1;
    return derived('availability', p.availability, spare ? 0.999 : 0.995, spare ? 'quorum queues on several nodes, managed' : 'one node holds each queue, managed');
  },
  accepts: acceptOnly(['publish', 'trigger', 'replicate'], 'A broker takes messages. Connect it from the code that publishes them.'),
  presets: [
    { id: 'amazon-mq', title: 'Amazon MQ', keywords: ['amazonmq', 'cloudamqp'], params: { nodes: 3, queue: 'quorum' } },
    { id: 'rabbitmq-single', title: 'RabbitMQ, one node', keywords: ['single broker'], params: { nodes: 1, queue: 'classic' } },
  ],
  recognition: {
    images: ['rabbitmq', 'rabbitmq*', 'bitnami/rabbitmq*', 'cloudamqp/*'],
    words: ['rabbitmq', 'rabbit', 'amqp', 'broker', 'mq', 'queue'],
    ports: [5672, 5671, 15672],
    schemes: ['amqp', 'amqps', 'pyamqp'],
  },
  docs: {
    what: 'Holds messages until a consumer has done them. It evens out peaks: what comes too fast waits instead of failing.',
    when: 'Tasks for workers, routing by kind of task, per-message acknowledgement and redelivery.',
    whenNot: 'Events that several readers want to replay, or hundreds of thousands of messages a second: use a log. Large files do not belong in messages.',
  },
  examples: [
    { title: 'a cluster of three on quorum queues', params: {}, expect: (b) => b.failure.regional && b.failure.unit_availability === 0.999 && b.resources[0]?.kind === 'message-broker' && b.resources[0].replicated && b.resources[0].capacity_per_partition === 20_000 },
    { title: 'three brokers cost $631 a month', params: {}, expect: (b) => b.costs[0]?.price === 'mq_vcpu_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 6 },
    { title: 'a classic queue dies with its node', params: { queue: 'classic' }, expect: (b) => !b.failure.regional && b.failure.units === 1 && b.consistency?.replication === 'none' && b.resources[0]?.kind === 'message-broker' && !b.resources[0].replicated },
    { title: 'copies share the network', params: {}, expect: (b) => b.resources[0]?.kind === 'message-broker' && b.resources[0].bandwidth_kb_s === 125_000 },
    { title: 'more queues carry more', params: { queues: 10 }, expect: (b) => b.resources[0]?.kind === 'message-broker' && b.resources[0].partitions === 10 && b.resources[0].cluster_capacity === 35_000 },
  ],
});
