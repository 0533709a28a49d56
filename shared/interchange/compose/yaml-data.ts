import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node, type YAMLMap } from 'yaml';
import { err, ok, type Problem, type Result } from '../../lib/result.ts';
import type { ImportLimits } from '../import-report.ts';

/** A mapping read from YAML: no prototype, so that `__proto__` is a key like any other. Values are shared, never changed. */
export type YamlMap = { readonly [key: string]: YamlValue };

/** Plain data read from YAML. Dates and binary values stay text. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;

/** One document of a file, with the line (from 1) where each mapping, list and list item began. */
export interface YamlDocument {
  readonly value: YamlValue;
  /** The line of a mapping's key or of a list's item; 0 when it is not known (it came by a merge). */
  readonly lineOf: (holder: YamlValue, key: string | number) => number;
}

/** Deepest nesting that is read. Compose files have about eight levels. */
const MAX_DEPTH = 64;
/** Values of one file after aliases are expanded. */
const MAX_VALUES = 400_000;

/** True for a mapping. */
export function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A mapping's own value. */
export function get(map: YamlValue | undefined, key: string): YamlValue | undefined {
  return isYamlMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A mapping of these entries, without a prototype. */
export function yamlMap(entries: Iterable<readonly [string, YamlValue]>): YamlMap {
  const map = Object.create(null) as Record<string, YamlValue>;
  for (const [key, value] of entries) map[key] = value;
  return map;
}

class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

interface Sized {
  readonly value: YamlValue;
  readonly size: number;
}

/** Turns the parser's nodes into plain data: merges, aliases within bounds, duplicate keys, Compose's `!reset`. */
class Converter {
  private readonly lines = new WeakMap<object, Map<string | number, number>>();
  private readonly anchored = new Map<Node, Sized>();
  private readonly open = new Set<Node>();
  /** The latest node of each anchor's name; the walk is in the order of the file, so it is the one an alias means. */
  private readonly anchors = new Map<string, Node>();
  private written = 0;
  private readonly file: string;
  private readonly document: Document.Parsed;
  private readonly counter: LineCounter;
  private readonly limits: ImportLimits;
  private readonly report: (problem: Problem) => void;

  constructor(file: string, document: Document.Parsed, counter: LineCounter, limits: ImportLimits, report: (problem: Problem) => void) {
    this.file = file;
    this.document = document;
    this.counter = counter;
    this.limits = limits;
    this.report = report;
  }

  convert(): YamlDocument {
    const { value, size } = this.node(this.document.contents, 0);
    if (size > 2000 && size > this.written * this.limits.aliases) throw this.bomb();
    return { value, lineOf: (holder, key) => (typeof holder === 'object' && holder !== null ? (this.lines.get(holder)?.get(key) ?? 0) : 0) };
  }

  private bomb(): Refused {
    return new Refused({ level: 'error', code: 'alias-bomb', message: `${this.file} repeats itself by aliases until nothing can hold it. It was not read.`, where: this.file });
  }

  private line(node: unknown): number {
    const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : null;
    return range ? this.counter.linePos(range[0]).line : 0;
  }

  private problem(code: string, line: number, text: string): void {
    this.report({ level: 'warning', code, message: `${this.file}${line > 0 ? `, line ${line}` : ''}: ${text}`, where: this.file, ...(line > 0 ? { line } : {}) });
  }

  private node(node: unknown, depth: number): Sized {
    if (depth > MAX_DEPTH) throw new Refused({ level: 'error', code: 'not-yaml', message: `${this.file} nests deeper than ${MAX_DEPTH} levels; no Compose file does.`, where: this.file });
    if (isAlias(node)) return this.alias(node, depth);
    this.written += 1;
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isMap(node)) return this.remember(node, () => this.map(node, depth));
    if (isSeq(node)) return this.remember(node, () => this.list(node.items, depth, node));
    return { value: scalarValue(isScalar(node) ? node.value : null, isScalar(node) ? node.source : undefined), size: 1 };
  }

  private remember(node: Node, make: () => Sized): Sized {
    const known = this.anchored.get(node);
    if (known) return known;
    this.open.add(node);
    const made = make();
    this.open.delete(node);
    if (made.size > MAX_VALUES) throw this.bomb();
    this.anchored.set(node, made);
    return made;
  }

  private alias(node: unknown, depth: number): Sized {
    const target = isAlias(node) ? this.anchors.get(node.source) : undefined;
    if (target === undefined) throw new Refused(notYaml(this.file, 'an alias names an anchor that does not exist', this.line(node)));
    if (this.open.has(target)) {
      this.problem('cyclic-alias', this.line(node), 'an alias stands inside what it names. It was read as empty.');
      return { value: null, size: 1 };
    }
    return this.node(target, depth);
  }

  private list(items: readonly unknown[], depth: number, node: unknown): Sized {
    const value: YamlValue[] = [];
    const lines = new Map<string | number, number>();
    let size = 1;
    for (const item of items) {
      const made = this.node(isPair(item) ? item.value : item, depth + 1);
      size += made.size;
      if (size > MAX_VALUES) throw this.bomb();
      lines.set(value.length, this.line(item));
      value.push(made.value);
    }
    this.lines.set(value, lines);
    return { value: tagged(node, value), size };
  }

  private map(node: YAMLMap, depth: number): Sized {
    const value = Object.create(null) as Record<string, YamlValue>;
    const lines = new Map<string | number, number>();
    const own = new Set<string>();
    let size = 1;
    for (const pair of node.items) {
      const key = keyText(pair.key);
      const made = this.node(pair.value, depth + 1);
      size += made.size;
      if (size > MAX_VALUES) throw this.bomb();
      if (key === '<<') this.merge(value, own, made.value, this.line(pair.key));
      else {
        if (own.has(key)) this.problem('duplicate-key', this.line(pair.key), `\`${shorten(key)}\` stands twice in one place. The last one counts.`);
        own.add(key);
        value[key] = tagged(pair.value, made.value);
        lines.set(key, this.line(pair.key));
      }
    }
    this.lines.set(value, lines);
    return { value, size };
  }

  /** `<<` of a mapping or of a list of mappings; a list of `KEY=value` is read as those keys, which YAML does not allow. */
  private merge(target: Record<string, YamlValue>, own: ReadonlySet<string>, source: YamlValue, line: number): void {
    const put = (key: string, value: YamlValue): void => {
      if (!own.has(key) && !Object.hasOwn(target, key)) target[key] = value;
    };
    const sources = Array.isArray(source) ? (source as readonly YamlValue[]) : [source];
    let texts = 0;
    for (const item of sources) {
      if (isYamlMap(item)) for (const [key, value] of Object.entries(item)) put(key, value);
      else if (typeof item === 'string') {
        texts += 1;
        const at = item.indexOf('=');
        put(at < 0 ? item : item.slice(0, at), at < 0 ? null : item.slice(at + 1));
      }
    }
    if (texts > 0) this.problem('merged-list', line, `a list of ${texts} is merged under \`<<\`, where YAML allows mappings only. Its entries were read as keys with values.`);
    else if (!isYamlMap(source) && !Array.isArray(source)) this.problem('merged-value', line, '`<<` merges something that is no mapping. It was left out.');
  }
}

