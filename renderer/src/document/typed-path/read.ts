import type { Design, EdgeKind } from '../../../../shared/model/design.ts';
import { cachesFirst, drawnKind, endName, endOfItem, planEdges } from './connections.ts';
import { parseLine, type TypedLine } from './parse.ts';
import { endId, type DrawContext, type Plan, type PlannedEnd, type PlannedJourney, type Start } from './plan.ts';
import { resolveItems } from './resolve.ts';

/** Kinds by which one component uses another; the rest follows by itself (messages, copies) or carries no load. */
const USES: ReadonlySet<EdgeKind | null> = new Set<EdgeKind | null>(['http', 'db', 'cache', 'publish', 'ws', null]);

/** What a line continues from: nothing for a journey, nor for a line that begins with an existing name and goes on from it. */
function startOf(line: TypedLine, items: Plan['items'], { start, pulled, apart }: DrawContext): Start | null {
  if (start === null || line.journey || apart === true) return null;
  const ownStart = items[0]?.existing != null && line.items.some((item) => item.after !== 'start' && item.after.includes(0));
  return ownStart && pulled !== true ? null : start;
}

/** Connections that leave the middle of a way and are not part of it: this journey does without them. */
function leftOut(plan: Omit<Plan, 'journey' | 'caches'>, design: Design, path: readonly number[]): readonly string[] {
  const taken = new Set(path.map((index) => plan.edges[index]?.existing));
  const middles = new Set(path.flatMap((index) => {
    const from = plan.edges[index]?.from ?? 0;
    const id = endId(plan, from);
    return id === null || from === 0 ? [] : [id];
  }));
  return Object.values(design.edges).filter((edge) => middles.has(edge.from) && !taken.has(edge.id) && USES.has(drawnKind(design, edge))).map(({ id }) => id);
}

/** Why a line traces no journey; null when it does. */
function refusal(plan: Omit<Plan, 'journey' | 'caches'>, design: Design): string | null {
  const [first] = plan.items;
  if (!first) return 'A journey needs a way: a client, > and what it calls.';
  if (endOfItem(first, design)?.role !== 'source') return `A journey starts at a client, and ${first.name} is none: no journey is made.`;
  return plan.edges.some((edge) => edge.refused === null && edge.from === 0) ? null : `Nothing is called by ${first.name} yet: no journey is made.`;
}

function journeyOf(line: TypedLine, plan: Omit<Plan, 'journey' | 'caches'>, design: Design): PlannedJourney | null {
  if (!line.journey) return null;
  const { name, span } = line.journey;
  const existing = Object.values(design.journeys).find((journey) => journey.name.trim().toLowerCase() === name.toLowerCase())?.id ?? null;
  // of several things at the very start only the first one is where it begins
  const begins = (end: PlannedEnd): boolean => end === 0 || (end !== 'start' && plan.items[end]?.typed.after !== 'start');
  const path = plan.edges.flatMap((edge, index) => (edge.refused === null && begins(edge.from) ? [index] : []));
  return { name, span, existing, path, leftOut: leftOut(plan, design, path), refused: refusal(plan, design) };
}

/** What a line does to a drawing. Total: any text has a plan. */
export function readLine(text: string, context: DrawContext): { readonly line: TypedLine; readonly plan: Plan } {
  const line = parseLine(text);
  const items = resolveItems(line, context);
  const start = startOf(line, items, context);
  const edges = planEdges({ items, start }, context.design);
  const planned = { items, start, edges };
  return { line, plan: { ...planned, caches: cachesFirst(planned, context.design).filter(({ own }) => own || !line.journey), journey: journeyOf(line, planned, context.design) } };
}

/** Names of what an item hangs on. */
export function callers(plan: Plan, design: Design, item: number): readonly string[] {
  return plan.edges.filter((edge) => edge.to === item && edge.refused === null).map((edge) => endName(plan, design, edge.from));
}
