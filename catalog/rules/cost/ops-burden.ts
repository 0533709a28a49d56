import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import { sketch, type Sketch } from '../common/examples.ts';
import { fix, setNodeFields, setNodeParam } from '../common/fixes.ts';
import { liveEdgesOutOf, liveNodes, listOf, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

const burdenOf = ({ behavior }: NodeView): NodeView['behavior']['operations']['burden'] => behavior.operations.burden;
const technologyOf = ({ behavior }: NodeView): string => behavior.operations.technology;

/** Several machines that hold data together: quorums, failovers and upgrades one after another. */
function isCluster({ behavior }: NodeView): boolean {
  return behavior.failure.units > 1 || behavior.resources.some((resource) => (resource.kind === 'replicated-store' || resource.kind === 'cache') && resource.shards > 1);
}

/** What must be looked after; what holds data on machines of the team comes last, for it has a card of its own. */
function lookedAfter(nodes: readonly NodeView[]): NodeView[] {
  const heavy = (view: NodeView): number => (burdenOf(view) === 'self-hosted-stateful' ? 1 : 0);
  return nodes.filter((view) => burdenOf(view) !== 'none').sort((a, b) => heavy(a) - heavy(b) || byName(a, b));
}

function technologies(nodes: readonly NodeView[]): Set<string> {
  return new Set(nodes.map(technologyOf));
}

/** The line that weighs most. */
function heaviest(lines: Facts['evaluation']['burden']['lines']): string {
  return [...lines].sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1))[0]?.label ?? '';
}

/** Brokers that someone looks after and that hand all their messages to one group: what one of them does, another can. */
function workQueues(facts: Facts, nodes: readonly NodeView[]): NodeView[] {
  return nodes.filter((view) => {
    const broker = view.behavior.resources.find((resource) => resource.kind === 'message-broker');
    if (broker?.kind !== 'message-broker' || burdenOf(view) === 'serverless') return false;
    const groups = new Set<string>();
    for (const { kind, params, to } of liveEdgesOutOf(facts, view)) if (kind === 'consume' || kind === 'trigger') groups.add(params.values.group || (broker.default_group === 'shared' ? '' : to.id));
    return groups.size === 1;
  });
}

/** The engine that most of the data already uses. */
function commonEngine(databases: readonly NodeView[]): string {
  const count = new Map<string, number>();
  for (const view of databases) count.set(technologyOf(view), (count.get(technologyOf(view)) ?? 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] > b[0] ? -1 : 1))[0]?.[0] ?? '';
}

