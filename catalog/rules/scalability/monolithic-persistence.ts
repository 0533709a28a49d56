import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import type { Entity } from '../../../shared/model/design.ts';
import { isRange, likely } from '../../../shared/model/quantity.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addNode, fix, setNodeParam, type Change } from '../common/fixes.ts';
import { liveNodesOfRole, onEntity, onNode } from '../common/targets.ts';
import { ownCallers } from '../common/views.ts';

const KINDS = ['blobs', 'job_queue', 'sessions', 'counters', 'full_text', 'analytics'] as const;
type Kind = (typeof KINDS)[number];

/** As said in a list of several. */
const WORDS: Readonly<Record<Kind, string>> = { blobs: 'files', job_queue: 'a job queue', sessions: 'sessions', counters: 'counters', full_text: 'a search index', analytics: 'reports' };

/** Only at a rate: a few sessions or counters disturb nobody. */
const RATED: ReadonlySet<Kind> = new Set(['sessions', 'counters']);

const NONE: readonly Kind[] = [];

/** What stands in the database beside its rows and does not belong there at this load. */
function foreign(facts: Facts, view: NodeView, writes: number): readonly Kind[] {
  const holds = view.params.values['holds'] as readonly Kind[];
  if (holds.length === 0) return NONE;
  const rate = facts.evaluation.nodes[view.id]?.writes_rps ?? 0;
  return KINDS.filter((kind) => holds.includes(kind) && (!RATED.has(kind) || rate > writes));
}

function sizeOf({ item_kb }: Entity): number {
  const size = isRange(item_kb) ? likely(item_kb) : item_kb;
  return typeof size === 'number' ? size : 0;
}

/** By store the largest thing that has its home there, where it is a file and not a row. */
function files(facts: Facts, limit: number): ReadonlyMap<string, Entity> {
  const found = new Map<string, Entity>();
  for (const entity of Object.values(facts.graph.design.entities)) {
    const size = sizeOf(entity);
    const known = found.get(entity.home ?? '');
    if (size > limit && (known === undefined || size > sizeOf(known) || (size === sizeOf(known) && (entity.name ?? '') < (known.name ?? '')))) found.set(entity.home ?? '', entity);
  }
  return found;
}

/** A store of its own for one kind, used by the caller or filled from the database. Who works on jobs is for people to draw. */
const MOVES: Readonly<Record<Exclude<Kind, 'job_queue'>, (store: NodeView, caller: NodeView) => Change>> = {
  blobs: (store, caller) => addNode({ id: `${store.id}-files`, type: 'object-store', name: `${store.node.name} files` }, [{ from: caller.id }]),
  sessions: (store, caller) => addNode({ id: `${store.id}-sessions`, type: 'redis', name: `${store.node.name} sessions`, params: { roles: ['session'] } }, [{ from: caller.id }]),
  counters: (store, caller) => addNode({ id: `${store.id}-counters`, type: 'redis', name: `${store.node.name} counters`, params: { roles: ['store'] } }, [{ from: caller.id }]),
  full_text: (store, caller) => addNode({ id: `${store.id}-search`, type: 'search', name: `${store.node.name} search` }, [{ from: caller.id, params: { op: 'read' } }, { from: store.id, kind: 'replicate' }]),
  analytics: (store) => addNode({ id: `${store.id}-warehouse`, type: 'data-warehouse', name: `${store.node.name} warehouse` }, [{ from: store.id, kind: 'replicate' }]),
};

