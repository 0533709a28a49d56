import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam, setNodeParams } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { aboutNode, liveEdgesInto, liveEdgesOutOf, liveNodes, onNode } from '../common/targets.ts';

/** Stores that can be restored to any second. */
const TO_A_POINT: ReadonlySet<string> = new Set(['relational', 'key-value', 'warehouse']);
/** Of an in-memory store: uses whose data are nowhere else. */
const LASTING: ReadonlySet<string> = new Set(['store', 'leaderboard']);
/** Of these only what is said to have its home there is the truth: they are mostly filled from elsewhere. */
const DERIVED: ReadonlySet<string> = new Set(['search', 'warehouse']);

/** The setting that decides what can be restored, or null where the component has none. */
function settingOf({ params: { values } }: NodeView): 'backup' | 'versioning' | null {
  return Object.hasOwn(values, 'backup') ? 'backup' : Object.hasOwn(values, 'versioning') ? 'versioning' : null;
}

/** The only place where some data are: nothing else can fill it again. */
function holdsTruth(facts: Facts, view: NodeView, homes: ReadonlySet<string>): boolean {
  const { behavior, id } = view;
  if (behavior.routing !== 'store' || behavior.role === 'cache' || settingOf(view) === null) return false;
  if (homes.has(id)) return true;
  if (DERIVED.has(behavior.role) || !((facts.evaluation.nodes[id]?.writes_rps ?? 0) > 0)) return false;
  const memory = behavior.resources.find((resource) => resource.kind === 'cache');
  if (memory?.kind === 'cache' && !memory.roles.some((role) => LASTING.has(role))) return false;
  return !liveEdgesInto(facts, view).some(({ kind }) => kind === 'replicate' || kind === 'consume');
}

/** Seconds that are gone after the worst loss. A daily copy cannot undo a wrong delete of the evening, however many standbys there are. */
function losesS({ behavior: { consistency }, params: { values } }: NodeView, toPoint_s: number): number {
  const interval = consistency?.backup_interval_s ?? 0;
  if (values['backup'] === 'daily') return interval;
  return Math.min(consistency?.loss_window_s ?? 0, interval, toPoint_s);
}

/** Some of it is kept in a second region. */
function leavesRegion(facts: Facts, view: NodeView): boolean {
  const regions = view.params.values['regions'];
  return (typeof regions === 'number' && regions > 1) || liveEdgesOutOf(facts, view).some(({ kind, to }) => kind === 'replicate' && to.region !== view.region);
}

function restoreFixes({ id, node: { name }, behavior }: NodeView): RuleFix[] {
  const value = TO_A_POINT.has(behavior.role) ? 'pitr' : 'daily';
  return [fix('backup', value === 'pitr' ? `Back up ${name} to a point in time` : `Back up ${name} every day`, setNodeParam(id, 'backup', value))];
}

function intervalFixes(view: NodeView, rpo: number, toPoint_s: number): RuleFix[] {
  const { id, node: { name }, behavior: { role, consistency } } = view;
  if (!TO_A_POINT.has(role)) return [];
  if (Math.min(consistency?.loss_window_s ?? 0, toPoint_s) <= rpo) return restoreFixes(view);
  return role === 'relational' ? [fix('standby', `Add a standby to ${name} that each commit waits for`, setNodeParams(id, { ha: 'multi_az', backup: 'pitr' }))] : [];
}

/** Two regions are a setting of this store. */
function regionFixes({ id, node: { name }, params: { values } }: NodeView): RuleFix[] {
  return values['engine'] === 'dynamodb' ? [fix('regions', `Keep ${name} in two regions`, setNodeParam(id, 'regions', 2))] : [];
}

