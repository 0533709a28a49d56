import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import type { Design } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { addNodeBetween, fix, freeId, redirectEdge, removeEdge } from '../common/fixes.ts';
import { edgeResults } from '../common/results.ts';
import { aboutNode, journeysOver, liveNodesOfRole, listOf } from '../common/targets.ts';
import { byName, ownCallers, type OwnCaller } from '../common/views.ts';

/** What is released together and uses one database. */
interface Party { readonly members: NodeView[]; readonly edges: EdgeView[]; named: boolean; writes: number }

/** The deployable groups of those who use a database, the one that writes most first. */
function partiesOf(results: ReturnType<typeof edgeResults>, users: readonly OwnCaller[]): Party[] {
  const byGroup = new Map<string, Party>();
  const found: Party[] = [];
  for (const { caller, edge } of users) {
    let party = byGroup.get(caller.deployableGroup);
    if (party === undefined) {
      party = { members: [caller], edges: [edge], named: false, writes: 0 };
      byGroup.set(caller.deployableGroup, party);
      found.push(party);
    } else {
      if (!party.members.includes(caller)) party.members.push(caller);
      party.edges.push(edge);
    }
    party.named ||= edge.params.values.entity !== '';
    party.writes += results[edge.index]?.writes_rps ?? 0;
  }
  for (const { members } of found) if (members.length > 1) sortFew(members, byName);
  return sortFew(found, (a, b) => b.writes - a.writes || byName(a.members[0] as NodeView, b.members[0] as NodeView));
}

/** Whether more than one team is named among some components. */
function areOfTeams(parties: readonly Party[]): boolean {
  let only: string | null = null;
  for (const { members } of parties) {
    for (const { node: { team } } of members) {
      if (!team || team === only) continue;
      if (only !== null) return true;
      only = team;
    }
  }
  return false;
}

/** Those who write, all of whom share it; all where at most one does. */
function sharersOf(parties: readonly Party[], owners: number): { readonly sharers: readonly Party[]; readonly several: boolean } {
  let writers = 0;
  // those that write stand first
  while (writers < parties.length && (parties[writers] as Party).writes > 0) writers += 1;
  const several = writers > owners;
  return { sharers: several && writers < parties.length ? parties.slice(0, writers) : parties, several };
}

/** A like database for one group: its connections end there instead. */
function withOwnDatabase(design: Design, database: NodeView, { edges: [first, ...others], members: [owner] }: Party): Design {
  const like = design.nodes[database.id];
  if (first === undefined || owner === undefined || like === undefined || !Object.hasOwn(design.edges, first.id)) return design;
  const id = freeId(design, `${owner.id}-${like.type}`);
  const fields = { ...(like.zone_spread === undefined ? {} : { zone_spread: like.zone_spread }), ...(like.managed === undefined ? {} : { managed: like.managed }) };
  const placed = addNodeBetween(first.id, { id, type: like.type, name: `${owner.node.name} database`, params: like.params, fields })(design);
  const onward = Object.values(placed.edges).find((edge) => edge.from === id);
  const alone = onward === undefined ? placed : removeEdge(onward.id)(placed);
  return others.reduce((current, edge) => redirectEdge(edge.id, { to: id })(current), alone);
}

/** Only where no connection says which data it uses: data that is named has one home, and moving it is a decision. */
function fixesFor(database: NodeView, parties: readonly Party[]): RuleFix[] {
  if (parties.some(({ named }) => named)) return [];
  const title = parties.length === 2 ? `Give ${parties[1]?.members[0]?.node.name ?? ''} a database of its own` : `Give each of the other ${parties.length - 1} a database of its own`;
  return [fix('own-database', title, (design) => parties.slice(1).reduce((current, party) => withOwnDatabase(current, database, party), design))];
}

