import type { Catalog } from '../shared/contracts/catalog.ts';
import type { Component } from '../shared/contracts/component.ts';
import { celeryWorker } from './components/compute/celery-worker.ts';
import { monolith } from './components/compute/monolith.ts';
import { service } from './components/compute/service.ts';
import { rdbms } from './components/data/rdbms.ts';
import { redis } from './components/data/redis.ts';
import { client } from './components/edge/client.ts';
import { gatewayKong } from './components/edge/gateway-kong.ts';
import { lbManaged } from './components/edge/lb-managed.ts';
import { nginx } from './components/edge/nginx.ts';
import { rabbitmq } from './components/messaging/rabbitmq.ts';
import { priceBook } from './prices/price-book.ts';
import { balanced } from './profiles/balanced.ts';
import { sources } from './sources/bibliography.ts';

/** Every component, in the order of its category's folder and then of its name. A new one is one line here. */
const registered: readonly Component[] = [
  celeryWorker,
  monolith,
  service,
  rdbms,
  redis,
  client,
  gatewayKong,
  lbManaged,
  nginx,
  rabbitmq,
];

/** All content that experts edit, handed to the engine as an argument. Components are keyed by type. */
export const catalog: Catalog = {
  components: new Map(registered.map((component) => [component.type, component])),
  rules: [],
  priceBook,
  sources,
  profiles: [balanced],
  templates: [],
};

const byAlias: ReadonlyMap<string, Component> = new Map(registered.flatMap((component) => (component.aliases ?? []).map((alias) => [alias, component] as const)));

/** The component for a document's type: its id, the id in snake_case, or an alias. Undefined when unknown. */
export function componentOf(type: string): Component | undefined {
  return catalog.components.get(type) ?? byAlias.get(type) ?? catalog.components.get(type.replaceAll('_', '-'));
}