/** Only where one component uses the database: else it is not known who uses what. */
function fixesFor(store: NodeView, kinds: readonly Kind[]): RuleFix[] {
  const callers = [...new Set(ownCallers(store).map(({ caller }) => caller))];
  const [caller] = callers;
  if (caller === undefined || callers.length > 1 || kinds.includes('job_queue')) return [];
  const moves = kinds.flatMap((kind) => (kind === 'job_queue' ? [] : [MOVES[kind](store, caller)]));
  const left = (store.params.values['holds'] as readonly Kind[]).filter((kind) => !kinds.includes(kind));
  const [only] = kinds;
  const title = kinds.length === 1 && only !== undefined ? `Move ${WORDS[only]} out of ${store.node.name}` : `Move these ${kinds.length} out of ${store.node.name}`;
  return [fix('move', title, ...moves, setNodeParam(store.id, 'holds', left))];
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** One database for things that are used in different ways. */
export const monolithicPersistence = defineRule({
  id: 'monolithic-persistence',
  meta: {
    title: 'Each kind of data has a fitting store',
    failureTitle: 'One database for everything',
    axes: ['scalability', 'isolation', 'cost'],
    penalises: ['isolation'],
    severity: ['major'],
    kind: 'structural',
    rationale: 'Transactions want their rows in memory. Files, polled queues, counters, searches and reports push them out, hold locks, or scan whole tables, and what they slow down or stop is everything.',
    tradeOff: 'Each further store is one more technology to run, and what is in two of them can differ for a while.',
    whenNotToApply: 'The load is small and the team too: one database that is understood beats three that are not.',
    sources: ['azure-antipatterns', 'infracost-goldens'],
    concepts: ['polyglot persistence', 'noisy neighbour', 'claim check'],
  },
  options: {
    // a megabyte: above it databases move values out of the row and every read of the row pays for it
    blob_kb: 1000,
    // writes a second from which sessions or counters take a good part of a small machine
    writes: 500,
  },
  requires: ['nodes'],
  messages: {
    large: 'Each {entity:name} of {size:kb} is kept in {store:name}: they fill its memory and its backups, and a gigabyte costs five times what it costs in an object store. Keep them in an object store and their keys here.',
    blobs: 'Files lie in {store:name}: they fill its memory and its backups, and a gigabyte costs five times what it costs in an object store. Keep them in an object store and their keys here.',
    job_queue: 'Workers look for jobs in {store:name} again and again: they lock rows that others need, and the table of jobs grows and shrinks all the time. Put the jobs into a broker.',
    sessions: 'Sessions are among the {writes:rate} of writes to {store:name}: data that may be lost pays for a commit each time. Keep them in Redis.',
    counters: 'Counters are among the {writes:rate} of writes to {store:name}: each waits for the lock of its row and for the disk. Count in Redis, and store the sums from time to time.',
    full_text: 'Full-text searches run in {store:name}: they read far more rows than they return, and push the rows of transactions out of its memory. Feed a search index from its changes.',
    analytics: 'Reports run in {store:name}: a scan of a whole table takes the disk and the memory from transactions for as long as it lasts. Feed a warehouse from its changes.',
    several: '{store:name} holds {what} beside its rows: each disturbs the others, and one loss takes all. Give each a store that is made for it.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const databases = liveNodesOfRole(facts, 'relational').filter(({ params }) => Array.isArray(params.values['holds']));
    if (databases.length === 0) return notApplicable();
    const large = files(facts, options.blob_kb);
    for (const view of databases) {
      const kinds = foreign(facts, view, options.writes);
      const entity = kinds.includes('blobs') ? null : (large.get(view.id) ?? null);
      const found: readonly Kind[] = entity === null ? kinds : ['blobs', ...kinds];
      const [only] = found;
      if (only === undefined) continue;
      const data = { store: view.id, writes: facts.evaluation.nodes[view.id]?.writes_rps ?? 0 };
      const common = { severity: 'major', targets: [onNode(view), ...(entity === null ? [] : [onEntity(entity)])] } as const;
      if (found.length > 1) report({ ...common, messageId: 'several', data: { ...data, what: listed(found.map((kind) => WORDS[kind])) }, fixes: entity === null ? fixesFor(view, kinds) : [] });
      else if (entity !== null) report({ ...common, messageId: 'large', data: { ...data, entity: entity.id, size: sizeOf(entity) } });
      else report({ ...common, messageId: only, data, fixes: fixesFor(view, kinds) });
    }
  },
  examples: {
    valid: [
      { title: 'rows only', design: threeBox() },
      { title: 'sessions at a moderate rate', design: threeBox({ api: { instances: 12 }, db: { holds: ['sessions'] } }, { workload: { peak_rps: 5000 } }) },
      { title: 'an image of one megabyte', design: threeBox({}, { entities: { image: { home: 'db', item_kb: 1000 } } }) },
    ],
    invalid: [
      { title: 'images of more than a megabyte', design: threeBox({}, { entities: { image: { home: 'db', item_kb: 1001 }, user: { home: 'db' } } }), expect: ['large'] },
      { title: 'uploads in a table', design: threeBox({ db: { holds: ['blobs'] } }), expect: ['blobs'] },
      { title: 'a table of jobs', design: threeBox({ db: { holds: ['job_queue'] } }), expect: ['job_queue'] },
      { title: 'sessions at a high rate', design: threeBox({ api: { instances: 12 }, db: { holds: ['sessions'] } }, { workload: { peak_rps: 5100 } }), expect: ['sessions'] },
      { title: 'counters at a high rate', design: threeBox({ api: { instances: 12 }, db: { holds: ['counters'] } }, { workload: { peak_rps: 5100 } }), expect: ['counters'] },
      { title: 'searches', design: threeBox({ db: { holds: ['full_text'] } }), expect: ['full_text'] },
      { title: 'reports', design: threeBox({ db: { holds: ['analytics'] } }), expect: ['analytics'] },
      { title: 'files, a search index and a few sessions', design: threeBox({ db: { holds: ['blobs', 'full_text', 'sessions'] } }), expect: ['several'] },
      { title: 'files and jobs of two services', design: sketch({ nodes: { users: 'client', shop: 'service', mails: 'service', db: ['rdbms', { holds: ['job_queue', 'blobs'] }] }, edges: ['users>shop>db', 'users>mails>db'] }), expect: ['several'] },
    ],
    notApplicable: [
      { title: 'no relational database', design: sketch({ nodes: { users: 'client', api: 'service', items: 'nosql' }, edges: ['users>api>items'] }) },
    ],
  },
});
