import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts } from '../../../shared/contracts/rule.ts';
import type { Design } from '../../../shared/model/design.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { journeysVisiting, liveNodes, onNode } from '../common/targets.ts';
import { isOfType } from '../common/views.ts';

/** Processor time that one journey asks of it, milliseconds. */
interface Use { readonly journey: string; readonly name: string; readonly cpu_ms: number }

/** What the journeys through a component ask of it, the lightest first. */
function usesOf(facts: Facts, view: NodeView): Use[] {
  const server = view.behavior.resources.find((resource) => resource.kind === 'process-server');
  if (server?.kind !== 'process-server') return [];
  const stated = new Map(facts.graph.journeys.map(({ id, demands }) => [id, demands]));
  const uses = journeysVisiting(facts, view.id).map((id): Use => ({ journey: id, name: facts.evaluation.journeys[id]?.name ?? '', cpu_ms: stated.get(id)?.[view.id]?.cpu_ms ?? server.demand.cpu_s * 1000 }));
  return uses.sort((a, b) => a.cpu_ms - b.cpu_ms || (a.name < b.name ? -1 : 1));
}

type Blast = Facts['evaluation']['blast'][number];

/** Bad deploys by the group that is released together. */
function badDeploys(facts: Facts): ReadonlyMap<string, Blast> {
  return new Map(facts.evaluation.blast.flatMap((unit) => (unit.kind === 'deploy' ? [[unit.target, unit] as const] : [])));
}

const shop = (app: NodeView['node']['params'], workload: Design['workload'], journeys: Design['journeys'] | Parameters<typeof sketch>[0]['journeys'] = {}): Design => sketch({ nodes: { users: 'client', app: ['monolith', app], db: 'rdbms' }, edges: ['users>app>db'], workload, journeys });
const heavy = (cpu_ms: number, rate_rps: number): Parameters<typeof sketch>[0]['journeys'] => ({
  list: { rate_rps: 100, entry: 'users', demands: { app: { cpu_ms: 5 } } }, report: { rate_rps, entry: 'users', demands: { app: { cpu_ms } } },
});

/** One application that too many people release, or in which one feature needs far more than the rest. */
export const monolithReleaseContention = defineRule({
  id: 'monolith-release-contention',
  meta: {
    title: 'An application is released by few teams',
    failureTitle: 'The monolith has become too much for one release',
    axes: ['isolation', 'scalability', 'cost'],
    penalises: [],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'All changes of all teams wait for one release, and a mistake in any of them reaches every request. A feature that computes a hundred times as much as the others makes all of them need large machines.',
    tradeOff: 'Each part that is taken out brings a call over the network, data that is a little old, tracing and one more thing to run. Take out one at a time: the busiest, or the one that changes most.',
    whenNotToApply: 'The modules inside have firm borders, releases are small and automatic, and no team waits for another.',
    sources: ['fowler-strangler', 'newman'],
    concepts: ['monolith', 'microservices', 'independent scaling', 'deployment flexibility', 'canary release', 'strangler fig'],
  },
  options: {
    // three teams of ten can still agree on one release
    engineers: 30,
    teams: 4,
    // a request that works twenty times as long as others decides how long those wait
    ratio: 20,
    // below that both kinds fit on the machines anyway
    busy: 0.6,
    // 200 deploys a year of which one in twenty goes wrong (evaluation 6.3)
    badDeploys: 10,
    // share of what matters that one bad deploy takes: all of it
    everything: 1,
  },
  requires: ['nodes', 'journeys', 'blast'],
  messages: {
    people: '{engineers:count} engineers release {app:name} as one: each change waits for all others, and a bad one reaches every request. Draw modules with firm borders, then take out the part that changes most.',
    teams: '{teams:count} teams release {app:name} as one: each change waits for all others, and a bad one reaches every request. Draw modules with firm borders, then take out the part that changes most.',
    deploys: 'About {bad_per_year:count} bad deploys a year of {app:name} take every request with them. Let a new version reach a small share of the traffic first, or take out the part that changes most.',
    mixed: 'In {app:name}, {heavy:name} takes {heavy_ms:ms} of processor time and {light:name} {light_ms:ms}; together they keep it {utilisation:utilisation} busy. Take the heavy one out, so that each grows with its own load.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const { eng = null, teams = null } = doc.workload;
    const people = eng !== null || teams !== null;
    const monoliths = people ? liveNodes(facts).filter((view) => view.behavior.role === 'compute' && isOfType(facts, view, 'monolith')) : [];
    if (monoliths.length === 0) return notApplicable();
    const bad = badDeploys(facts);
    for (const view of monoliths) {
      const common = { targets: [onNode(view)], data: { app: view.id } };
      if (teams !== null && teams >= options.teams) {
        report({ ...common, messageId: 'teams', severity: 'major', data: { ...common.data, teams } });
        continue;
      }
      if (eng !== null && eng > options.engineers) {
        report({ ...common, messageId: 'people', severity: 'major', data: { ...common.data, engineers: eng } });
        continue;
      }
      const deploys = bad.get(view.deployableGroup);
      if (deploys !== undefined && deploys.per_year > options.badDeploys && deploys.share_lost >= options.everything - 1e-9) {
        report({
          ...common, messageId: 'deploys', severity: 'major', data: { ...common.data, bad_per_year: deploys.per_year },
          fixes: [fix('canary', `Let a tenth of the traffic try new versions of ${view.node.name}`, setNodeParam(view.id, 'canary', 0.1))],
        });
        continue;
      }
      const busy = facts.evaluation.nodes[view.id]?.resources.find(({ resource }) => resource === 'cpu')?.utilisation ?? 0;
      if (busy <= options.busy) continue;
      const uses = usesOf(facts, view);
      const [light, most] = [uses[0], uses.at(-1)];
      if (light === undefined || most === undefined || most.cpu_ms <= options.ratio * light.cpu_ms) continue;
      report({ ...common, messageId: 'mixed', severity: 'minor', data: { ...common.data, light: light.journey, light_ms: light.cpu_ms, heavy: most.journey, heavy_ms: most.cpu_ms, utilisation: busy } });
    }
  },
  examples: {
    valid: [
      { title: 'thirty engineers in three teams', design: shop({}, { eng: 30, teams: 3 }) },
      { title: '200 deploys a year', design: shop({ deploys_per_year: 200 }, { eng: 10 }) },
      { title: 'many deploys, a quarter of the traffic first', design: shop({ deploys_per_year: 400, canary: 0.25 }, { eng: 10 }) },
      { title: 'a report that works twenty times as long', design: shop({}, { eng: 10 }, heavy(100, 20)) },
      { title: 'a rare report on idle machines', design: shop({}, { eng: 10 }, heavy(500, 1)) },
    ],
    invalid: [
      { title: '31 engineers', design: shop({}, { eng: 31 }), expect: ['people'] },
      { title: 'four teams', design: shop({}, { eng: 20, teams: 4 }), expect: ['teams'] },
      { title: '201 deploys a year', design: shop({ deploys_per_year: 201 }, { eng: 10 }), expect: ['deploys'] },
      { title: 'a report that works 21 times as long, on busy machines', design: shop({}, { eng: 10 }, heavy(105, 20)), expect: ['mixed'] },
    ],
    notApplicable: [
      { title: 'nobody has said how many people there are', design: shop({ deploys_per_year: 400 }, {}) },
      { title: 'services', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'], workload: { eng: 60, teams: 8 } }) },
    ],
  },
});
