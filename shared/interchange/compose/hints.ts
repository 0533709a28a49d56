import type { ServicePart } from './service-part.ts';

/** A runtime or framework that a service's own words betray, as the preset of the catalogue that it names. */
export interface RuntimeHint {
  /** Component type and preset id in the catalogue; a catalogue without them is left as it is. */
  readonly type: string;
  readonly preset: string;
  readonly because: string;
}

interface RuntimeRule {
  readonly type: string;
  readonly preset: string;
  readonly image?: RegExp;
  readonly command?: RegExp;
  readonly variable?: RegExp;
  readonly build?: RegExp;
}

/** First fit wins: frameworks before their servers, servers before their languages. */
const RUNTIMES: readonly RuntimeRule[] = [
  { type: 'monolith', preset: 'django', command: /manage\.py|\bdjango\b/, variable: /^DJANGO_/, image: /^django/, build: /django/i },
  { type: 'monolith', preset: 'flask', command: /\bflask\b/, variable: /^FLASK_/, build: /flask/i },
  { type: 'monolith', preset: 'rails', command: /\b(rails|puma|rackup)\b|\bruby\b/, variable: /^(RAILS|RACK)_ENV$/, image: /^(rails|ruby)/, build: /\brails\b/i },
  { type: 'service', preset: 'uvicorn', command: /\b(uvicorn|hypercorn)\b/, build: /fastapi/i },
  { type: 'service', preset: 'gunicorn', command: /\bgunicorn\b/, variable: /^GUNICORN_/ },
  { type: 'service', preset: 'aspnet', command: /\bdotnet\b/, variable: /^(ASPNETCORE|DOTNET)_/, image: /dotnet|aspnet/, build: /aspnet|dotnet|\.csproj|\.API\//i },
  { type: 'service', preset: 'spring-boot', command: /\bjava\b|\.jar\b/, variable: /^(_?JAVA_|SPRING_|JVM_)/, image: /openjdk|eclipse-temurin|amazoncorretto/, build: /spring|\bjava\b/i },
  { type: 'service', preset: 'go-service', command: /\bgo run\b/, variable: /^(GOMEMLIMIT|GOGC|GOMAXPROCS|GIN_MODE)$/, image: /^golang/, build: /\bgo(lang)?\b/i },
  { type: 'service', preset: 'express', command: /(^|\s|\/)(node|npm|yarn|pnpm|deno|bun)(\s|$)/, variable: /^(NODE_ENV|NODE_OPTIONS|NEXT_PUBLIC_\w+)$/, image: /^(node|deno|bun)(-|$)|denoland/, build: /\bnode(js)?\b|express|angular|react|vue/i },
  { type: 'service', preset: 'fastapi', command: /(^|\s|\/)python3?(\s|$)/, variable: /^(PYTHON|OTEL_PYTHON)/, image: /^(python|tiangolo)/, build: /python/i },
];

/** What a service is written in, as far as its image, command, variables, health check and build say; null when they do not. */
export function runtimeOf(part: ServicePart, imageLast: string): RuntimeHint | null {
  const run = [...(part.entrypoint ?? []), ...(part.command ?? [])].join(' ').slice(0, 4000);
  const build = part.build ? `${part.build.context} ${part.build.dockerfile}` : '';
  for (const { type, preset, image, command, variable, build: built } of RUNTIMES) {
    const key = variable ? [...part.environment.keys()].find((name) => variable.test(name)) : undefined;
    const because = image?.test(imageLast) ? 'its image' : command?.test(run) ? 'its command' : key !== undefined ? key : built?.test(build) ? 'its build folder' : command?.test(part.healthTest ?? '') ? 'its health check' : null;
    if (because !== null) return { type, preset, because };
  }
  return null;
}

/** Stands for users: makes test traffic. */
export const LOAD_GENERATOR = /load[-_]?(gen|generator|test|tester)|^(locust|k6|jmeter|gatling|artillery|vegeta|siege|wrk)\b/i;

/** Collects numbers from others. */
export const EXPORTER = /[-_]exporters?$|cadvisor|statsd|(datadog|jaeger|newrelic|grafana|telegraf|consul|elastic|node|fluent)[-_]?agent$|^(telegraf|promtail|filebeat|metricbeat)$/i;

/** Shows or edits what another service holds; own traffic is a person clicking. */
export const CONSOLE = /^(adminer|phpmyadmin|pgadmin\d?|mongo-express|redis-?commander|redisinsight|kafka-?ui|kafdrop|akhq|portainer|flower|dozzle|dbgate|cloudbeaver|kibana|pgweb|asynqmon|bull-?board|kafka-manager|temporal-ui|mongo-express.*)$/i;

/** Command-line tools and set-up containers that end by themselves. */
export const ONE_SHOT_NAME = /(^|[-_.])(init|setup|set-up|bootstrap|createbuckets?|create[-_]bucket|create[-_]topics?|seed|seeder|provision(er)?|permissions?|certs?[-_]?gen|config[-_]?gen|wait|waiter|wait[-_]for[-_]\w+|admin[-_]tools?|cli)([-_.]|$)/i;

/** Images whose only use is to run a few commands. */
export const TOOL_IMAGES: ReadonlySet<string> = new Set(['busybox', 'alpine', 'minio/mc', 'mc', 'giantswarm/tiny-tools', 'curlimages/curl', 'amazon/aws-cli', 'bash', 'admin-tools', 'temporalio/admin-tools', 'dockerize', 'wait-for-it']);

/** Changes a schema and ends. */
export const MIGRATION = /(^|[-_.\s/])(db[-_]?)?(migrat(e|ion|ions|or)|alembic|flyway|liquibase|schema[-_]?(init|setup))([-_.\s]|$)/i;

/** Runs jobs from a queue. */
export const WORKER_COMMAND = /\bcelery\b(?!.*\bbeat\b)|\bsidekiq\b|\bdramatiq\b|\brq\s+worker\b|\bhuey\b|\bresque\b|\bworkers?\b|queue:work|\btaskworker\b/i;
export const WORKER_NAME = /(^|[-_.])(workers?|consumers?|jobs?|background[-_]?tasks?|task[-_]?(runner|queue)|sidekiq|celery|processor|queue[-_]?master)([-_.\d]|$)|backgroundtasks?$/i;
export const SCHEDULER_COMMAND = /\bcelery\b.*\bbeat\b|\bsupercronic\b|\bcrond?\b|schedule:work/i;
export const STREAM_COMMAND = /\bfaust\b/i;

/** A user interface: what people open. */
export const FRONT = /(^|[-_.])(front|front[-_]?end|web|web[-_]?app|webapp|ui|app|portal|site|website|spa|mvc|mobile|dashboard|studio|client|www|page|shop|store[-_]?front)([-_.\d]|$)|^web\w+$|frontend$/i;

/** Component types that no service name alone may become. */
export const NEVER_BY_NAME: ReadonlySet<string> = new Set(['client', 'cdn', 'dns', 'waf', 'lb-managed', 'gateway-aws', 'lambda', 'sns', 'eventbus', 'dlq', 'custom', 'celery-worker', 'faust-worker', 'scheduler', 'ci-migrations']);
