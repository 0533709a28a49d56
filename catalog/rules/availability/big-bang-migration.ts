import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleReport } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { Distinct } from '../common/distinct.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { addNode, fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { nodeResults } from '../common/results.ts';
import { aboutNode, addTo, journeysVisiting, listOf, liveEdgesInto, liveNodesOfRole, onNode } from '../common/targets.ts';

/** What the answers set. */
const IN_STEPS = { yes: 'expand_contract', no: 'big_bang' } as const;

/** The entity whose table takes longest to rewrite. */
interface Table { readonly entity: string; readonly rows: number; readonly seconds: number }

/** Of each database the table that takes longest to rewrite. */
function largestTables(doc: Design, facts: Facts): ReadonlyMap<string | null | undefined, Table> {
  const tables = new Map<string | null | undefined, Table>();
  for (const { id, home } of Object.values(doc.entities)) {
    const { rows, rewrite_s: seconds } = facts.evaluation.entities[id] ?? { rows: null, rewrite_s: null };
    if (rows === null || seconds === null) continue;
    const largest = tables.get(home);
    if (largest === undefined || seconds > largest.seconds || (seconds === largest.seconds && id < largest.entity)) tables.set(home, { entity: id, rows, seconds });
  }
  return tables;
}

function unitsOf(facts: Facts, { index }: NodeView): number {
  return nodeResults(facts)[index]?.units_scaled ?? 1;
}

/** Own code with old and new versions side by side while it is deployed. */
function overlaps(facts: Facts, view: NodeView): boolean {
  return 'deploy' in view.params.values && (view.params.values['deploy'] === 'rolling' || unitsOf(facts, view) > 1);
}

/** Components that query a database, each once. */
function callersOf(facts: Facts, store: NodeView): NodeView[] {
  const callers = new Distinct<NodeView>();
  for (const { kind, from } of liveEdgesInto(facts, store)) if (kind === 'db') callers.add(from);
  return callers.list;
}

/** Whether a journey through the database promises so much. */
function promises(facts: Facts, db: string, availability: number): boolean {
  const { journeys } = facts.evaluation;
  return journeysVisiting(facts, db).some((id) => (journeys[id]?.availability_target ?? 0) >= availability);
}

/** A schema change, and the table that it locks for too long. */
interface Change { readonly store: NodeView; readonly callers: readonly NodeView[]; readonly locked: Table | null; readonly severity: RuleReport['severity'] }

/** What is said of a schema that is changed all at once. */
function atOnce(facts: Facts, { store, callers, locked, severity }: Change): Omit<RuleReport, 'targets'> {
  const users = (): string => listOf(callers.filter((view) => overlaps(facts, view)).map(({ id }) => id));
  return {
    messageId: locked === null ? 'sideBySide' : 'locked', severity,
    data: () => ({ node: store.id, users: users(), ...(locked === null ? {} : { rows: locked.rows, entity: locked.entity, seconds: locked.seconds }) }),
    fixes: () => [fix('steps', `Change the schema of ${store.node.name} in steps`, setNodeParam(store.id, 'migration_strategy', 'expand_contract'))],
  };
}

