import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { evaluate } from '../../engine/evaluate.ts';
import { createCounterIds } from '../../model/ids.ts';
import type { ImportReport, RelatedAnswer } from '../import-report.ts';
import { leaveOut, retypeNode, setPeak } from '../revise.ts';
import { parseCompose } from './parse-compose.ts';
import { elkLayouter } from '../../../tests/support/elk.ts';

async function read(files: Readonly<Record<string, string>>, related: Readonly<Record<string, string>> = {}): Promise<ImportReport> {
  const readRelated = (_: unknown, paths: readonly string[]): Promise<RelatedAnswer> => Promise.resolve({
    files: Object.fromEntries(paths.flatMap((path) => (Object.hasOwn(related, path) ? [[path, related[path] as string]] : []))),
    notFollowed: paths.filter((path) => !Object.hasOwn(related, path)).map((path) => ({ path, reason: path.startsWith('..') ? 'outside the chosen folder' : 'does not exist' })),
  });
  const result = await parseCompose(Object.entries(files).map(([name, text]) => ({ name, text })), { catalog, layouter: elkLayouter, ids: createCounterIds(), readRelated });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const one = (services: string, related: Readonly<Record<string, string>> = {}): Promise<ImportReport> => read({ 'docker-compose.yml': `services:\n${services}` }, related);

const became = ({ guesses }: ImportReport, what: string): string => {
  const found = guesses.find((guess) => guess.what === what);
  return found ? `${found.became}, ${found.confidence}` : 'absent';
};
const edges = ({ guesses }: ImportReport): string[] => guesses.filter(({ target }) => target.kind === 'edge').map(({ what, became: kind }) => `${what}: ${kind}`);
const node = ({ design }: ImportReport, name: string): ImportReport['design']['nodes'][string] | undefined => Object.values(design.nodes).find((item) => item.name === name);

describe('types', () => {
  test.each([
    ['image: redis:7.2', 'Redis, sure'],
    ['image: docker.io/library/postgres:16', 'PostgreSQL, sure'],
    ['image: mongo', 'MongoDB, sure'],
    ['image: registry.local:5000/tools/minio@sha256:00', 'MinIO, likely'],
    ['image: oliver006/redis_exporter', 'Metrics and logs, likely'],
    ['image: acme/shop\n    command: celery -A shop worker', 'Celery, sure'],
    ['image: acme/shop\n    command: ["celery", "-A", "shop", "beat"]', 'Celery beat, sure'],
    ['image: acme/shop\n    command: bundle exec sidekiq', 'Sidekiq, sure'],
    ['build: .\n    command: gunicorn shop.wsgi', 'Gunicorn, likely'],
    ['build: .\n    command: uvicorn main:app', 'Uvicorn, likely'],
    ['image: node:20-alpine', 'Express, likely'],
    ['image: golang:1.22', 'Go service, likely'],
    ['build: .\n    environment: [ASPNETCORE_URLS=http://+:80]', 'ASP.NET Core, likely'],
    ['image: acme/thing', 'Service, guess'],
    ['image: mongo\n    command: mongos --configdb c/c:27017', 'MongoDB router, sure'],
  ])('%s', async (service, expected) => expect(became(await one(`  thing:\n    ${service}\n`), 'thing')).toBe(expected));

  test('a name alone, a compound name and a database its callers know better', async () => {
    const report = await one('  shop-cache: { build: . }\n  mobileapigw: { build: . }\n  user-db: { image: acme/user-db }\n  user: { image: acme/user, environment: ["MONGO_HOST=user-db:27017"] }\n');
    expect(['shop-cache', 'mobileapigw', 'user-db', 'user'].map((name) => node(report, name)?.type)).toEqual(['redis', 'gateway-kong', 'nosql', 'service']);
  });

  test('what runs once is left out with its reason, a migration is drawn', async () => {
    const report = await one('  db: { image: postgres }\n  migrate: { build: ., command: alembic upgrade head, environment: { DATABASE_URL: "postgres://u:p@db/x" } }\n  setup: { image: busybox, restart: "no" }\n  web: { build: ., depends_on: { setup: { condition: service_completed_successfully } }, ports: ["80:80"] }\n');
    expect(node(report, 'migrate')?.type).toBe('ci-migrations');
    expect(edges(report)).toContain('migrate to db: schema change');
    expect(node(report, 'setup')).toBeUndefined();
    expect(report.problems.map(({ message }) => message)).toContain('`setup` was left out: it runs once before the others start.');
  });
});

describe('connections', () => {
  test('from addresses, lists, connection texts, commands, links and written-out configuration', async () => {
    const report = await one(`  api:
    build: .
    environment:
      DATABASE_URL: postgres://app:pw@db:5432/app
      BROKERS: "b0:9092,kafka:9092"
      CACHE: "Server=cache;Password=x"
      UNRELATED: db
      POSTGRES_DB: db
  worker: { build: ., command: celery worker --broker=amqp://guest@queue//, links: ["api:backend"] }
  proxy:
    image: nginx
    ports: ["80:80"]
    volumes: [{ type: bind, source: ./n, target: /n, content: "# http://worker:1\\nproxy_pass http://api:8000;" }]
  db: { image: postgres }
  kafka: { image: apache/kafka }
  cache: { image: redis }
  queue: { image: rabbitmq }
`);
    expect(edges(report).sort()).toEqual(['Users to proxy: call', 'api to cache: cache access', 'api to db: query', 'api to kafka: publish', 'proxy to api: call', 'queue to worker: consume', 'worker to api: call']);
  });

  test('depends_on alone is weaker, of a platform piece a guess, of a health check nothing', async () => {
    const report = await one('  api: { build: ., depends_on: [db, otel], environment: { SHOP_HC: "http://shop/hc" } }\n  shop: { build: . }\n  db: { image: postgres }\n  otel: { image: otel/opentelemetry-collector }\n');
    expect([became(report, 'api to db'), became(report, 'api to otel'), became(report, 'api to shop')]).toEqual(['query, likely', 'telemetry, guess', 'absent']);
    expect(report.problems.map(({ message }) => message)).toContain('`api` mentions `shop`: only asks whether it is alive. No connection was drawn.');
  });

  test('nothing is made up: what is not said is listed', async () => {
    const report = await one('  front-end: { image: acme/front-end, ports: ["80:80"] }\n  orders: { image: acme/orders }\n  orders-db: { image: mongo }\n');
    expect(edges(report)).toEqual(['Users to front-end: call']);
    expect(report.problems.filter(({ code }) => code === 'connection-unknown').map(({ message }) => message)).toEqual(['orders', 'orders-db'].map((name) => `The files do not say what \`${name}\` is connected to. No connection was made up.`));
  });

  test('an unknown name is told with file and line', async () => {
    const report = await one('  api:\n    build: .\n    depends_on:\n      - queue\n');
    expect(report.problems[0]).toMatchObject({ line: 5, message: 'docker-compose.yml, line 5: `depends_on` names `queue`, which no service defines. Everything else was read.' });
  });

  test('users come in through the gateway, not at every published port', async () => {
    const report = await one('  kong: { image: kong, ports: ["8000:8000"], environment: { UPSTREAM: "http://api:80" } }\n  api: { build: ., ports: ["81:80"] }\n  db: { image: postgres, ports: ["5432:5432"] }\n  admin: { image: adminer, ports: ["8080:8080"] }\n');
    expect(edges(report).filter((edge) => edge.startsWith('Users'))).toEqual(['Users to kong: call']);
    expect(report.entry).toMatchObject({ name: 'kong', peak_rps: 100 });
  });

  test('Coolify variables name the service that is published under them', async () => {
    const report = await one('  kong: { image: kong, environment: [SERVICE_URL_KONG_8000] }\n  studio: { build: ., environment: ["API_URL=${SERVICE_URL_KONG}", "X_URL=${SERVICE_URL_NOBODY}"] }\n');
    expect(edges(report)).toEqual(['Users to kong: call', 'studio to kong: call']);
  });
});

describe('Compose itself', () => {
  test('files are merged, the later one wins, lists by key; an override goes last; !reset and !override', async () => {
    const report = await read({
      'docker-compose.override.yml': 'services:\n  api: { environment: [CACHE_URL=redis://cache], ports: ["80:80"], deploy: { replicas: 5 } }\n  old: { depends_on: !reset [] }\n',
      'docker-compose.yml': 'name: shop\nservices:\n  api: { build: ., environment: { CACHE_URL: redis://other, DATABASE_URL: "postgres://db" }, deploy: { replicas: 2 } }\n  cache: { image: redis }\n  other: { image: redis }\n  db: { image: postgres }\n  old: { build: ., depends_on: [db] }\n',
    });
    expect(edges(report)).toEqual(['Users to api: call', 'api to cache: cache access', 'api to db: query']);
    expect(node(report, 'api')?.params).toMatchObject({ instances: 5 });
    expect(report.design.name).toBe('shop');
  });

  test('anchors and merge keys, extends here and elsewhere, env_file, .env, include', async () => {
    const report = await read(
      { 'docker-compose.yml': 'x-base: &base { build: ., environment: &env { DB_HOST: "${DB:-db}" } }\ninclude: [more/extra.yml]\nservices:\n  a: { <<: *base }\n  b: { extends: a, environment: { <<: *env, OTHER: x } }\n  c: { extends: { file: more/common.yml, service: base }, env_file: [c.env] }\n  db: { image: postgres }\n  main: { image: mysql }\n' },
      { '.env': 'DB=main', 'c.env': 'CACHE_HOST=cache', 'more/common.yml': 'services: { base: { image: "node:20", depends_on: [db] } }', 'more/extra.yml': 'services: { cache: { image: redis } }' },
    );
    expect(edges(report)).toEqual(expect.arrayContaining(['a to main: query', 'b to main: query', 'c to cache: cache access', 'c to db: query']));
    expect(node(report, 'c')?.params).toMatchObject({ framework: 'express' });
    expect(report.sources).toEqual(['.env', 'docker-compose.yml', 'more/extra.yml', 'more/common.yml', 'c.env']);
  });

  test('what lies elsewhere is listed as not followed', async () => {
    const report = await one('  a: { extends: { file: ../../etc/base.yml, service: x }, env_file: /dev/zero }\n');
    expect(report.notFollowed).toEqual(['../../etc/base.yml: outside the chosen folder', '/dev/zero: does not exist']);
  });

  test('sizes, health check, clusters and roles', async () => {
    const report = await one('  api: { build: ., deploy: { replicas: 3, resources: { limits: { cpus: "1.5", memory: 512M } } } }\n  kafka1: { image: apache/kafka }\n  kafka2: { image: apache/kafka }\n  kafka3: { image: apache/kafka }\n  gw: { image: kong, healthcheck: { test: [CMD, kong, health], interval: 1m30s, retries: 5 } }\n  redis: { image: redis }\n  w: { build: ., command: celery worker, environment: { CELERY_BROKER_URL: redis://redis } }\n');
    expect(node(report, 'api')?.params).toMatchObject({ instances: 3, vcpu: 2, mem_gb: 0.5 });
    expect(node(report, 'kafka')?.params).toMatchObject({ brokers: 3, rf: 3, min_isr: 2 });
    expect(node(report, 'gw')?.params).toMatchObject({ instances: 1, health_check: { interval_s: 90, threshold: 5 } });
    expect(node(report, 'redis')?.params).toMatchObject({ roles: ['broker'] });
    expect(node(report, 'redis')?.managed).toBe(false);
  });

  test('networks become groups only where they divide the services', async () => {
    const divided = await one('  a: { build: ., networks: [front] }\n  b: { build: ., networks: [front] }\n  c: { build: ., networks: [back] }\n  d: { image: postgres, networks: [back] }\n');
    expect(Object.values(divided.design.boundaries).map(({ name }) => name)).toEqual(['front', 'back']);
    const single = await one('  a: { build: ., networks: [all] }\n  b: { build: ., networks: [all] }\n');
    expect(single.design.boundaries).toEqual({});
  });
});

test('no value of a variable, password or token gets into the report', async () => {
  const secrets = ['hunter2secret', 'sk_live_abcdef0123', 'Pass@word1', 'ghp_0123456789'];
  const report = await one(`  api:\n    build: .\n    environment:\n      DATABASE_URL: postgres://root:${secrets[0]}@db/x\n      STRIPE_KEY: ${secrets[1]}\n      CONN: "Server=db;Password=${secrets[2]}"\n    command: run --token ${secrets[3]} http://u:${secrets[0]}@db\n    env_file: "\${TOKEN:-x}/a.env"\n  db: { image: postgres, environment: { POSTGRES_PASSWORD: ${secrets[0]} } }\n`);
  for (const secret of secrets) expect(JSON.stringify(report)).not.toContain(secret);
});

test('the proposal evaluates, says the same each time, and every part has one guess', async () => {
  const text = '  web: { image: "node:20", ports: ["80:3000"], environment: { DB_HOST: db } }\n  db: { image: postgres }\n';
  const report = await one(text);
  expect(evaluate(report.design, catalog).journeys).not.toEqual({});
  expect(await one(text)).toEqual(report);
  const parts = [...Object.keys(report.design.nodes), ...Object.keys(report.design.edges), 'workload.peak_rps'];
  expect(report.guesses.map(({ target }) => target.id).sort()).toEqual(parts.sort());
});

test('corrections: another type, left out, another rate', async () => {
  const report = await one('  thing: { image: acme/thing, ports: ["80:80"], environment: { DB_HOST: db } }\n  db: { image: postgres }\n');
  const [id = '', db = ''] = ['thing', 'db'].map((name) => report.guesses.find(({ what }) => what === name)?.target.id ?? '');
  const changed = retypeNode(report, id, 'gateway-kong', catalog);
  expect(changed.design.nodes[id]).toMatchObject({ type: 'gateway-kong', name: 'thing' });
  expect(changed.guesses.find(({ target }) => target.id === id)).toMatchObject({ confidence: 'sure', because: 'chosen by you', became: catalog.components.get('gateway-kong')?.title });
  const less = leaveOut(changed, db);
  expect([Object.keys(less.design.nodes).length, Object.keys(less.design.edges).length]).toEqual([2, 1]);
  expect(setPeak(less, 250).design.workload.peak_rps).toBe(250);
  expect(evaluate(setPeak(less, 250).design, catalog).total_rps).toBeCloseTo(250);
});
