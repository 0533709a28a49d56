import type { Component, Preset } from '../../contracts/component.ts';
import type { Confidence } from '../import-report.ts';
import { AMBIGUOUS_WORDS, partByEnding, partByName, presetFor, tokens } from '../common/part-names.ts';
import { CONSOLE, EXPORTER, FRONT, LOAD_GENERATOR, MIGRATION, NEVER_BY_NAME, ONE_SHOT_NAME, runtimeOf, SCHEDULER_COMMAND, STREAM_COMMAND, TOOL_IMAGES, WORKER_COMMAND, WORKER_NAME } from './hints.ts';
import { imageName, matchImage, type ImageName } from './image-name.ts';
import type { ServicePart } from './service-part.ts';

/** What a service became, with the reason. */
export interface Recognised {
  readonly type: string;
  readonly preset: Preset | null;
  readonly confidence: Confidence;
  readonly because: string;
  readonly alternatives: readonly string[];
  /** Named by its image: nothing weaker may change it. */
  readonly byImage: boolean;
}

/** A service that is not drawn, with the reason as a sentence's end. */
export interface LeftOut {
  readonly reason: string;
}

/** What recognising one service needs to know of the others. */
export interface RecogniseContext {
  readonly components: ReadonlyMap<string, Component>;
  /** Images that several services share: own code, told apart by command or name. */
  readonly sharedImages: ReadonlySet<string>;
  /** Services that another waits for until they have ended. */
  readonly awaitedEnd: ReadonlySet<string>;
  /** True when something outside can reach the drawing without a load generator. */
  readonly published: boolean;
  /** True for a handful of own services and more: then none of them alone is "the application". */
  readonly many: boolean;
}

const APPLICATIONS = ['service', 'monolith', 'celery-worker'] as const;

/** What is run, as one text; its beginning says what it is. */
function run(part: ServicePart): string {
  return [...(part.entrypoint ?? []), ...(part.command ?? [])].join(' ').slice(0, 4000);
}

function made(type: string, preset: Preset | null, confidence: Confidence, because: string, alternatives: readonly string[] = [], byImage = false): Recognised {
  return { type, preset, confidence, because, alternatives: alternatives.filter((other) => other !== type), byImage };
}

/** One-shot containers and tools: not part of what serves requests. Schema changes are drawn, the rest is left out. */
function endsByItself(name: string, part: ServicePart, image: ImageName | null, { awaitedEnd, components }: RecogniseContext): Recognised | LeftOut | null {
  const waited = awaitedEnd.has(name);
  const tool = image !== null && (TOOL_IMAGES.has(image.path) || TOOL_IMAGES.has(image.last));
  const once = waited || /^(no|none|on-failure)/.test(part.restart ?? '');
  const command = part.command?.length || part.entrypoint?.length ? run(part) : '';
  const changesSchema = MIGRATION.test(name) || (once && MIGRATION.test(command)) || (/^\S*(migrate|alembic|flyway|liquibase)\b/.test(command) && !/&&/.test(command));
  if (changesSchema && components.has('ci-migrations')) return made('ci-migrations', null, waited || MIGRATION.test(name) ? 'likely' : 'guess', waited ? 'others wait until it has ended' : MIGRATION.test(name) ? `name "${name}"` : 'its command changes a schema', ['service']);
  if (waited) return { reason: 'it runs once before the others start' };
  if (tool && (ONE_SHOT_NAME.test(name) || once || part.ports.length === 0)) return { reason: 'it is a command-line tool that ends by itself' };
  return ONE_SHOT_NAME.test(name) && once ? { reason: 'it runs once to set something up' } : null;
}

