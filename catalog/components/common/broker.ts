import type { Behavior, ConsistencyFacts, MessageBrokerResource } from '../../../shared/contracts/behavior.ts';

/** What one kind of broker cluster says about itself; the rest is the same for all. */
export interface BrokerFacts extends Pick<Behavior, 'failure' | 'costs' | 'not_modelled'> {
  readonly technology: string;
  readonly managed: boolean;
  readonly resource: MessageBrokerResource;
  readonly consistency: ConsistencyFacts;
}

/** A cluster of machines that keeps messages. Run by the team it is a store to look after. */
export function clusterBroker({ technology, managed, resource, consistency, failure, costs, not_modelled }: BrokerFacts): Behavior {
  return {
    routing: 'broker',
    role: 'broker',
    stateful: true,
    resources: [resource],
    failure,
    costs,
    operations: { technology, burden: managed ? 'managed-cluster' : 'self-hosted-stateful', deployable: false, mechanisms: [] },
    consistency,
    autoscale: null,
    source_rate: null,
    not_modelled,
  };
}
