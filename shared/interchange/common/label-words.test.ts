import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { areaKind, kindByLabel, recogniseLabel } from './label-words.ts';

const said = (text: string): string => {
  const { component, preset, confidence } = recogniseLabel(text.split('\n'), catalog.components);
  return `${preset?.title ?? component?.title ?? 'nothing'}, ${confidence}`;
};

test.each([
  ['Redis', 'Redis, sure'],
  ['PostgreSQL', 'PostgreSQL, sure'],
  ['Postgres DB', 'PostgreSQL, likely'],
  ['MySQL primary', 'MySQL, likely'],
  ['orders-db', 'Relational database, guess'],
  ['Redis cache', 'Redis, likely'],
  ['Load balancer', 'Load balancer, sure'],
  ['Load Balancer (ALB)', 'AWS ALB, likely'],
  ['Dead letter queue', 'Dead-letter queue, sure'],
  ['API Gateway', 'Kong gateway, sure'],
  ['Order Service', 'Service, likely'],
  ['OrderService', 'Service, likely'],
  ['Users', 'Client, sure'],
  ['Mobile app', 'Client, guess'],
  ['Amazon S3', 'S3, sure'],
  ['Kafka\n3 brokers', 'Kafka, sure'],
  ['Key Vault', 'HashiCorp Vault, likely'],
  ['Queue', 'RabbitMQ, guess'],
  ['search', 'Search, guess'],
  ['Elasticsearch, Redis, PostgreSQL', 'PostgreSQL, guess'],
  ['Session data\nin Redis', 'Redis, guess'],
  ['partition', 'nothing, guess'],
  ['__proto__', 'nothing, guess'],
  ['支払い', 'nothing, guess'],
  ['', 'nothing, guess'],
])('%j is %s', (text, expected) => expect(said(text)).toBe(expected));

test('what else a word could mean is offered', () => {
  expect(recogniseLabel(['Message queue'], catalog.components).alternatives).toEqual(expect.arrayContaining(['service', 'custom']));
  expect(recogniseLabel(['Azure Entra ID', 'Workload Identity'], catalog.components).alternatives[0]).toBe('auth-provider');
});

test('labels of arrows and names of areas', () => {
  expect(['HTTPS', 'SQL', 'publishes order.created', 'consume', 'WebSocket', 'replicates', 'traces', 'depends on', ''].map(kindByLabel)).toEqual(['http', 'db', 'publish', 'consume', 'ws', 'replicate', 'trace', null, null]);
  expect(['eu-west-1', 'AZ a', 'Availability zone 2', 'AKS Automatic Cluster', 'osdu namespace'].map(areaKind)).toEqual(['region', 'zone', 'zone', 'cluster', 'group']);
});
