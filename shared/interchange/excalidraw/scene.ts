import { err, ok, type Problem, type Result } from '../../lib/result.ts';
import { z } from '../../lib/zod.ts';
import { scanJson } from '../../model/json-scan.ts';
import type { Rect } from '../layout/geometry.ts';
import type { ImportFile, ImportLimits } from '../import-report.ts';
import { refusedByName } from './detect.ts';

/** More elements than anyone draws, in one file. */
export const MOST_ELEMENTS = 20_000;

/** Coordinates beyond this are brought back to it, canvas units. */
const FAR = 1_000_000;

type Point = { readonly x: number; readonly y: number };

/** One end of an arrow or a line. `bound` is the id of the element it is attached to. */
export interface WireEnd {
  readonly at: Point;
  readonly bound: string | null;
  readonly head: boolean;
}

/** An element of the drawing, checked. */
export interface SceneElement {
  /** Unique in the drawing: the file's id, or a made one where that is missing or taken. */
  readonly id: string;
  readonly type: string;
  readonly rect: Rect;
  /** The outermost group it is in. */
  readonly group: string | null;
  readonly frame: string | null;
  /** Lines of a text as they were typed; empty for everything else. */
  readonly lines: readonly string[];
  readonly fontSize: number;
  /** What a text is the label of. */
  readonly container: string | null;
  /** A frame's name. */
  readonly name: string | null;
  /** Arrows and lines only. */
  readonly ends: readonly [WireEnd, WireEnd] | null;
}

/** A drawing as it was read: what is deleted in it is not here. */
export interface Scene {
  readonly elements: readonly SceneElement[];
}

/** Whether an element connects others: every arrow, and a line that is attached to something. */
export function isWire({ type, ends }: Pick<SceneElement, 'type' | 'ends'>): boolean {
  return ends !== null && (type === 'arrow' || ends.some(({ bound }) => bound !== null));
}

const words = (most: number): z.ZodType<string> => z.string().transform((text) => text.slice(0, most));
const binding = z.object({ elementId: words(1000) }).nullish().catch(null);
const head = z.string().nullish().catch(null);

const elementSchema = z.object({
  id: z.union([z.string(), z.number().transform(String)]).nullish().catch(null),
  type: z.string().min(1).max(64),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  isDeleted: z.boolean().nullish().catch(null),
  groupIds: z.array(z.unknown()).nullish().catch(null),
  frameId: words(1000).nullish().catch(null),
});
const textSchema = elementSchema.extend({
  text: words(20_000),
  originalText: words(20_000).nullish().catch(null),
  fontSize: z.number().min(0).catch(0),
  containerId: words(1000).nullish().catch(null),
});
const frameSchema = elementSchema.extend({ name: words(1000).nullish().catch(null) });
const wireSchema = elementSchema.extend({
  points: z.array(z.unknown()).min(2),
  startBinding: binding,
  endBinding: binding,
  startArrowhead: head,
  endArrowhead: z.string().nullable().optional().catch(null),
});
const pointSchema = z.tuple([z.number(), z.number()]).rest(z.unknown());

type Raw = z.infer<typeof elementSchema>;

const near = (value: number): number => Math.min(Math.max(value, -FAR), FAR);

function rectOf({ x, y, width, height }: Raw): Rect {
  const [left, top] = [near(Math.min(x, x + width)), near(Math.min(y, y + height))];
  return { x: left, y: top, w: near(Math.max(x, x + width)) - left, h: near(Math.max(y, y + height)) - top };
}

/** Letters that move text about or cannot be seen, gone; white space as single spaces. */
function cleaned(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu, ' ').trim();
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map(cleaned).filter((line) => line !== '');
}

/** Why an element cannot be read: its first fault, as the end of a sentence. */
function fault(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path[0];
  return field === undefined ? 'it is no object' : `its ${String(field)} is missing or not usable`;
}

function endsOf(raw: z.infer<typeof wireSchema>): readonly [WireEnd, WireEnd] | null {
  const at = (point: unknown): Point | null => {
    const read = pointSchema.safeParse(point);
    return read.success ? { x: near(raw.x + read.data[0]), y: near(raw.y + read.data[1]) } : null;
  };
  const [from, to] = [at(raw.points[0]), at(raw.points.at(-1))];
  if (from === null || to === null) return null;
  // an arrow says nothing of its end when it has the usual head
  const toHead = raw.endArrowhead === undefined ? raw.type === 'arrow' : raw.endArrowhead !== null;
  return [
    { at: from, bound: raw.startBinding?.elementId ?? null, head: typeof raw.startArrowhead === 'string' },
    { at: to, bound: raw.endBinding?.elementId ?? null, head: toHead },
  ];
}

