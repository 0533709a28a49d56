import { create } from 'zustand';
import type { Evaluation, Finding } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import type { RankedCut } from '../../evaluation/cut-sets.ts';
import { usePreview } from '../../evaluation/preview-store.ts';

/** What keeps its full strength while a finding is selected, by document id; everything else steps back. */
export interface Highlight {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly boundaries: ReadonlySet<string>;
  /** Connections that affected journeys travel: drawn in ink and wider. */
  readonly traced: ReadonlySet<string>;
  /** Names of the affected journeys by the component at which they enter. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** Numbers of the sets of components whose loss together ends an affected journey, by member; the most probable is 1. */
  readonly cuts: ReadonlyMap<string, readonly number[]>;
  /** Components that must be seen: the targets and the ends of connections that are. */
  readonly seen: readonly string[];
}

/** The highlight of the drawing, or null. */
export const useHighlight = create<{ readonly active: Highlight | null }>()(() => ({ active: null }));

/** Whether a component stands back for the highlighted ones. What a preview changes never does, and a pinned one shows the whole drawing. */
export function useDimmedNode(id: string): boolean {
  const apart = useHighlight(({ active }) => active !== null && !active.nodes.has(id));
  return usePreview(({ shown, pinned }) => apart && !pinned && shown?.changes.nodes.has(id) !== true);
}

/** Whether a connection stands back. */
export function useDimmedEdge(id: string): boolean {
  const apart = useHighlight(({ active }) => active !== null && !active.edges.has(id) && !active.traced.has(id));
  return usePreview(({ shown, pinned }) => apart && !pinned && shown?.changes.edges.has(id) !== true);
}

/** Whether a boundary stands back. */
export function useDimmedBoundary(id: string): boolean {
  const apart = useHighlight(({ active }) => active !== null && !active.boundaries.has(id));
  return usePreview(({ shown, pinned }) => apart && !pinned && shown?.changes.boundaries.has(id) !== true);
}

/** Whether notes stand back: no finding is about one. */
export function useDimmedNote(): boolean {
  const apart = useHighlight(({ active }) => active !== null);
  return usePreview(({ pinned }) => apart && !pinned);
}

interface Marks { readonly nodes: Set<string>; readonly edges: Set<string>; readonly boundaries: Set<string>; readonly journeys: Set<string> }

function markEdge(marks: Marks, design: Design, id: string): void {
  const edge = design.edges[id];
  if (!edge) return;
  marks.edges.add(id);
  for (const end of [edge.from, edge.to]) marks.nodes.add(end);
}

function markTarget(marks: Marks, design: Design, target: Finding['targets'][number]): void {
  const { kind, id } = target;
  if (kind === 'node') marks.nodes.add(id);
  else if (kind === 'edge') markEdge(marks, design, id);
  else if (kind === 'journey') marks.journeys.add(id);
  else if (kind === 'entity') marks.nodes.add(design.entities[id]?.home ?? '');
  else {
    marks.boundaries.add(id);
    for (const node of Object.values(design.nodes)) if (node.boundary === id) marks.nodes.add(node.id);
  }
}

/** Sets that are numbered on the drawing at most. */
const CUTS = 9;

/** The cut sets that findings about availability stand for: those with a target in them that end a journey which is affected. */
function cutsOf(evaluation: Evaluation, findings: readonly Finding[]): ReadonlyMap<string, readonly number[]> {
  const cuts = evaluation.cuts.filter(({ members, journeys }) => findings.some((finding) => finding.axes.includes('availability')
    && finding.targets.some(({ kind, id }) => kind === 'node' && members.includes(id))
    && (finding.journeys.length === 0 || finding.journeys.some((journey) => journeys.includes(journey)))));
  const numbers = new Map<string, readonly number[]>();
  cuts.slice(0, CUTS).forEach(({ members }, index) => {
    for (const member of new Set(members)) numbers.set(member, [...(numbers.get(member) ?? []), index + 1]);
  });
  return numbers;
}

/** What selected findings are about, or null when none of them is there any more. */
export function highlightOf(design: Design, evaluation: Evaluation | null, keys: readonly string[]): Highlight | null {
  const findings = evaluation?.findings.filter((finding) => keys.includes(finding.key)) ?? [];
  if (!evaluation || findings.length === 0) return null;
  const marks: Marks = { nodes: new Set(), edges: new Set(), boundaries: new Set(), journeys: new Set() };
  for (const finding of findings) {
    for (const target of finding.targets) markTarget(marks, design, target);
    for (const journey of finding.journeys) marks.journeys.add(journey);
  }
  return highlightOfMarks(design, evaluation, marks, cutsOf(evaluation, findings));
}

/** What one cut set of a journey is about: everything that is lost with it, and the journey that ends. */
export function highlightOfCut(design: Design, evaluation: Evaluation | null, cut: RankedCut): Highlight | null {
  if (!evaluation) return null;
  const marks: Marks = { nodes: new Set(), edges: new Set(), boundaries: new Set(), journeys: new Set(cut.journeys) };
  const cuts = new Map<string, readonly number[]>();
  const needed = new Set(cut.journeys.flatMap((id) => evaluation.journeys[id]?.nodes ?? []));
  const units = cut.units ?? cut.members.map((id) => ({ id, nodes: undefined }));
  for (const { id, nodes = [] } of units) {
    const drawn = Object.hasOwn(design.boundaries, id) || Object.hasOwn(design.nodes, id);
    if (Object.hasOwn(design.boundaries, id)) markTarget(marks, design, { kind: 'boundary', id });
    // a zone that nobody drew is what the journey has in it
    const members = drawn ? [id] : nodes.filter((node) => needed.has(node));
    for (const member of members) cuts.set(member, [cut.rank]);
  }
  return highlightOfMarks(design, evaluation, marks, cuts);
}

function highlightOfMarks(design: Design, evaluation: Evaluation, marks: Marks, cuts: ReadonlyMap<string, readonly number[]>): Highlight {
  for (const member of cuts.keys()) if (Object.hasOwn(design.nodes, member)) marks.nodes.add(member);
  const seen = [...marks.nodes].filter((id) => Object.hasOwn(design.nodes, id));
  const traced = new Set<string>();
  const entries = new Map<string, readonly string[]>();
  for (const id of marks.journeys) {
    const journey = evaluation.journeys[id];
    if (!journey) continue;
    for (const edge of journey.edges) traced.add(edge);
    const drawn = design.journeys[id]?.entry ?? '';
    // a journey enters over a connection: its name stands where that begins
    const entry = design.edges[drawn]?.from ?? (Object.hasOwn(design.nodes, drawn) ? drawn : journey.nodes[0]);
    if (entry !== undefined) entries.set(entry, [...(entries.get(entry) ?? []), journey.name]);
  }
  for (const entry of entries.keys()) marks.nodes.add(entry);
  return { nodes: marks.nodes, edges: marks.edges, boundaries: marks.boundaries, traced, entries, cuts, seen };
}
