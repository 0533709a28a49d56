import { LIMITS } from './limits.ts';
import type { ProblemList } from './problem-list.ts';

/** An object of own, enumerable, string-keyed data. */
export type Data = Record<string, unknown>;

/** True for objects that are not lists. */
export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when the key is the object's own, so that names such as `constructor` find nothing by inheritance. */
export function has(data: object, key: string): boolean {
  return Object.hasOwn(data, key);
}

/** A value as a short quotation for a message, at most sixty characters. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isData(value)) return `an object of ${Object.keys(value).length}`;
  const text = typeof value === 'string' ? value : String(value);
  return `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;
}

/** Cut a text without splitting a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Keep a value that could not be used, under `unread` of its object, where it survives saving. */
export function keepUnread(target: Data, key: string, value: unknown): void {
  const before = isData(target.unread) ? target.unread : has(target, 'unread') ? { unread: target.unread } : {};
  let name = key;
  for (let n = 2; has(before, name); n += 1) name = `${key}-${n}`;
  target.unread = { ...before, [name]: value };
}

interface Frame {
  readonly source: Data | readonly unknown[];
  readonly target: Data | unknown[];
  /** Null for a list. */
  readonly keys: readonly string[] | null;
  readonly parent: Frame | null;
  readonly label: string;
  readonly depth: number;
  next: number;
}

function pathOf(frame: Frame, key: string): string {
  const parts = [key];
  for (let at: Frame | null = frame; at?.parent; at = at.parent) parts.unshift(at.label);
  return parts.length > 8 ? [...parts.slice(0, 6), '…', parts.at(-1)].join('.') : parts.join('.');
}

function open(source: Data | readonly unknown[], parent: Frame | null, label: string): Frame {
  const list = Array.isArray(source);
  return { source, target: list ? [] : {}, keys: list ? null : Object.keys(source), parent, label, depth: (parent?.depth ?? 0) + 1, next: 0 };
}

/** `__proto__` as data would set a prototype in the next careless copy, so it is kept under a harmless name. */
function safeKey(key: string, source: Data): string {
  if (key !== '__proto__') return key;
  let name = 'x__proto__';
  while (has(source, name)) name = `x${name}`;
  return name;
}

const DROPPED = Symbol('dropped');

/** A leaf as plain data, or the next object to walk into. */
function leaf(value: unknown, where: () => string, problems: ProblemList): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (value.length <= LIMITS.text) return value;
    problems.add({ level: 'warning', code: 'text-too-long', message: `A text of ${value.length} characters was cut to ${LIMITS.text}.`, where: where() });
    return cut(value, LIMITS.text);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value;
  if (value === undefined) return DROPPED;
  const what = typeof value === 'number' ? 'A number that is not finite' : `A value that is not data (${typeof value})`;
  problems.add({ level: 'warning', code: 'not-data', message: `${what} was left out.`, where: where() });
  return DROPPED;
}

function isContainer(value: unknown): value is Data | readonly unknown[] {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]';
}

function put(frame: Frame, key: string, value: unknown, problems: ProblemList): void {
  if (Array.isArray(frame.target)) {
    frame.target.push(value === DROPPED ? null : value);
    return;
  }
  if (value === DROPPED) return;
  const name = safeKey(key, frame.source as Data);
  if (name !== key) problems.add({ level: 'warning', code: 'key-renamed', message: `The key "${key}" is not safe to keep; its value is now under "${name}".`, where: pathOf(frame, key) });
  frame.target[name] = value;
}

/**
 * A fresh copy of anything as plain JSON data: no prototypes, getters, cycles, `undefined`, NaN or Infinity, at most
 * `LIMITS.depth` levels. Walks with its own stack, so that depth and size cannot overflow. What cannot be kept is
 * reported. Null when there are more than `LIMITS.values` values. May throw only if reading `raw` itself throws.
 */
export function copyPlain(raw: Data, problems: ProblemList): Data | null {
  const root = open(raw, null, '');
  const stack: Frame[] = [root];
  let count = 0;
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const { source, keys } = frame;
    if (frame.next >= (keys ?? (source as readonly unknown[])).length) {
      stack.pop();
      continue;
    }
    if (++count > LIMITS.values) return null;
    const key = keys ? (keys[frame.next] as string) : String(frame.next);
    const value: unknown = (source as Data)[key];
    frame.next += 1;
    const at = frame;
    if (!isContainer(value)) {
      put(frame, key, leaf(value, () => pathOf(at, key), problems), problems);
    } else if (frame.depth >= LIMITS.depth) {
      problems.add({ level: 'warning', code: 'too-deep', message: `What is nested deeper than ${LIMITS.depth} levels was left out.`, where: pathOf(frame, key) });
      put(frame, key, DROPPED, problems);
    } else {
      const child = open(value, frame, key);
      put(frame, key, child.target, problems);
      stack.push(child);
    }
  }
  return root.target as Data;
}
