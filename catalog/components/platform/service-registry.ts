import { defineComponent } from '../../../shared/contracts/component.ts';
import { number } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { hostedEffective, hostedHelper, hostingFields } from '../common/hosted.ts';
import { notModelled } from '../common/not-modelled.ts';

const A = { provenance: 'A' as const };
const SLA = 0.999;

/** Where services find one another. Answers are kept by the clients, so it is soft and carries no load. */
export const serviceRegistry = defineComponent({
  type: 'service-registry',
  aliases: ['service_registry', 'service-discovery'],
  version: 1,
  title: 'Service registry',
  category: 'platform',
  silhouette: 'compute',
  icon: 'M4.5 2.5h11a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-11z M4.5 2.5v15 M2.5 5.5h3 M2.5 10h3 M2.5 14.5h3 M8.5 6.5h5 M8.5 10h5 M8.5 13.5h3',
  keywords: ['discovery', 'service mesh registry', 'coordination', 'leader election'],
  figures: { primary: 'rps', secondary: 'none' },
  params: z.object({
    refresh_s: number({ ...A, default: 30, min: 0, step: 5, label: 'Answers kept', group: 'resilience', unit: 's', help: 'How long a client goes on with what it knows. A dead instance stays in use for as long.' }),
    ...hostingFields({ sla: '99.9 %', storage_gb: 20 }),
  }),
  behavior: (params, context) => hostedHelper(params, {
    role: 'directory', technology: 'service registry', managed: context.managed, sla: SLA,
    metered: [],
    not_modelled: notModelled(context, { refresh_s: 'Dead instances in use until their addresses are asked for again' }),
  }),
  effective: (params) => hostedEffective(params, SLA),
  accepts: acceptOnly(['lookup'], 'A registry is asked for addresses. Connect it from the code that asks.'),
  presets: [
    { id: 'cloud-map', title: 'AWS Cloud Map', keywords: ['cloud map', 'service connect'], params: {} },
    { id: 'consul', title: 'Consul', keywords: ['hashicorp consul'], params: { hosting: 'own', instances: 3 } },
    { id: 'eureka', title: 'Eureka', keywords: ['netflix eureka', 'nacos'], params: { hosting: 'own', instances: 2 } },
    { id: 'zookeeper', title: 'ZooKeeper', keywords: ['apache zookeeper'], params: { hosting: 'own', instances: 3 } },
    { id: 'etcd', title: 'etcd', keywords: ['etcd cluster'], params: { hosting: 'own', instances: 3 } },
  ],
  recognition: {
    images: ['consul*', 'hashicorp/consul*', 'bitnami/consul*', 'springcloud/eureka*', 'bitnami/etcd*', 'quay.io/coreos/etcd*', 'zookeeper*', 'bitnami/zookeeper*', 'confluentinc/cp-zookeeper*', 'nacos/*'],
    words: ['registry', 'discovery', 'consul', 'eureka', 'etcd', 'zookeeper', 'nacos'],
    ports: [8500, 8761, 2379, 2181],
  },
  docs: {
    what: 'Knows which instances of which service run and where. Clients ask now and then and keep the answer.',
    when: 'Many services whose instances come and go, without a platform that already does this.',
    whenNot: 'Behind a load balancer or on Kubernetes names are resolved already. It is one more cluster to run.',
  },
  examples: [
    { title: 'is soft and bears no load', params: {}, expect: (b) => b.role === 'directory' && b.resources.length === 0 && b.costs.length === 0 },
    { title: 'your own is a cluster of machines', params: { hosting: 'own', instances: 3 }, expect: (b) => b.failure.units === 3 && b.operations.burden === 'self-hosted-stateful' && b.costs[0]?.quantity.per === 'hours' && b.costs[0].quantity.units === 6 },
  ],
});
