import { err, ok, type Problem, type Result } from '../../lib/result.ts';
import type { ImportFile, ImportLimits, ImportOptions } from '../import-report.ts';
import { documentKind, isEnvFile } from './detect.ts';
import { emptyPart, mergeParts, readPart, type Place, type ServicePart } from './service-part.ts';
import { readEnvFile, type Lookup } from './variables.ts';
import { get, isYamlMap, readYaml, type YamlDocument, type YamlMap, type YamlValue } from './yaml-data.ts';

/** All chosen files as one Compose project: services merged, variables filled in, related files read. */
export interface Project {
  readonly title: string;
  /** In the order of the files. */
  readonly services: ReadonlyMap<string, ServicePart>;
  readonly sources: readonly string[];
  readonly notFollowed: readonly string[];
}

/** A YAML file that is part of the project. `folder` is relative to the chosen file that led to it, '' for its own. */
interface Source {
  readonly chosen: ImportFile;
  readonly path: string;
  readonly documents: readonly YamlDocument[];
}

const MAX_EXTENDS = 16;

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
}

/** Join without leaving the folder silently: `..` is kept for the host to refuse. */
function join(folder: string, path: string): string {
  if (path.startsWith('/')) return path;
  const out: string[] = [];
  for (const step of `${folder}${path}`.split('/')) {
    if (step === '.' || step === '') continue;
    if (step === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else out.push(step);
  }
  return out.join('/');
}

function printable(path: string): string {
  const clean = [...path].filter((letter) => letter > ' ').join('').replace(/\/\/[^/@]*@/, '//');
  return clean.length > 120 ? `${clean.slice(0, 117)}…` : clean;
}

/** Variables that Coolify fills in: addresses stay recognisable as the public address of a service. */
function magic(name: string): string | undefined {
  const [, kind, rest] = /^SERVICE_(URL|FQDN)_([A-Z0-9_]+)$/i.exec(name) ?? [];
  if (kind === undefined || rest === undefined) return undefined;
  const host = `${rest.replace(/_\d+$/, '').replace(/[^a-z0-9]/gi, '').toLowerCase()}.public.invalid`;
  return kind.toUpperCase() === 'URL' ? `http://${host}` : host;
}

/** Reads and merges; one instance for one import. */
export class ProjectReader {
  private readonly files: readonly ImportFile[];
  private readonly options: ImportOptions;
  private readonly limits: ImportLimits;
  private readonly report: (problem: Problem) => void;
  private readonly sources: string[] = [];
  private readonly notFollowed = new Set<string>();
  private readonly variables = new Map<string, string>();
  private readonly unset = new Set<string>();
  private readonly related = new Map<string, Source | null>();

  constructor(files: readonly ImportFile[], options: ImportOptions, limits: ImportLimits, report: (problem: Problem) => void) {
    this.files = files;
    this.options = options;
    this.limits = limits;
    this.report = report;
  }

  private readonly lookup: Lookup = (name) => {
    const value = this.variables.get(name) ?? magic(name);
    if (value === undefined && !name.startsWith('SERVICE_')) this.unset.add(name);
    return value;
  };

  /** Read everything, or say why these files are no project. */
  async read(): Promise<Result<Project>> {
    const chosen = this.files.filter(({ name }) => !isEnvFile(name)).sort((a, b) => Number(a.name.includes('.override.')) - Number(b.name.includes('.override.')));
    const first = chosen[0];
    if (first === undefined) return err({ level: 'error', code: 'not-compose', message: 'None of these files is a Compose file: they hold variables only.' });
    await this.readVariables(first);
    const sources: Source[] = [];
    for (const file of chosen) {
      const source = this.open(file, file.name, file.text);
      if (!source.ok) return source;
      sources.push(...(await this.included(source.value, [file.name])), source.value);
    }
    const services = new Map<string, ServicePart>();
    for (const source of sources) for (const [name, part] of await this.services(source)) services.set(name, services.has(name) ? mergeParts(services.get(name) as ServicePart, part) : part);
    if (services.size > this.limits.nodes) return err({ level: 'error', code: 'too-many', message: `These files define ${services.size} services; ${this.limits.nodes} is the most that can be imported.` });
    await this.readEnvFiles(services, first);
    this.reportUnset();
    return ok({ title: this.title(sources, first), services, sources: this.sources, notFollowed: [...this.notFollowed] });
  }

  private title(sources: readonly Source[], first: ImportFile): string {
    for (const { documents } of sources) for (const { value } of documents) {
      const name = get(value, 'name');
      if (typeof name === 'string' && name !== '' && !name.includes('$')) return name.slice(0, 200);
    }
    return first.name.replace(/^.*\//, '').replace(/\.ya?ml$/i, '');
  }

  private async readVariables(first: ImportFile): Promise<void> {
    const texts = this.files.filter(({ name }) => isEnvFile(name)).map(({ name, text }) => ({ name, text }));
    if (texts.length === 0) {
      const found = await this.ask(first, ['.env'], true);
      for (const [name, text] of found) texts.push({ name, text });
    }
    for (const { name, text } of texts) {
      this.sources.push(name);
      for (const [key, value] of readEnvFile(text, (outer) => this.variables.get(outer))) this.variables.set(key, value);
    }
  }

  /** Note what was not read; a secret that a variable put into the path is left out of it. */
  private skip(path: string, reason: string): void {
    let shown = path;
    for (const [name, value] of this.variables) if (value.length > 3 && /PASS|SECRET|TOKEN|KEY|CRED/i.test(name)) shown = shown.replaceAll(value, '…');
    this.notFollowed.add(`${printable(shown)}: ${reason}`);
  }

  private async ask(chosen: ImportFile, paths: readonly string[], optional = false): Promise<[string, string][]> {
    const wanted = paths.slice(0, Math.max(0, this.limits.files - this.files.length - this.related.size));
    for (const path of paths.slice(wanted.length)) this.skip(path, `more than ${this.limits.files} files`);
    if (this.options.readRelated === undefined) {
      if (!optional) for (const path of wanted) this.skip(path, 'was not chosen');
      return [];
    }
    const answer = await this.options.readRelated(chosen, wanted);
    for (const { path, reason } of answer.notFollowed) if (!optional || reason !== 'does not exist') this.skip(path, reason);
    const found: [string, string][] = [];
    for (const path of wanted) {
      const text = Object.hasOwn(answer.files, path) ? answer.files[path] : undefined;
      if (text === undefined) continue;
      if (text.length > this.limits.bytes) this.skip(path, 'larger than 1 MB');
      else found.push([path, text]);
    }
    return found;
  }

  private open(chosen: ImportFile, path: string, text: string): Result<Source> {
    const read = readYaml(path, text, this.limits, this.report);
    if (!read.ok) return read;
    const kinds = read.value.map(({ value }) => documentKind(value));
    const manifests = kinds.filter((kind) => kind === 'kubernetes').length;
    if (manifests > 0) return err({ level: 'error', code: 'kubernetes', message: `${path} is a Kubernetes manifest (${manifests} ${manifests === 1 ? 'object' : 'objects'}), not a Compose file. Kubernetes manifests cannot be imported.`, where: path });
    const documents = read.value.filter((_, index) => kinds[index] === 'compose' || kinds[index] === 'old');
    if (documents.length === 0) return err({ level: 'error', code: 'not-compose', message: kinds.every((kind) => kind === 'empty') ? `${path} is empty.` : `${path} is no Compose file: it has no \`services\`.`, where: path });
    if (documents.length > 1) this.report({ level: 'info', code: 'several-documents', message: `${path} holds ${documents.length} documents. They were merged in their order.`, where: path });
    this.sources.push(path);
    return ok({ chosen, path, documents: documents.map((document, index) => (kinds[read.value.indexOf(document)] === 'old' ? { ...document, value: { services: read.value[index]?.value ?? null } } : document)) });
  }

  private async included(source: Source, trail: readonly string[]): Promise<Source[]> {
    const found: Source[] = [];
    for (const { value } of source.documents) {
      const list = get(value, 'include');
      if (!Array.isArray(list)) continue;
      for (const item of list as readonly YamlValue[]) {
        const paths = isYamlMap(item) ? [get(item, 'path')].flat() : [item];
        for (const path of paths) {
          if (typeof path !== 'string' || path === '') continue;
          const target = join(folderOf(source.path), path);
          if (trail.includes(target) || trail.length > MAX_EXTENDS) continue;
          const opened = await this.openRelated(source.chosen, target);
          if (opened) found.push(...(await this.included(opened, [...trail, target])), opened);
        }
      }
    }
    return found;
  }

  private async openRelated(chosen: ImportFile, path: string): Promise<Source | null> {
    const known = this.related.get(path);
    if (known !== undefined) return known;
    this.related.set(path, null);
    const [found] = await this.ask(chosen, [path]);
    if (found === undefined) return null;
    const opened = this.open(chosen, path, found[1]);
    if (!opened.ok) {
      this.report({ ...opened.error, level: 'warning' });
      return null;
    }
    this.related.set(path, opened.value);
    return opened.value;
  }

  private async services(source: Source): Promise<Map<string, ServicePart>> {
    const merged = new Map<string, ServicePart>();
    for (const document of source.documents) {
      const list = get(document.value, 'services');
      if (!isYamlMap(list)) continue;
      for (const name of Object.keys(list)) {
        const part = await this.service(source, document, list, name, []);
        if (part) merged.set(name, merged.has(name) ? mergeParts(merged.get(name) as ServicePart, part) : part);
      }
    }
    return merged;
  }

  private async service(source: Source, document: YamlDocument, list: YamlMap, name: string, trail: readonly string[]): Promise<ServicePart | null> {
    const raw = get(list, name);
    const place: Place = { file: source.path, line: document.lineOf(list, name) };
    const warn = (code: string, at: Place, text: string): void => this.warn(code, at, text);
    if (raw === null) return emptyPart(place);
    if (!isYamlMap(raw)) {
      warn('service-unread', place, `the service \`${name.slice(0, 60)}\` is no mapping. It was left out.`);
      return null;
    }
    const part = readPart(raw, place, { file: source.path, document, lookup: this.lookup, warn });
    const base = part.extends ? await this.extended(source, document, list, part.extends, [...trail, `${source.path}#${name}`], place) : null;
    return base ? mergeParts({ ...base, place }, part) : part;
  }

  private async extended(source: Source, document: YamlDocument, list: YamlMap, target: { file: string | null; service: string }, trail: readonly string[], place: Place): Promise<ServicePart | null> {
    const path = target.file === null ? source.path : join(folderOf(source.path), target.file);
    if (trail.includes(`${path}#${target.service}`) || trail.length > MAX_EXTENDS) {
      this.warn('extends-cycle', place, '`extends` leads back to itself. It was read without.');
      return null;
    }
    if (target.file === null) {
      if (get(list, target.service) !== undefined) return this.service(source, document, list, target.service, trail);
      this.warn('extends-unknown', place, `\`extends\` names \`${target.service.slice(0, 60)}\`, which no service defines. Everything else was read.`);
      return null;
    }
    const other = await this.openRelated(source.chosen, path);
    for (const inner of other?.documents ?? []) {
      const services = get(inner.value, 'services');
      if (other && isYamlMap(services) && get(services, target.service) !== undefined) return this.service(other, inner, services, target.service, trail);
    }
    if (other) this.warn('extends-unknown', place, `\`extends\` names \`${target.service.slice(0, 60)}\`, which ${printable(path)} does not define. Everything else was read.`);
    return null;
  }

  private async readEnvFiles(services: ReadonlyMap<string, ServicePart>, first: ImportFile): Promise<void> {
    const texts = new Map<string, string>();
    const wanted = new Map<string, string>();
    for (const part of services.values()) for (const { path, place } of part.envFiles) wanted.set(join(folderOf(place.file), path), path);
    for (const file of this.files) for (const path of wanted.keys()) if (isEnvFile(file.name) && file.name === path.replace(/^.*\//, '')) texts.set(path, file.text);
    const missing = [...wanted.keys()].filter((path) => !texts.has(path));
    for (const [path, text] of missing.length > 0 ? await this.ask(first, missing) : []) {
      texts.set(path, text);
      this.sources.push(path);
    }
    for (const part of services.values()) {
      for (const { path, place } of part.envFiles) {
        const text = texts.get(join(folderOf(place.file), path));
        if (text === undefined) continue;
        for (const [key, value] of readEnvFile(text, this.lookup)) if (!part.environment.has(key)) part.environment.set(key, value);
      }
    }
  }

  private reportUnset(): void {
    const names = [...this.unset].sort();
    if (names.length === 0) return;
    const listed = names.slice(0, 6).join(', ');
    this.report({ level: 'info', code: 'variables-unset', message: `${names.length} ${names.length === 1 ? 'variable is' : 'variables are'} set nowhere and read as empty: ${listed}${names.length > 6 ? ` and ${names.length - 6} more` : ''}. Choosing the .env file as well fills them in.` });
  }

  private warn(code: string, { file, line }: Place, text: string): void {
    this.report({ level: 'warning', code, message: `${file}${line > 0 ? `, line ${line}` : ''}: ${text}`, where: file, ...(line > 0 ? { line } : {}) });
  }
}
