import { emptyDesign, type Design } from '../../model/design.ts';
import type { Problem } from '../../lib/result.ts';
import type { Confidence, Guess, ImportOptions, ImportReport } from '../import-report.ts';
import { KIND_WORDS } from '../common/ends.ts';
import { ASSUMED_PEAK_RPS, assumePeak } from '../common/traffic.ts';
import { arrangeDrawing } from '../layout/arrange.ts';
import type { Connection, Drawn } from './drawing.ts';
import type { Entry } from './entries.ts';
import type { Group } from './networks.ts';

/** Parts of a report before it is normalised. */
export interface Assembled {
  readonly design: Design;
  readonly guesses: readonly Guess[];
  readonly entry: ImportReport['entry'];
}

interface Draft {
  readonly design: Design;
  readonly guesses: Guess[];
  readonly ids: Map<string, string>;
  readonly options: ImportOptions;
}

function addNode(draft: Draft, drawn: Drawn): void {
  const id = draft.options.ids('n');
  const { recognised, component, name, params } = drawn;
  draft.ids.set(name, id);
  const stored = ['relational', 'cache', 'memory-store', 'key-value', 'broker'].includes(drawn.end.role);
  draft.design.nodes[id] = {
    id, type: component.type, name, params, ...(stored ? { managed: false } : {}),
    ...(recognised.confidence === 'sure' ? {} : { guessed: { confidence: recognised.confidence, because: recognised.because } }),
  };
  draft.guesses.push({
    target: { kind: 'node', id }, what: name, became: recognised.preset?.title ?? component.title, type: component.type,
    confidence: recognised.confidence, because: recognised.because, alternatives: [...new Set(recognised.alternatives)].filter((type) => draft.options.catalog.components.has(type)),
  });
}

function addClient(draft: Draft, entries: readonly Entry[]): string | null {
  const component = draft.options.catalog.components.get('client');
  if (entries.length === 0 || component === undefined) return null;
  const id = draft.options.ids('n');
  const taken = new Set([...draft.ids.keys()].map((name) => name.toLowerCase()));
  const name = taken.has('users') ? 'Users outside' : 'Users';
  draft.design.nodes[id] = { id, type: 'client', name, params: {} };
  draft.guesses.push({ target: { kind: 'node', id }, what: name, became: component.title, type: 'client', confidence: 'likely', because: entries.length === 1 ? (entries[0] as Entry).because : `${entries.length} services can be reached from outside`, alternatives: [] });
  return id;
}

function addEdge(draft: Draft, edge: { from: string; to: string; what: string; kind: Connection['kind']; became: string; confidence: Confidence; because: string }): void {
  const id = draft.options.ids('e');
  draft.design.edges[id] = { id, from: edge.from, to: edge.to, ...(edge.kind === null ? {} : { kind: edge.kind }), params: {} };
  draft.guesses.push({ target: { kind: 'edge', id }, what: edge.what, became: edge.became, confidence: edge.confidence, because: edge.because, alternatives: [] });
}

function addGroups(draft: Draft, groups: readonly Group[]): void {
  for (const { name, members } of groups) {
    const id = draft.options.ids('b');
    draft.design.boundaries[id] = { id, kind: 'group', name };
    draft.guesses.push({ target: { kind: 'boundary', id }, what: name, became: 'Group', confidence: 'likely', because: `network of ${members.length} services`, alternatives: [] });
    for (const member of members) {
      const node = draft.ids.get(member);
      if (node === undefined) continue;
      Object.assign(draft.design.nodes[node] ?? {}, { boundary: id });
    }
  }
}

/** Give everything a place, laid out as a whole. */
export async function place(design: Design, { layouter }: ImportOptions): Promise<void> {
  const { nodes, boundaries } = await arrangeDrawing(design, null, layouter);
  for (const [id, { x, y }] of Object.entries(nodes)) design.layout.nodes[id] = { x, y };
  for (const [id, box] of Object.entries(boundaries)) design.layout.boundaries[id] = { ...box };
}

/** Build the proposal: nodes, the users, groups, connections and the assumed rate. Nothing has a place yet. */
export function assemble(title: string, parts: { drawn: ReadonlyMap<string, Drawn>; edges: readonly Connection[]; entries: readonly Entry[]; groups: readonly Group[] }, options: ImportOptions): Assembled {
  const draft: Draft = { design: emptyDesign(title), guesses: [], ids: new Map(), options };
  for (const drawn of parts.drawn.values()) addNode(draft, drawn);
  const client = addClient(draft, parts.entries);
  addGroups(draft, parts.groups);
  for (const { name, confidence, because } of client === null ? [] : parts.entries) {
    const to = draft.ids.get(name);
    if (to !== undefined && client !== null) addEdge(draft, { from: client, to, what: `${draft.design.nodes[client]?.name ?? ''} to ${name}`, kind: null, became: 'call', confidence, because });
  }
  for (const { from, to, kind, shown, confidence, because } of parts.edges) {
    const [a, b] = [draft.ids.get(from), draft.ids.get(to)];
    if (a !== undefined && b !== undefined) addEdge(draft, { from: a, to: b, what: `${from} to ${to}`, kind, became: KIND_WORDS[shown], confidence, because });
  }
  const into = parts.entries[0];
  const traffic = client !== null || [...parts.drawn.values()].some(({ component }) => component.type === 'client');
  if (traffic) draft.guesses.push(assumePeak(draft.design, 'Compose knows no traffic; assumed'));
  const node = into ? draft.ids.get(into.name) : undefined;
  return { design: draft.design, guesses: draft.guesses, entry: node !== undefined && into ? { node, name: into.name, peak_rps: ASSUMED_PEAK_RPS } : null };
}

const SILENT: ReadonlySet<string> = new Set(['telemetry', 'directory', 'dead-letter', 'migration', 'source', 'external']);

/** What the files do not say: components that nothing connects, and own code that nobody is known to call. */
export function unknownConnections(drawn: ReadonlyMap<string, Drawn>, edges: readonly Connection[], entries: readonly Entry[]): Problem[] {
  const into = new Set([...edges.map(({ to }) => to), ...entries.map(({ name }) => name)]);
  const out = new Set(edges.map(({ from }) => from));
  return [...drawn.values()].flatMap(({ name, end, part }): Problem[] => {
    const unfed = edges.some(({ from, shown }) => from === name && shown === 'consume') && !edges.some(({ to, shown }) => to === name && shown === 'publish');
    if (unfed) return [{ level: 'info', code: 'connection-unknown', message: `The files do not say who sends messages to \`${name}\`. No connection was made up.`, where: part.place.file }];
    if (SILENT.has(end.role) || into.has(name) || (end.role === 'broker' && out.has(name))) return [];
    const message = out.has(name) ? `The files do not say who calls \`${name}\`.` : `The files do not say what \`${name}\` is connected to.`;
    return [{ level: 'info', code: 'connection-unknown', message: `${message} No connection was made up.`, where: part.place.file, ...(part.place.line > 0 ? { line: part.place.line } : {}) }];
  });
}
