import type { Catalog } from '../shared/contracts/catalog.ts';
import type { Component } from '../shared/contracts/component.ts';
import { celeryWorker } from './components/compute/celery-worker.ts';
import { externalApi } from './components/compute/external-api.ts';
import { faustWorker } from './components/compute/faust-worker.ts';
import { lambda } from './components/compute/lambda.ts';
import { monolith } from './components/compute/monolith.ts';
import { pooler } from './components/compute/pooler.ts';
import { scheduler } from './components/compute/scheduler.ts';
import { service } from './components/compute/service.ts';
import { shardRouter } from './components/compute/shard-router.ts';
import { dataWarehouse } from './components/data/data-warehouse.ts';
import { nosql } from './components/data/nosql.ts';
import { objectStore } from './components/data/object-store.ts';
import { rdbms } from './components/data/rdbms.ts';
import { redis } from './components/data/redis.ts';
import { search } from './components/data/search.ts';
import { cdn } from './components/edge/cdn.ts';
import { client } from './components/edge/client.ts';
import { dns } from './components/edge/dns.ts';
import { gatewayAws } from './components/edge/gateway-aws.ts';
import { gatewayFastapi } from './components/edge/gateway-fastapi.ts';
import { gatewayKong } from './components/edge/gateway-kong.ts';
import { lbManaged } from './components/edge/lb-managed.ts';
import { natGateway } from './components/edge/nat-gateway.ts';
import { nginx } from './components/edge/nginx.ts';
import { waf } from './components/edge/waf.ts';
import { dlq } from './components/messaging/dlq.ts';
import { eventbus } from './components/messaging/eventbus.ts';
import { kafka } from './components/messaging/kafka.ts';
import { rabbitmq } from './components/messaging/rabbitmq.ts';
import { sns } from './components/messaging/sns.ts';
import { sqs } from './components/messaging/sqs.ts';
import { custom } from './components/other/custom.ts';
import { authProvider } from './components/platform/auth-provider.ts';
import { ciMigrations } from './components/platform/ci-migrations.ts';
import { configSecrets } from './components/platform/config-secrets.ts';
import { metricsLogs } from './components/platform/metrics-logs.ts';
import { serviceRegistry } from './components/platform/service-registry.ts';
import { tracing } from './components/platform/tracing.ts';
import { priceBook } from './prices/price-book.ts';
import { balanced } from './profiles/balanced.ts';
import { rules } from './rules/index.ts';
import { sources } from './sources/bibliography.ts';
import { templates } from './templates/templates.ts';

/** Every component, in the order of its category's folder and then of its name. A new one is one line here. */
const registered: readonly Component[] = [
  celeryWorker,
  externalApi,
  faustWorker,
  lambda,
  monolith,
  pooler,
  scheduler,
  service,
  shardRouter,
  dataWarehouse,
  nosql,
  objectStore,
  rdbms,
  redis,
  search,
  cdn,
  client,
  dns,
  gatewayAws,
  gatewayFastapi,
  gatewayKong,
  lbManaged,
  natGateway,
  nginx,
  waf,
  dlq,
  eventbus,
  kafka,
  rabbitmq,
  sns,
  sqs,
  custom,
  authProvider,
  ciMigrations,
  configSecrets,
  metricsLogs,
  serviceRegistry,
  tracing,
];

/** All content that experts edit, handed to the engine as an argument. Components are keyed by type. */
export const catalog: Catalog = {
  components: new Map(registered.map((component) => [component.type, component])),
  rules,
  priceBook,
  sources,
  profiles: [balanced],
  templates,
};

const byAlias: ReadonlyMap<string, Component> = new Map(registered.flatMap((component) => (component.aliases ?? []).map((alias) => [alias, component] as const)));

/** The component for a document's type: its id, the id in snake_case, or an alias. Undefined when unknown. */
export function componentOf(type: string): Component | undefined {
  return catalog.components.get(type) ?? byAlias.get(type) ?? catalog.components.get(type.replaceAll('_', '-'));
}
