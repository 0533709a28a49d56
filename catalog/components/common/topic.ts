import type { Behavior } from '../../../shared/contracts/behavior.ts';
import { number } from '../../../shared/contracts/params.ts';
import type { PriceKey } from '../../prices/price-book.ts';
import { availabilityField } from './availability.ts';
import { FAILURES_PER_YEAR, serviceFailure } from './failure.ts';
import { costLine } from './pricing.ts';

/** Fields of a managed topic: every subscriber gets each message. */
export function topicFields(facts: { readonly availability: number }) {
  return {
    latency_ms: number({ provenance: 'A', default: 10, min: 0, label: 'Publish latency', group: 'capacity', unit: 'ms', help: 'Time until the message is accepted.' }),
    availability: availabilityField(facts.availability),
  };
}

/** A regional service without a limit of its own that hands each message to every subscriber. Paid per message. */
export function topicBehavior(params: { readonly latency_ms: number; readonly availability: number }, facts: { readonly technology: string; readonly label: string; readonly price: PriceKey }): Behavior {
  return {
    routing: 'broker',
    role: 'topic',
    stateful: true,
    resources: [{
      kind: 'message-broker', model: 'topic', nodes: 1, partitions: null, capacity_per_partition: null, cluster_capacity: null, bandwidth_kb_s: null,
      publish_s: params.latency_ms / 1000, confirm_s: 0, replicated: true, default_group: 'per-consumer',
      max_in_flight: null, visibility_s: null, retention_s: null, max_length: null,
    }],
    failure: serviceFailure({ availability: params.availability, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged }),
    costs: [costLine(facts.label, facts.price, { per: 'request', factor: 1 / 1e6, of: 'all' })],
    operations: { technology: facts.technology, burden: 'serverless', deployable: false, mechanisms: [] },
    consistency: { durable: true, replication: 'quorum', read_default: 'strong', staleness_s: 0, loss_window_s: 0, backup_interval_s: null },
    autoscale: null,
    source_rate: null,
    not_modelled: [],
  };
}
