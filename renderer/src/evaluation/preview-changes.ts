import type { Design } from '../../../shared/model/design.ts';

/** What a preview does to a thing on the canvas. */
export type ChangeKind = 'add' | 'remove' | 'change';

/** What a previewed design adds, removes and changes, by id. Moving alone is no change. */
export interface DesignChanges {
  readonly nodes: ReadonlyMap<string, ChangeKind>;
  readonly edges: ReadonlyMap<string, ChangeKind>;
  readonly boundaries: ReadonlyMap<string, ChangeKind>;
}

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values of plain data, as documents and answers are, say the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}

function changesOf(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): ReadonlyMap<string, ChangeKind> {
  const changes = new Map<string, ChangeKind>();
  for (const id of Object.keys(before)) {
    if (!Object.hasOwn(after, id)) changes.set(id, 'remove');
    else if (!sameValue(before[id], after[id])) changes.set(id, 'change');
  }
  for (const id of Object.keys(after)) if (!Object.hasOwn(before, id)) changes.set(id, 'add');
  return changes;
}

/** Compare two states of a document. */
export function changesBetween(before: Design, after: Design): DesignChanges {
  return { nodes: changesOf(before.nodes, after.nodes), edges: changesOf(before.edges, after.edges), boundaries: changesOf(before.boundaries, after.boundaries) };
}

/** The design that a preview draws: what it would be, and what it would lose where that stood. */
export function drawnDesign(before: Design, after: Design): Design {
  return {
    ...after,
    nodes: { ...before.nodes, ...after.nodes },
    edges: { ...before.edges, ...after.edges },
    boundaries: { ...before.boundaries, ...after.boundaries },
    layout: {
      ...after.layout,
      nodes: { ...before.layout.nodes, ...after.layout.nodes },
      boundaries: { ...before.layout.boundaries, ...after.layout.boundaries },
      edges: { ...before.layout.edges, ...after.layout.edges },
    },
  };
}

function bring(draft: Plain, wanted: Plain): void {
  for (const key of Object.keys(draft)) if (!Object.hasOwn(wanted, key)) delete draft[key];
  for (const [key, value] of Object.entries(wanted)) {
    const now = draft[key];
    if (sameValue(now, value)) continue;
    if (isPlain(now) && isPlain(value)) bring(now, value);
    else draft[key] = value;
  }
}

/** Make a draft say what another state of the document says, touching only what differs: the step it records stays small. */
export function bringTo(draft: Design, wanted: Design): void {
  bring(draft as Plain, wanted as Plain);
}
