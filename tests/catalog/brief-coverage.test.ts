import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';

/**
 * What a senior engineer is expected to know about Python systems, as the product's brief names it, and the words under
 * which rules teach it: one of them must be among the concepts of some rule.
 */
const BRIEF: Readonly<Record<string, readonly string[]>> = {
  'monolith (Django, Flask)': ['monolith'],
  'microservices': ['microservices'],
  'independent scaling of features': ['independent scaling'],
  'deployment flexibility': ['deployment flexibility', 'rolling deploy', 'canary release'],
  'operational overhead': ['operational overhead', 'operational burden'],
  'small engineering teams': ['small engineering teams', 'team size'],
  'fault isolation': ['fault isolation', 'bulkhead'],
  'distributed tracing': ['distributed tracing'],
  'network latency': ['network latency'],
  'data consistency': ['data consistency', 'consistency'],
  'Twelve-Factor App: configuration and backing services': ['configuration in the environment', 'backing services', 'twelve-factor'],
  'Twelve-Factor App: stateless, disposable processes': ['stateless processes', 'disposability'],
  'Twelve-Factor App: admin processes': ['admin processes'],
  'API gateway (Kong, AWS API Gateway, FastAPI)': ['api gateway'],
  'reverse proxy': ['reverse proxy'],
  'authentication at the gateway': ['authentication'],
  'rate limiting': ['rate limiting'],
  'request routing': ['request routing'],
  'global interpreter lock': ['global interpreter lock'],
  'CPU-bound work in the web tier': ['busy front end', 'cpu-bound work'],
  'scaling out and up': ['scaling out', 'horizontal scaling', 'vertical scaling', 'scale up'],
  'load balancing (Nginx, managed balancers)': ['load balancing'],
  'round robin, least connections, IP hash': ['round robin', 'least connections', 'ip hash', 'join the shortest queue'],
  'Gunicorn and uWSGI workers': ['worker processes', 'sync workers'],
  'no single node as a point of failure': ['redundancy', 'single point of failure'],
  'caching with Redis': ['caching', 'cache-aside', 'hit ratio'],
  'read-through and write-through': ['read-through', 'write-through', 'write-through and write-behind'],
  'cache invalidation': ['cache invalidation'],
  'LRU and other eviction': ['eviction', 'eviction policy', 'least recently used', 'lru'],
  'time to live': ['time to live'],
  'session management': ['session management', 'session store', 'sticky sessions', 'sessions'],
  'database as the bottleneck': ['saturation', 'single writer', 'no caching'],
  'replication': ['replication'],
  'sharding': ['sharding'],
  'shard key (user id, region)': ['shard key'],
  'application-level sharding and SQLAlchemy routing': ['read-write routing', 'cross-shard queries', 'scatter and gather'],
  'schema migrations (Alembic, Django)': ['schema migration', 'expand and contract'],
  'expand and contract': ['expand and contract'],
  'asynchronous processing': ['asynchronous work', 'background jobs'],
  'third-party calls in the request': ['integration point', 'sync-over-async'],
  'message brokers (RabbitMQ, Kafka)': ['message broker', 'competing consumers', 'consumer group', 'partition'],
  'Celery and Faust workers': ['prefetch', 'worker prefetch', 'consumer lag', 'acknowledgement'],
  'background video pipeline': ['claim check', 'background jobs'],
  'decoupling by events': ['transactional outbox', 'event-driven', 'dual write'],
  'serverless functions (AWS Lambda)': ['serverless'],
  'cold start': ['cold start'],
  'memory allocation of functions': ['memory allocation'],
  'queues of the platform (SQS)': ['managed queue'],
  'files in object storage (S3)': ['object storage'],
};

const spelled = (concept: string): string => concept.trim().toLowerCase();
const taught = new Set(catalog.rules.flatMap(({ meta }) => meta.concepts.map(spelled)));

describe('every concept of the brief is taught by a rule', () => {
  test.each(Object.entries(BRIEF))('%s', (_concept, words) => {
    expect(words.filter((word) => taught.has(word)), `one of: ${words.join(', ')}`).not.toEqual([]);
  });

  test('a rule names each of its concepts once', () => {
    for (const { id, meta } of catalog.rules) {
      expect(meta.concepts.length, id).toBeGreaterThan(0);
      expect(new Set(meta.concepts.map(spelled)).size, id).toBe(meta.concepts.length);
    }
  });
});