/** One relational database used by several separately deployed parts. */
export const sharedDatabase = defineRule({
  id: 'shared-database',
  meta: {
    title: 'A database belongs to one service',
    failureTitle: 'Database shared by several services',
    axes: ['isolation', 'consistency', 'scalability'],
    penalises: ['isolation'],
    severity: ['critical', 'major'],
    kind: 'structural',
    rationale: 'A shared schema couples what is deployed apart: a change of one table needs all services to change together, a lock or a slow query of one holds the connections of the others, and a loss takes all of them.',
    tradeOff: 'Joins become calls or copies, data between services becomes eventually consistent, and each further database is paid for and looked after.',
    whenNotToApply: 'The services are released together by one team, each has its own schema and rights on a common server, or one of them only runs reports on a copy.',
    sources: ['taibi-smells', 'microservices-io', 'newman'],
    concepts: ['microservices', 'database per service', 'fault isolation', 'data consistency'],
  },
  options: {
    // one owner is the rule; the second is the first that couples
    owners: 1,
  },
  requires: ['nodes', 'edges'],
  messages: {
    written: '{services:names} write to {database:name}, {writes_rps:rate} together: a change of a table, a held lock or a full pool in one stops the others. Give each its own schema or database and share data by calls or events.',
    read: '{services:names} use {database:name} and one of them owns it: its tables cannot change without the others. Let the readers ask the owner, or keep a copy of their own.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const databases = liveNodesOfRole(facts, 'relational');
    if (databases.length === 0) return notApplicable();
    const results = edgeResults(facts);
    for (const database of databases) {
      if (database.in.length <= options.owners && database.in.every(({ from }) => from.behavior.failure.own_code)) continue;
      const users = ownCallers(database);
      const parties = partiesOf(results, users);
      if (parties.length <= options.owners) continue;
      const { sharers, several } = sharersOf(parties, options.owners);
      const services: NodeView[] = [];
      for (const { members } of sharers) services.push(...members);
      sortFew(services, byName);
      let writes_rps = 0;
      for (const { writes } of parties) writes_rps += writes;
      const targets = [aboutNode(facts, database)];
      for (const view of services) targets.push(aboutNode(facts, view));
      report({
        targets, messageId: several ? 'written' : 'read', severity: several && areOfTeams(sharers) ? 'critical' : 'major',
        data: { database: database.id, services: listOf(services.map(({ id }) => id)), writes_rps },
        fixes: fixesFor(database, parties), journeys: journeysOver(facts, users.map(({ edge }) => edge)),
      });
    }
  },
  examples: {
    valid: [
      { title: 'a database for each', design: sketch({ nodes: { users: 'client', orders: 'service', billing: 'service', db: 'rdbms', ledger: 'rdbms' }, edges: ['users>orders>db', 'users>billing>ledger'] }) },
      { title: 'a service and its own worker', design: sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker', db: 'rdbms' }, edges: ['users>api>db', 'api>tasks>worker>db'] }) },
      { title: 'two parts of one deployable group', design: sketch({ nodes: { users: 'client', web: ['service', {}, { deployable_group: 'shop' }], admin: ['service', {}, { deployable_group: 'shop' }], db: 'rdbms' }, edges: ['users>web>db', 'users>admin>db'] }) },
    ],
    invalid: [
      { title: 'two services write', design: sketch({ nodes: { users: 'client', orders: 'service', billing: 'service', db: 'rdbms' }, edges: ['users>orders>db', 'users>billing>db'] }), expect: ['written'] },
      { title: 'two teams write, through a pooler', design: sketch({ nodes: { users: 'client', orders: ['service', {}, { team: 'sales' }], billing: ['service', {}, { team: 'finance' }], stock: 'service', pool: 'pooler', db: 'rdbms' }, edges: ['users>orders>pool', 'users>billing>pool>db', 'users>stock>pool'] }), expect: ['written'] },
      { title: 'one writes, one reads', design: sketch({ nodes: { users: 'client', orders: 'service', reports: 'service', db: 'rdbms' }, edges: ['users>orders>db', 'users>reports', ['reports>db', { op: 'read' }]] }), expect: ['read'] },
    ],
    notApplicable: [
      { title: 'no relational database', design: sketch({ nodes: { users: 'client', orders: 'service', billing: 'service', items: 'nosql' }, edges: ['users>orders>items', 'users>billing>items'] }) },
    ],
  },
});