/** One element, or why it cannot be read; null for one that was deleted. */
function readElement(value: unknown, freeId: (wanted: string | null) => string): SceneElement | string | null {
  const base = elementSchema.safeParse(value);
  if (!base.success) return fault(base.error);
  if (base.data.isDeleted === true) return null;
  const { type, groupIds, frameId } = base.data;
  const group: unknown = groupIds?.at(-1);
  const common = {
    type, rect: rectOf(base.data), group: typeof group === 'string' ? group : null, frame: frameId ?? null, lines: [] as readonly string[], fontSize: 0, container: null, name: null, ends: null,
  };
  const id = (): string => freeId(base.data.id ?? null);
  if (type === 'text') {
    const text = textSchema.safeParse(value);
    if (!text.success) return fault(text.error);
    const lines = linesOf(text.data.originalText ?? '');
    return { ...common, id: id(), lines: lines.length > 0 ? lines : linesOf(text.data.text), fontSize: text.data.fontSize, container: text.data.containerId ?? null };
  }
  if (type === 'arrow' || type === 'line') {
    const wire = wireSchema.safeParse(value);
    if (!wire.success) return fault(wire.error);
    const ends = endsOf(wire.data);
    return ends === null ? 'its points are missing or not usable' : { ...common, id: id(), ends };
  }
  if (type === 'frame' || type === 'magicframe') {
    const frame = frameSchema.safeParse(value);
    return frame.success ? { ...common, id: id(), name: cleaned(frame.data.name ?? '') || null } : fault(frame.error);
  }
  return { ...common, id: id() };
}

function refuse(code: string, message: string, where: string, line?: number): Result<never> {
  return err({ level: 'error', code, message, where, ...(line === undefined ? {} : { line }) });
}

/** The list of elements in a file, unchecked. */
function readList({ name, text }: ImportFile, limits: ImportLimits, report: (problem: Problem) => void): Result<readonly unknown[]> {
  const refused = refusedByName({ name, text });
  if (refused !== null) return refuse('not-a-drawing', refused, name);
  if (text.length > limits.bytes) return refuse('too-large', `${name} is larger than ${limits.bytes / 1024 / 1024} MB. Take the images out of the drawing, or save only the part you need, and import that.`, name);
  const mistake = scanJson(text).error;
  if (mistake) return refuse('not-json', `${name} is no Excalidraw drawing: it stops being JSON in line ${mistake.line}.`, name, mistake.line);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse('not-json', `${name} is no Excalidraw drawing: it is not JSON.`, name);
  }
  const scene = z.object({ type: z.unknown().optional(), version: z.unknown().optional(), elements: z.array(z.unknown()) }).safeParse(raw);
  if (z.object({ type: z.literal('excalidrawlib') }).safeParse(raw).success) return refuse('not-a-drawing', `${name} is an Excalidraw library: shapes to draw with, not a drawing. Put what you need of it into a drawing and import that.`, name);
  if (!scene.success) return refuse('not-excalidraw', `${name} is no Excalidraw drawing: it has no list of elements.`, name);
  const { type, version, elements } = scene.data;
  if (typeof type === 'string' && !/^excalidraw(\/clipboard)?$/.test(type)) return refuse('not-excalidraw', `${name} is no Excalidraw drawing: it calls itself "${cleaned(type.slice(0, 40))}".`, name);
  if (elements.length > MOST_ELEMENTS) return refuse('too-many', `${name} has ${elements.length} elements; ${MOST_ELEMENTS} is the most that one import reads.`, name);
  if (typeof version === 'number' && version > 2) report({ level: 'info', code: 'newer', message: `${name} is of a later version of Excalidraw's format. What is known of it was read.`, where: name });
  return ok(elements);
}

/** Read a file element by element: what cannot be read is a problem, the rest is the drawing. Never throws. */
export function readScene(file: ImportFile, limits: ImportLimits, report: (problem: Problem) => void): Result<Scene> {
  const list = readList(file, limits, report);
  if (!list.ok) return list;
  const taken = new Set<string>();
  const freeId = (wanted: string | null): string => {
    const id = wanted !== null && wanted !== '' && !taken.has(wanted) ? wanted : `\0${taken.size}`;
    if (wanted !== null && taken.has(wanted)) report({ level: 'warning', code: 'id-twice', message: `Two elements of ${file.name} have the id "${cleaned(wanted.slice(0, 40))}". What is attached to it is attached to the first.`, where: file.name });
    taken.add(id);
    return id;
  };
  const elements: SceneElement[] = [];
  list.value.forEach((value, index) => {
    const read = readElement(value, freeId);
    if (typeof read === 'string') report({ level: 'warning', code: 'element-unread', message: `Element ${index + 1} of ${file.name} was left out: ${read}.`, where: file.name });
    else if (read !== null) elements.push(read);
  });
  return ok({ elements });
}