/** Data that cannot be had back, or not enough of it, or not in time. */
export const noBackupRpo = defineRule({
  id: 'no-backup-rpo',
  meta: {
    title: 'Data can be restored as promised',
    failureTitle: 'Backups do not meet what is promised',
    axes: ['availability', 'consistency'],
    penalises: ['consistency'],
    severity: ['critical'],
    kind: 'structural',
    rationale: 'A copy that follows every change follows a wrong delete too. Only what was kept apart brings data back, only as new as it is, and only where it is.',
    tradeOff: 'Backups are paid by the gigabyte, and a restore that nobody has tried takes longer than anyone thought.',
    whenNotToApply: 'All of it can be made again from another store that is backed up, in the time that is allowed.',
    sources: ['aws-reliability-pillar', 'aws-rds-failover'],
    concepts: ['backup', 'recovery point objective', 'recovery time objective', 'disaster recovery'],
  },
  options: {
    // what point-in-time recovery of managed databases loses with the disk: logs are shipped every five minutes
    point_s: 300,
    // what a daily backup loses
    day_s: 86_400,
  },
  requires: ['nodes'],
  messages: {
    none: 'Nothing of {store:name} is backed up: a wrong delete is repeated by every copy, and what it held is gone. Back it up, and try the restore before it is needed.',
    versions: '{store:name} keeps no earlier versions: what is deleted or overwritten there is gone. Keep versions for as long as it takes to notice.',
    interval: 'After a loss {store:name} comes back without its last {loses_s:s}, and {rpo_s:s} are allowed. Back it up to a point in time, and let commits wait for a standby where even minutes are too much.',
    seldom: 'After a loss {store:name} comes back without its last {loses_s:s}, and {rpo_s:s} are allowed. It cannot be restored to a point in time: keep the truth in a store that can, and fill this one from it.',
    region: 'All of {store:name} is in one region, and service must be back {rto_s:s} after a region is lost: there would be nothing to start from. Keep a copy in a second region, and try to start from it.',
  },
  check: ({ facts, options, report, ask, notApplicable }) => {
    const { targets: { rpo_s, region_rto_s }, design } = facts.graph;
    const entities = Object.values(design.entities);
    const homes = new Set(entities.filter(({ durable_ack }) => durable_ack !== false).map(({ home }) => home));
    // what is acknowledged before it is safe may be lost: positions, counters, who is online
    const fleeting = new Set(entities.map(({ home }) => home).filter((home) => !homes.has(home)));
    const stores = liveNodes(facts).filter((view) => !fleeting.has(view.id) && holdsTruth(facts, view, homes));
    if (stores.length === 0) return notApplicable();
    const open = new Set(stores.filter((view) => settingOf(view) === 'backup' && stateOf(view.params, 'backup') === 'unset' && (rpo_s === null || losesS(view, options.point_s) <= rpo_s)));
    // one answer sets all that are asked about: to a point in time where all of them can. Where a day is too much, daily is a no
    const yes = [...open].every(({ behavior }) => TO_A_POINT.has(behavior.role)) ? 'pitr' : 'daily';
    const asked = rpo_s !== null && rpo_s < options.day_s ? { text: 'Is it backed up to a point in time?', yes, no: 'daily' } : { text: 'Is it backed up?', yes, no: 'none' };
    const unstated: NodeView[] = [];
    for (const view of stores) {
      const setting = settingOf(view) ?? 'backup';
      const state = stateOf(view.params, setting);
      const loses_s = losesS(view, options.point_s);
      if (setting === 'versioning' && state !== 'yes') {
        report({
          targets: [onNode(view)], severity: 'critical', messageId: 'versions', data: { store: view.id }, fixes: () => [fix('versions', `Keep versions in ${view.node.name}`, setNodeParam(view.id, 'versioning', true))],
          question: state === 'unset' ? askNode(facts, view, 'versioning') : undefined,
        });
      } else if (state === 'no') report({ targets: [onNode(view)], severity: 'critical', messageId: 'none', data: { store: view.id }, fixes: restoreFixes(view) });
      else if (rpo_s !== null && loses_s > rpo_s) report({ targets: [onNode(view)], severity: 'critical', messageId: TO_A_POINT.has(view.behavior.role) ? 'interval' : 'seldom', data: { store: view.id, loses_s, rpo_s }, fixes: intervalFixes(view, rpo_s, options.point_s) });
      else if (region_rto_s !== null && !leavesRegion(facts, view)) report({ targets: [onNode(view)], severity: 'critical', messageId: 'region', data: { store: view.id, rto_s: region_rto_s }, fixes: regionFixes(view) });
      else if (open.has(view)) unstated.push(view);
    }
    ask({
      about: unstated, targets: (view) => [aboutNode(facts, view)],
      report: (view) => ({ severity: 'critical', messageId: 'none', data: { store: view.id }, fixes: () => restoreFixes(view), question: askNode(facts, view, 'backup', asked) }),
    });
  },
  examples: {
    valid: [
      { title: 'to a point in time', design: threeBox({ db: { backup: 'pitr' } }) },
      { title: 'five minutes are allowed', design: threeBox({ db: { backup: 'pitr' } }, { targets: { rpo_s: 300 } }) },
      { title: 'nothing may be lost, and commits wait for a standby', design: threeBox({ db: { backup: 'pitr', ha: 'multi_az' } }, { targets: { rpo_s: 0 } }) },
      { title: 'every day is enough', design: threeBox({ db: { backup: 'daily' } }, { targets: { rpo_s: 86_400 } }) },
      { title: 'a table in two regions', design: sketch({ nodes: { users: 'client', api: 'service', items: ['nosql', { backup: 'pitr', regions: 2 }] }, edges: ['users>api>items'], targets: { region_rto_s: 3600 } }) },
      { title: 'an index that is filled from the database', design: sketch({ nodes: { users: 'client', api: 'service', db: ['rdbms', { backup: 'pitr' }], find: ['search', { backup: 'none' }] }, edges: ['users>api>db', 'api>find', ['db>find', {}, 'replicate']] }) },
    ],
    invalid: [
      { title: 'no backup', design: threeBox({ db: { backup: 'none', ha: 'multi_az' } }), expect: ['none'] },
      { title: 'it is not said', design: threeBox(), expect: ['none'] },
      { title: 'it is not said, and an hour is allowed', design: threeBox({}, { targets: { rpo_s: 3600 } }), expect: ['none'] },
      { title: 'a ranking that is nowhere else', design: sketch({ nodes: { users: 'client', api: 'service', ranks: ['redis', { roles: ['leaderboard'], backup: 'none' }] }, edges: ['users>api>ranks'] }), expect: ['none'] },
      { title: 'of two stores nothing is said', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', ranks: ['redis', { roles: ['store'] }] }, edges: ['users>api>db', 'api>ranks'] }), expect: ['none'] },
      { title: 'every day, and an hour is allowed', design: threeBox({ db: { backup: 'daily', ha: 'multi_az' } }, { targets: { rpo_s: 3600 } }), expect: ['interval'] },
      { title: 'a minute less than is lost', design: threeBox({}, { targets: { rpo_s: 240 } }), expect: ['interval'] },
      { title: 'an index that is the only home', design: sketch({ nodes: { users: 'client', api: 'service', find: 'search' }, edges: ['users>api>find'], entities: { page: { home: 'find' } }, targets: { rpo_s: 3600 } }), expect: ['seldom'] },
      { title: 'files without versions', design: sketch({ nodes: { users: 'client', api: 'service', files: ['object-store', { versioning: false }] }, edges: ['users>api>files'] }), expect: ['versions'] },
      { title: 'nothing is said about versions', design: sketch({ nodes: { users: 'client', api: 'service', files: 'object-store' }, edges: ['users>api>files'] }), expect: ['versions'] },
      { title: 'one region', design: threeBox({ db: { backup: 'pitr' } }, { targets: { region_rto_s: 3600 } }), expect: ['region'] },
      { title: 'a table in one region', design: sketch({ nodes: { users: 'client', api: 'service', items: ['nosql', { backup: 'pitr' }] }, edges: ['users>api>items'], targets: { region_rto_s: 3600 } }), expect: ['region'] },
    ],
    notApplicable: [
      { title: 'only a cache', design: sketch({ nodes: { users: 'client', api: 'service', cache: 'redis' }, edges: ['users>api>cache'] }) },
      { title: 'positions that may be lost', design: sketch({ nodes: { users: 'client', api: 'service', last: ['redis', { roles: ['store'], backup: 'none' }] }, edges: ['users>api>last'], entities: { position: { home: 'last', durable_ack: false } } }) },
      { title: 'sessions', design: sketch({ nodes: { users: 'client', api: 'service', sessions: ['redis', { roles: ['session'], backup: 'none' }] }, edges: ['users>api>sessions'] }) },
    ],
  },
});