const CHOICES = { postgres: 'PostgreSQL', mysql: 'MySQL' } as const;
const own = { managed: false } as const;
const nine: Sketch = {
  nodes: { users: 'client', names: 'dns', pages: 'cdn', front: 'lb-managed', door: 'gateway-kong', api: 'service', db: 'rdbms', cache: 'redis', files: 'object-store', tasks: 'sqs', job: 'celery-worker', find: 'search' },
  edges: ['users>names>pages>front>door>api>db', 'api>cache', 'api>files', 'api>tasks>job', 'api>find'],
};
const eight: Sketch = { nodes: Object.fromEntries(Object.entries(nine.nodes).filter(([id]) => id !== 'find')), edges: nine.edges.filter((edge) => edge !== 'api>find') };
const stored = (node: Sketch['nodes'][string], eng: number): Sketch => ({ nodes: { users: 'client', api: 'service', db: node }, edges: ['users>api>db'], workload: { eng } });
const queues = (log: Sketch['edges']): Sketch => ({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', events: 'kafka', job: 'celery-worker', mail: 'celery-worker', search: 'faust-worker' }, edges: ['users>api>tasks>job', 'api>events>mail', ...log], workload: { eng: 20 } });

/** More to look after than the people there are can carry. */
export const opsBurden = defineRule({
  id: 'ops-burden',
  meta: {
    title: 'The team can look after what it runs',
    failureTitle: 'More to operate than the team can carry',
    axes: ['cost', 'availability'],
    penalises: [],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'Each technology wants upgrades, alarms, backups and someone who knows it at three at night. What nobody knows well fails longer. Clusters that hold data ask for most of it.',
    tradeOff: 'A managed service costs more than the machines, offers fewer settings and ties you to its provider. Fewer technologies means that some jobs are done by a tool that is not the best for them.',
    whenNotToApply: 'The people have run exactly this for years, or a platform team outside this drawing looks after it.',
    sources: ['taibi-smells', 'aws-well-architected'],
    concepts: ['operational overhead', 'managed service', 'small engineering teams', 'total cost of ownership'],
  },
  options: {
    // more than half of a dozen and a half to know for a small team (Taibi: too many standards)
    technologies: 8,
    smallTeam: 15,
    // an on-call rota for data needs about this many people
    dataTeam: 10,
    // one of a kind is enough
    alike: 1,
  },
  requires: ['nodes', 'journeys', 'burden'],
  messages: {
    budget: 'Running this takes about {index:number} full-time people; {budget:number} fit {engineers:count} engineers. The most of it is "{largest}". Let a provider run what holds data, and do with fewer technologies.',
    sprawl: '{count:count} technologies for {engineers:count} engineers: {nodes:names}. Each wants upgrades, alarms and someone who knows it; drop those that another one can replace.',
    cluster: '{engineers:count} engineers run the cluster {node:name} themselves: its upgrades, failovers and backups need people who know it day and night. Let a provider run it.',
    store: '{engineers:count} engineers run {node:name} themselves: upgrades, backups and failures of its machine are theirs. Let a provider run it.',
    queues: '{queues:names} each hand work to one group of consumers: one of them is enough. Two brokers are two things to upgrade, watch and understand.',
    engines: '{databases:names} run on {count:count} SQL engines that differ in upgrades, backups and tuning. Use one.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const engineers = doc.workload.eng ?? null;
    const tended = engineers === null ? [] : lookedAfter(liveNodes(facts));
    if (engineers === null || tended.length === 0) return notApplicable();
    const { index, budget, lines } = facts.evaluation.burden;
    const count = technologies(tended).size;
    const names = listOf(tended.map(({ id }) => id));
    if (budget !== null && index > budget) {
      report({ targets: tended.map(onNode), messageId: 'budget', severity: 'major', data: { index, budget, engineers, largest: heaviest(lines), technologies: count } });
    } else if (count > options.technologies && engineers < options.smallTeam) {
      report({ targets: tended.map(onNode), messageId: 'sprawl', severity: 'minor', data: { count, engineers, nodes: names } });
    }
    for (const view of engineers < options.dataTeam ? tended.filter((other) => burdenOf(other) === 'self-hosted-stateful') : []) {
      const cluster = isCluster(view);
      const hosted = 'hosting' in view.params.values;
      report({
        targets: [onNode(view)], messageId: cluster ? 'cluster' : 'store', severity: cluster ? 'major' : 'minor', data: { node: view.id, engineers },
        fixes: view.node.managed === false ? [fix('managed', `Let a provider run ${view.node.name}`, setNodeFields(view.id, { managed: true }), ...(hosted ? [setNodeParam(view.id, 'hosting', 'provider')] : []))] : [],
      });
    }
    const queues = workQueues(facts, tended).sort(byName);
    if (technologies(queues).size > options.alike) report({ targets: queues.map(onNode), messageId: 'queues', severity: 'minor', data: { queues: listOf(queues.map(({ id }) => id)) } });
    const databases = tended.filter(({ behavior }) => behavior.role === 'relational').sort(byName);
    if (technologies(databases).size <= options.alike) return;
    const engine = commonEngine(databases);
    const others = databases.filter((view) => technologyOf(view) !== engine);
    const title = Object.hasOwn(CHOICES, engine) ? CHOICES[engine as keyof typeof CHOICES] : null;
    report({
      targets: databases.map(onNode), messageId: 'engines', severity: 'minor', data: { databases: listOf(databases.map(({ id }) => id)), count: technologies(databases).size },
      fixes: title === null ? [] : [fix('engine', `Run ${others.length === 1 ? others[0]?.node.name : 'all of them'} on ${title} too`, ...others.map(({ id }) => setNodeParam(id, 'engine', engine)))],
    });
  },
  examples: {
    valid: [
      { title: 'eight technologies and fourteen engineers', design: sketch({ ...eight, workload: { eng: 14 } }) },
      { title: 'nine and fifteen', design: sketch({ ...nine, workload: { eng: 15 } }) },
      { title: 'a database of ten engineers', design: sketch({ ...stored(['rdbms', {}, own], 10), targets: { obi_budget: 2 } }) },
      { title: 'a log that two groups read', design: sketch(queues(['events>search'])) },
      { title: 'two databases on one engine', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', ledger: 'rdbms' }, edges: ['users>api>db', 'api>ledger'], workload: { eng: 10 } }) },
    ],
    invalid: [
      { title: 'just over the budget', design: sketch({ ...stored('rdbms', 10), targets: { obi_budget: 0.15 } }), expect: ['budget'] },
      { title: 'nine technologies and fourteen engineers', design: sketch({ ...nine, workload: { eng: 14 } }), expect: ['sprawl'] },
      { title: 'nine engineers with a cluster of their own', design: sketch({ ...stored(['rdbms', { ha: 'multi_az' }, own], 9), targets: { obi_budget: 2 } }), expect: ['cluster'] },
      { title: 'nine engineers with a database of their own', design: sketch({ ...stored(['rdbms', {}, own], 9), targets: { obi_budget: 2 } }), expect: ['store'] },
      { title: 'a queue and a log for the same kind of work', design: sketch(queues([])), expect: ['queues'] },
      { title: 'two engines', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms', ledger: ['rdbms', { engine: 'mysql' }] }, edges: ['users>api>db', 'api>ledger'], workload: { eng: 10 } }), expect: ['engines'] },
    ],
    notApplicable: [
      { title: 'nobody has said how many engineers there are', design: sketch(nine) },
      { title: 'nothing to look after', design: sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'], workload: { eng: 3 } }) },
    ],
  },
});