function byImage(part: ServicePart, image: ImageName, context: RecogniseContext): Recognised | null {
  const registryPath = (part.image ?? '').toLowerCase().replace(/@sha256:.*$/, '').replace(/:[^/:]*$/, '');
  const match = matchImage(image, registryPath, context.components.values());
  if (match === null) return null;
  const { component, whole } = match;
  const names = [image.last, image.path, ...tokens(image.last), image.path.split('/')[0] ?? ''];
  const preset = presetFor(component, names);
  // an image that only brings a language says what runs, not what it is for
  const language = (APPLICATIONS as readonly string[]).includes(component.type);
  if (language && !preset) return null;
  return made(component.type, preset, language ? 'likely' : whole ? 'sure' : 'likely', `image ${image.shown}`, language ? APPLICATIONS : [], !language);
}

function ownCode(name: string, part: ServicePart, image: ImageName | null, { components, many }: RecogniseContext): Recognised {
  const runtime = runtimeOf(part, image?.last ?? '');
  const preset = components.get(runtime?.type ?? '')?.presets?.find(({ id }) => id === runtime?.preset) ?? null;
  const component = runtime ? components.get(many ? 'service' : runtime.type) : undefined;
  const shown = part.build && image === null ? 'is built from source' : image ? `image ${image.shown}` : `name "${name}"`;
  if (runtime && component && preset) return made(component.type, preset, 'likely', `${preset.title} by ${runtime.because}`, APPLICATIONS);
  return made('service', null, FRONT.test(name) || /(^|[-_.])(api|service|svc|backend|server)$/.test(name) || part.build ? 'likely' : 'guess', `${shown}; no language named, so Python is assumed`, ['monolith', 'celery-worker', 'external-api', 'custom']);
}

function worker(name: string, part: ServicePart, command: string, context: RecogniseContext): Recognised | null {
  const { components } = context;
  const find = (type: string, words: readonly string[], confidence: Confidence, because: string): Recognised | null => {
    const component = components.get(type);
    // `celery worker` is Celery, not just any worker
    const preset = component ? (presetFor(component, words.filter((word) => !/^workers?$/.test(word))) ?? presetFor(component, words)) : null;
    return component ? made(type, preset, confidence, because, ['service', 'scheduler', 'celery-worker', 'faust-worker']) : null;
  };
  const base = tokens(name);
  if (/(^|\s|\/)mongos(\s|$)/.test(command)) return find('shard-router', ['mongos'], 'sure', 'its command');
  if (SCHEDULER_COMMAND.test(command) || (base.length > 0 && ['beat', 'celerybeat', 'scheduler', 'cron', 'crontab'].includes(base.at(-1) as string))) {
    return find('scheduler', tokens(command).includes('beat') ? ['celery-beat'] : base, SCHEDULER_COMMAND.test(command) ? 'sure' : 'likely', SCHEDULER_COMMAND.test(command) ? 'its command' : `name "${name}"`);
  }
  if (STREAM_COMMAND.test(command)) return find('faust-worker', ['faust'], 'sure', 'its command');
  if (WORKER_COMMAND.test(command)) return find('celery-worker', tokens(command), /celery|sidekiq|dramatiq|\brq\b/.test(command) ? 'sure' : 'likely', 'its command');
  const queue = [...part.environment.keys()].some((key) => /^CELERY_|_BROKER_URL$|_QUEUE/.test(key));
  if (!WORKER_NAME.test(name)) return null;
  const runtime = runtimeOf(part, imageName(part.image)?.last ?? '');
  const other = runtime !== null && !['django', 'flask', 'fastapi', 'uvicorn', 'gunicorn'].includes(runtime.preset);
  return find('celery-worker', queue ? ['celery'] : base, other ? 'guess' : 'likely', other ? `name "${name}"; not Python, the nearest type` : `name "${name}"`);
}

/** A product named by the service's own name, or by what its name ends in. */
function byName(name: string, isOwn: boolean, { components }: RecogniseContext): Recognised | null {
  const found = partByName(name, components.values(), ({ component, word, whole }) => !NEVER_BY_NAME.has(component.type) && !(AMBIGUOUS_WORDS.has(word) && (isOwn || !whole)));
  if (found) return made(found.component.type, presetFor(found.component, [found.word]), found.product ? 'likely' : 'guess', `name "${name}"`, ['service', 'custom']);
  const ending = partByEnding(name, components);
  return ending && made(ending.type, null, 'guess', `name "${name}"`, ['service', 'custom', 'nosql', 'redis', 'rdbms']);
}