/** `!reset` empties what an earlier file said; it is read as an empty list that replaces nothing and marks the key. */
function tagged(node: unknown, value: YamlValue): YamlValue {
  const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
  return tag === '!reset' ? yamlMap([['!reset', true]]) : tag === '!override' ? yamlMap([['!override', value]]) : value;
}

function scalarValue(value: unknown, source: string | undefined): YamlValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : (source ?? '');
  return source ?? '';
}

function keyText(key: unknown): string {
  if (isScalar(key)) return String(typeof key.value === 'string' ? key.value : (key.source ?? key.value));
  return isAlias(key) ? `*${key.source}` : '?';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What the parser's complaints mean, in words and without quoting the file: a quoted line could hold a password. */
const REASONS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab stands where YAML wants spaces',
  BAD_INDENT: 'the indentation does not fit',
  MISSING_CHAR: 'a closing quote, bracket or comma is missing',
  BAD_ALIAS: 'an alias names an anchor that does not exist',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines',
  KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters',
  UNEXPECTED_TOKEN: 'something stands where YAML does not allow it',
  BLOCK_AS_IMPLICIT_KEY: 'a nested mapping begins in the middle of a line',
  BLOCK_IN_FLOW: 'an indented block stands inside brackets',
  BAD_QUOTES: 'the quotes do not match',
  BAD_SCALAR_START: 'a value begins with a character that YAML reserves',
};

function notYaml(file: string, reason: string, line = 0): Problem {
  return { level: 'error', code: 'not-yaml', message: `${file}${line > 0 ? `, line ${line}` : ''}: ${reason}. The file was not read.`, where: file, ...(line > 0 ? { line } : {}) };
}

/**
 * Read the documents of a YAML file as plain data. Refuses what is no text, no YAML, nested too deep or grows beyond
 * bounds by aliases; repairs the rest and reports each repair with its line.
 */
export function readYaml(file: string, text: string, limits: ImportLimits, report: (problem: Problem) => void): Result<readonly YamlDocument[]> {
  if (text.includes('\0')) return err(notYaml(file, 'it holds zero bytes, so it is no UTF-8 text'));
  const counter = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false, merge: false, logLevel: 'silent', stringKeys: false });
    if (!Array.isArray(documents)) return ok([]);
    for (const document of documents) {
      const first = document.errors[0];
      if (first) return err(notYaml(file, REASONS[first.code] ?? 'this is no YAML', counter.linePos(first.pos[0]).line));
    }
    return ok(documents.map((document) => new Converter(file, document, counter, limits, report).convert()));
  } catch (error) {
    if (error instanceof Refused) return err(error.problem);
    if (error instanceof RangeError) return err(notYaml(file, 'it nests too deep to be read'));
    return err(notYaml(file, 'this is no YAML'));
  }
}