/** A schema change that old and new code cannot both bear, or that several instances start at once. */
export const bigBangMigration = defineRule({
  id: 'big-bang-migration',
  meta: {
    title: 'Schema changes in steps',
    failureTitle: 'Schema changed all at once',
    axes: ['availability', 'consistency', 'isolation'],
    penalises: ['consistency'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'During a rolling deploy old and new code use one schema. A change that only one of them bears breaks the other, locks tables while it runs, and cannot be taken back. Instances that migrate when they start race each other.',
    tradeOff: 'Three to five small deploys over days instead of one, writes to both forms meanwhile, and checks that they agree.',
    whenNotToApply: 'Nobody uses it at night, the window is announced, and it is long enough.',
    sources: ['parallel-change', 'twelve-factor', 'ddia'],
    concepts: ['expand and contract', 'rolling deploy', 'admin processes'],
  },
  options: {
    // writes that stand longer than this are an outage to users
    lockS: 60,
    // 43 minutes a month are used up by one failed change
    availability: 0.999,
  },
  requires: ['nodes', 'journeys', 'entities'],
  messages: {
    sideBySide: '{node:name} changes its schema all at once while old and new code of {users:names} run side by side: one of them meets a schema that it does not know. Change it in steps: expand, move, contract.',
    locked: '{node:name} changes its schema all at once: rewriting {rows:count} rows of {entity:name} holds up writes for {seconds:s}. Change it in steps that old and new code both bear.',
    onStart: '{units:count} instances of {node:name} run the migrations of {store:name} when they start: they race, and a slow one keeps all from serving. Run them once, as a job.',
  },
  check: ({ doc, facts, options, report, ask, notApplicable }) => {
    const stores = liveNodesOfRole(facts, 'relational').filter(({ params }) => 'migration_strategy' in params.values);
    if (stores.length === 0) return notApplicable();
    const tables = largestTables(doc, facts);
    // alike in all that is said but what it is about: what is locked is critical
    const unstated = new Map<string, Change[]>();
    for (const store of stores) {
      const callers = callersOf(facts, store);
      const table = tables.get(store.id) ?? null;
      const locked = table !== null && table.seconds > options.lockS ? table : null;
      const severity = locked !== null || promises(facts, store.id, options.availability) ? 'critical' : 'major';
      const strategy = stateOf(store.params, 'migration_strategy');
      if (strategy !== 'yes' && callers.some((view) => overlaps(facts, view))) {
        const change = { store, callers, locked, severity } as const;
        if (strategy === 'unset') addTo(unstated, locked === null ? severity : 'locked', change);
        else report({ targets: [onNode(store)], ...atOnce(facts, change) });
      }
      for (const view of callers) {
        if (stateOf(view.params, 'migrate_on_start') !== 'yes' || unitsOf(facts, view) <= 1) continue;
        const add = store.in.some(({ kind }) => kind === 'migrate') ? [] : [addNode({ id: 'migrations', type: 'ci-migrations', name: 'Migrations' }, [{ to: store.id }])];
        report({
          targets: [onNode(view), onNode(store)], messageId: 'onStart', severity, data: { node: view.id, store: store.id, units: unitsOf(facts, view) },
          fixes: [fix('job', `Run the migrations of ${store.node.name} as a job`, setNodeParam(view.id, 'migrate_on_start', false), ...add)],
        });
      }
    }
    for (const about of unstated.values()) {
      ask({ about, targets: ({ store }) => [aboutNode(facts, store)], report: (change) => ({ ...atOnce(facts, change), question: askNode(facts, change.store, 'migration_strategy', IN_STEPS) }) });
    }
  },
  examples: {
    valid: [
      { title: 'in steps', design: threeBox({ db: { migration_strategy: 'expand_contract' } }) },
      { title: 'one instance, stopped before it changes', design: threeBox({ api: { instances: 1, deploy: 'recreate', migrate_on_start: true }, db: { migration_strategy: 'big_bang' } }) },
    ],
    invalid: [
      { title: 'all at once under a rolling deploy', design: threeBox({ db: { migration_strategy: 'big_bang' } }), expect: ['sideBySide'] },
      { title: 'a table of just over a minute', design: threeBox({ db: { migration_strategy: 'big_bang' } }, { entities: { orders: { home: 'db', initial_rows: 3_000_000, row_bytes: 1001 } } }), expect: ['locked'] },
      { title: 'a table of a minute', design: threeBox({ db: { migration_strategy: 'big_bang' } }, { entities: { orders: { home: 'db', initial_rows: 3_000_000, row_bytes: 1000 } } }), expect: ['sideBySide'] },
      { title: 'two instances migrate when they start', design: threeBox({ api: { migrate_on_start: true }, db: { migration_strategy: 'expand_contract' } }), expect: ['onStart'] },
      { title: 'not said', design: threeBox(), expect: ['sideBySide'] },
    ],
    notApplicable: [
      { title: 'no relational database', design: sketch({ nodes: { users: 'client', api: 'service', table: 'nosql' }, edges: ['users>api>table'] }) },
    ],
  },
});