function byVariables(part: ServicePart, { components }: RecogniseContext): Recognised | null {
  const keys = [...part.environment.keys()];
  const rules: readonly (readonly [RegExp, string, string])[] = [
    [/^(POSTGRES_(DB|PASSWORD|USER)|POSTGRES_HOST_AUTH_METHOD|PGDATA)$/, 'rdbms', 'postgresql'], [/^(MYSQL|MARIADB)_(ROOT_PASSWORD|DATABASE|ALLOW_EMPTY_PASSWORD)$/, 'rdbms', 'mysql'],
    [/^MONGO_INITDB_/, 'nosql', 'mongodb'], [/^RABBITMQ_(DEFAULT_USER|ERLANG_COOKIE)$/, 'rabbitmq', ''], [/^KAFKA_(ADVERTISED_LISTENERS|CFG_\w+|NODE_ID|BROKER_ID)$/, 'kafka', ''], [/^KONG_/, 'gateway-kong', 'kong'], [/^ENVOY_(ADMIN_PORT|UID)$/, 'nginx', 'envoy'], [/^MINIO_ROOT_USER$/, 'object-store', 'minio'],
  ];
  for (const [pattern, type, preset] of rules) {
    const key = keys.find((name) => pattern.test(name));
    const component = key === undefined ? undefined : components.get(type);
    if (key !== undefined && component) return made(type, component.presets?.find(({ id }) => id === preset) ?? null, 'likely', `${key} is set`, ['service']);
  }
  return null;
}

/**
 * What a service is: by its image, else by what it runs, its name, its variables and its build. The weakest case is
 * own code in an unknown language. Deterministic.
 */
export function recognise(name: string, part: ServicePart, context: RecogniseContext): Recognised | LeftOut {
  const image = imageName(part.image);
  const command = run(part);
  const shared = image !== null && context.sharedImages.has(image.path);
  if (LOAD_GENERATOR.test(name) || LOAD_GENERATOR.test(image?.last ?? '')) {
    return context.published ? { reason: 'it makes test traffic; the users of the drawing stand for it' } : made('client', null, 'likely', 'makes traffic', ['service']);
  }
  const once = endsByItself(name, part, image, context);
  if (once) return once;
  const names = [image?.last ?? '', name];
  if (names.some((text) => CONSOLE.test(text)) && !/kibana/i.test(name)) return made('metrics-logs', null, 'likely', image ? `image ${image.shown}` : `name "${name}"`, ['service', 'custom'], true);
  if (image && EXPORTER.test(image.last)) return made(/otel|opentelemetry|jaeger|zipkin/.test(image.path) ? 'tracing' : 'metrics-logs', null, 'likely', `image ${image.shown}`, ['tracing', 'service'], true);
  const exact = image && !shared ? byImage(part, image, context) : null;
  const jobs = exact && ['auth-provider', 'monolith', 'service', 'metrics-logs', 'nosql'].includes(exact.type) && (exact.type !== 'nosql' || /mongos(\s|$)/.test(command)) ? worker(name, part, command, context) : null;
  if (exact?.byImage && jobs === null) return exact;
  const own = part.build !== undefined || shared || (image?.path.includes('/') ?? false);
  return jobs ?? worker(name, part, command, context) ?? productOf(name, part, own, context) ?? exact ?? ownCode(name, part, image, context);
}

function productOf(name: string, part: ServicePart, own: boolean, context: RecogniseContext): Recognised | null {
  const named = byName(name, own, context);
  const set = byVariables(part, context);
  if (named && set && named.type === set.type) return { ...set, because: `name "${name}", ${set.because}` };
  if (named === null && set && own && !/KAFKA|ENVOY/.test(set.because)) return null;
  return set && (named === null || named.confidence === 'guess') ? set : named;
}
