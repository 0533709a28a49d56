import { describe, expect, it } from 'vitest';
import { searchParts } from '../../renderer/src/document/parts.ts';

/** Names that people type, and the type that each must find first. */
const NAMES: readonly (readonly [string, string])[] = [
  ['Django', 'monolith'], ['Flask', 'monolith'], ['FastAPI', 'service'], ['Gunicorn', 'service'], ['uWSGI', 'monolith'], ['Nginx', 'nginx'], ['Kong', 'gateway-kong'],
  ['AWS API Gateway', 'gateway-aws'], ['ALB', 'lb-managed'], ['Redis', 'redis'], ['ElastiCache', 'redis'], ['PostgreSQL', 'rdbms'], ['MySQL', 'rdbms'], ['Aurora', 'rdbms'],
  ['DynamoDB', 'nosql'], ['RabbitMQ', 'rabbitmq'], ['Kafka', 'kafka'], ['MSK', 'kafka'], ['Celery', 'celery-worker'], ['Faust', 'faust-worker'], ['AWS Lambda', 'lambda'],
  ['SQS', 'sqs'], ['SNS', 'sns'], ['S3', 'object-store'], ['CloudFront', 'cdn'], ['Alembic', 'ci-migrations'], ['SQLAlchemy', 'shard-router'],
  ['SQS FIFO', 'sqs'], ['EventBridge', 'eventbus'], ['dead letter', 'dlq'], ['Jaeger', 'tracing'], ['OpenTelemetry', 'tracing'], ['X-Ray', 'tracing'], ['Prometheus', 'metrics-logs'],
  ['Grafana', 'metrics-logs'], ['CloudWatch', 'metrics-logs'], ['Consul', 'service-registry'], ['Eureka', 'service-registry'], ['etcd', 'service-registry'], ['Vault', 'config-secrets'],
  ['Secrets Manager', 'config-secrets'], ['Django migrations', 'ci-migrations'], ['migration_job', 'ci-migrations'], ['Cognito', 'auth-provider'], ['Keycloak', 'auth-provider'],
  ['Auth0', 'auth-provider'], ['Plain box', 'custom'],
];

describe('typing a name', () => {
  it.each(NAMES)('%s finds %s', (name, type) => {
    const [best] = searchParts(name);
    expect(best?.component.type).toBe(type);
  });
});
