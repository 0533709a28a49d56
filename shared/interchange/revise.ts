import type { Catalog } from '../contracts/catalog.ts';
import type { Design, Params } from '../model/design.ts';
import type { ImportReport } from './import-report.ts';

function keep<T>(record: Readonly<Record<string, T>>, wanted: (id: string, item: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([id, item]) => wanted(id, item)));
}

/** The rate into the drawing, as the user answered it. Negative and unreadable rates change nothing. */
export function setPeak(report: ImportReport, rps: number): ImportReport {
  if (!(rps >= 0 && Number.isFinite(rps))) return report;
  const guesses = report.guesses.map((guess) => (guess.target.id === 'workload.peak_rps' ? { ...guess, became: `${rps} rps`, confidence: 'sure' as const, because: 'stated by you' } : guess));
  return { ...report, guesses, entry: report.entry && { ...report.entry, peak_rps: rps }, design: { ...report.design, workload: { ...report.design.workload, peak_rps: rps } } };
}

/**
 * Make a node another type, as chosen in the import dialog: parameters that the new type does not have go, kinds of its
 * connections are inferred anew, the guess is settled. The same report when the node or the type is unknown.
 */
export function retypeNode(report: ImportReport, nodeId: string, type: string, catalog: Pick<Catalog, 'components'>): ImportReport {
  const node = report.design.nodes[nodeId];
  const component = catalog.components.get(type);
  if (node === undefined || component === undefined || node.type === type) return report;
  const { guessed: _guessed, managed, ...rest } = node;
  const fields = new Set(component.fields.map(({ key }) => key));
  const known: Params = Object.fromEntries(Object.entries(node.params).filter(([key]) => fields.has(key)));
  const params = component.params.safeParse(known).success ? known : {};
  const stores = component.category === 'data' || component.category === 'messaging';
  const edges = Object.fromEntries(Object.entries(report.design.edges).map(([id, edge]) => {
    const { kind: _kind, ...plain } = edge;
    return [id, edge.from === nodeId || edge.to === nodeId ? plain : edge];
  }));
  const design: Design = { ...report.design, nodes: { ...report.design.nodes, [nodeId]: { ...rest, type, params, ...(stores && managed !== undefined ? { managed } : {}) } }, edges };
  const guesses = report.guesses.map((guess) => (guess.target.kind === 'node' && guess.target.id === nodeId
    ? { ...guess, became: component.title, type, confidence: 'sure' as const, because: 'chosen by you', alternatives: [node.type, ...guess.alternatives.filter((other) => other !== type && other !== node.type)] }
    : guess));
  return { ...report, design, guesses };
}

/** Take a node out of the proposal, with its connections and its guesses. */
export function leaveOut(report: ImportReport, nodeId: string): ImportReport {
  const { design } = report;
  if (design.nodes[nodeId] === undefined) return report;
  const edges = keep(design.edges, (_, { from, to }) => from !== nodeId && to !== nodeId);
  const guesses = report.guesses.filter(({ target }) => (target.kind === 'node' ? target.id !== nodeId : target.kind !== 'edge' || edges[target.id] !== undefined));
  const layout = { ...design.layout, nodes: keep(design.layout.nodes, (id) => id !== nodeId), edges: keep(design.layout.edges, (id) => edges[id] !== undefined) };
  return { ...report, design: { ...design, nodes: keep(design.nodes, (id) => id !== nodeId), edges, layout }, guesses, entry: report.entry?.node === nodeId ? null : report.entry };
}
