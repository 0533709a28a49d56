import type { FunctionResource } from '../../../shared/contracts/behavior.ts';
import type { ResourceLoad, ResourceName, Severity } from '../../../shared/contracts/evaluation.ts';
import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { listOf, liveNodes, liveNodesHolding, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

/** A quota of the platform or of a third party that a component is measured against. */
interface Quota { readonly view: NodeView; readonly load: ResourceLoad }

/** Which resource of a component is somebody else's quota; none where the limit is one's own. */
function quotaResources({ behavior, params }: NodeView): readonly ResourceName[] {
  if (behavior.role === 'external') return ['quota'];
  if (behavior.operations.burden !== 'serverless') return [];
  if (behavior.role === 'gateway') return Object.hasOwn(params.values, 'throttle_rps') ? ['quota'] : [];
  if (behavior.role === 'function') return ['concurrency'];
  if (behavior.role === 'object-store' || behavior.role === 'key-value') return ['partitions'];
  return behavior.role === 'broker' ? ['throughput', 'concurrency'] : [];
}

/** The fullest quota of a component. A gateway's first limit is the account's, the second one of its own. */
function quotaOf(facts: Facts, view: NodeView): Quota | null {
  const names = quotaResources(view);
  if (names.length === 0) return null;
  const loads = (facts.evaluation.nodes[view.id]?.resources ?? []).filter(({ resource }) => names.includes(resource));
  const counted = view.behavior.role === 'gateway' ? loads.slice(0, 1) : loads;
  const [fullest] = sortFew([...counted], (a, b) => b.utilisation - a.utilisation);
  return fullest === undefined ? null : { view, load: fullest };
}

function functionOf({ behavior }: NodeView): FunctionResource | undefined {
  return behavior.resources.find((resource): resource is FunctionResource => resource.kind === 'function');
}

/** The quota that leaves the load below the mark, with two figures: quotas are asked for in round numbers. */
function enough(needed: number, near: number): number {
  const least = needed / near;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(least)) - 1);
  return Math.ceil(least / step) * step;
}

/** What can be set where the quota can be raised, spread or batched. */
function fixesFor({ view }: Quota, utilisation: number, near: number): RuleFix[] {
  const { id, node: { name }, params } = view;
  const raise = (key: string, title: string): RuleFix[] => {
    const limit = enough(utilisation * Number(params.values[key]), near);
    return [fix('raise', `${title} ${limit}`, setNodeParam(id, key, limit))];
  };
  const own = functionOf(view);
  if (own !== undefined) return own.reserved > 0 ? raise('reserved', `Reserve for ${name} a concurrency of`) : raise('account_limit', `Have the account limit of ${name} raised to`);
  if (view.behavior.role === 'gateway') return raise('throttle_rps', `Have the throttle of ${name} raised to`);
  if (Object.hasOwn(params.values, 'prefixes')) {
    const prefixes = Math.ceil((Number(params.values['prefixes']) * utilisation) / near) * 2;
    return [fix('prefixes', `Spread the objects of ${name} over ${prefixes} prefixes`, setNodeParam(id, 'prefixes', prefixes))];
  }
  return params.values['batched'] === false && utilisation / 10 <= near ? [fix('batch', `Send to ${name} in batches`, setNodeParam(id, 'batched', true))] : [];
}

/** Functions of one region that share the account's limit: more than one, none with concurrency of its own. */
function sharing(nodes: readonly NodeView[]): NodeView[][] {
  const regions = new Map<string, NodeView[]>();
  for (const view of nodes) {
    const own = functionOf(view);
    if (own !== undefined && own.reserved === 0) regions.set(view.region, [...(regions.get(view.region) ?? []), view]);
  }
  return [...regions.values()].filter((views) => views.length > 1).map((views) => sortFew([...views], byName));
}

interface Options { readonly near: number; readonly full: number }

function severityOf(utilisation: number, { near, full }: Options): Severity | null {
  return utilisation > full ? 'critical' : utilisation > near ? 'major' : null;
}

/** Called or filled by workers alone: a burst waits in their queue, and they take no more than they can. */
function buffered({ in: calls }: NodeView): boolean {
  return calls.length > 0 && calls.every(({ from, idleReason }) => idleReason !== null || from.behavior.role === 'worker');
}

/** Load that is close to, or beyond, what the platform or a third party accepts. */
export const serviceQuotaExceeded = defineRule({
  id: 'service-quota-exceeded',
  meta: {
    title: 'Quotas of the platform leave room',
    failureTitle: 'Quota is the limit',
    axes: ['scalability', 'availability'],
    penalises: [],
    severity: ['critical', 'major'],
    kind: 'metric',
    rationale: 'Beyond a quota requests are refused with 429 or 503 whatever stands behind it. The limit of functions is one for the whole account: one busy function stops the others.',
    tradeOff: 'A larger quota lets more through to the database behind it: look at its connections again. Buffering makes the work later.',
    whenNotToApply: 'The provider has already agreed to more than is set here, or the refused requests are sent again later by design.',
    sources: ['aws-lambda-scaling', 'aws-api-gateway-limits', 'aws-s3-performance', 'aws-sqs-quotas', 'aws-dynamodb-limits'],
    explains: ['station-overload'],
    concepts: ['serverless', 'service quotas', 'api gateway', 'object storage', 'managed queue'],
  },
  options: {
    // asking for a higher quota takes days: from here on there is no longer time enough
    near: 0.7,
    // everything beyond is refused
    full: 1,
  },
  requires: ['nodes'],
  messages: {
    quota: '{node:name} reaches {utilisation:utilisation} of its quota at the peak: beyond {capacity:rate} requests are refused, whatever stands behind it. Have the quota raised, spread the load or buffer it.',
    concurrency: '{node:name} needs {needed:count} environments at once, {utilisation:utilisation} of the {limit:count} it may have: beyond them calls are refused. Have the limit raised, shorten the work or buffer it.',
    account: '{functions:names} share one limit of {limit:count} environments and need {needed:count} together, {utilisation:utilisation}. Reserve a part for the important one and have the limit raised.',
    ramp: 'A burst of {factor:multiple} needs environments faster than the platform starts them: {refused:percent} of the calls to {node:name} are refused. Buffer them in a queue, or keep environments ready.',
  },
  check: ({ doc, facts, options, report, notApplicable }) => {
    const quotas = liveNodes(facts).map((view) => quotaOf(facts, view)).filter((found) => found !== null);
    if (quotas.length === 0) return notApplicable();
    const factor = doc.workload.burst?.factor ?? 1;
    for (const quota of quotas) {
      const { view, load } = quota;
      const utilisation = load.utilisation * (buffered(view) ? 1 : factor);
      const severity = severityOf(utilisation, options);
      const evidence = facts.evaluation.nodes[view.id]?.evidence ?? {};
      const own = functionOf(view);
      const common = { targets: [onNode(view)], data: { node: view.id, resource: load.resource, utilisation } };
      if (severity !== null) {
        const fixes = fixesFor(quota, utilisation, options.near);
        if (own !== undefined) report({ ...common, messageId: 'concurrency', severity, fixes, data: { ...common.data, needed: (evidence['concurrency'] ?? 0) * factor, limit: own.reserved > 0 ? own.reserved : own.account_limit } });
        else report({ ...common, messageId: 'quota', severity, fixes, data: { ...common.data, capacity: load.capacity_rps ?? 0 } });
      }
      const refused = evidence['burst_throttled_share'] ?? 0;
      if (refused > 0) report({ ...common, messageId: 'ramp', severity: 'critical', data: { ...common.data, factor, refused } });
    }
    for (const views of sharing(liveNodesHolding(facts, 'function'))) {
      const needed = views.reduce((sum, { id }) => sum + (facts.evaluation.nodes[id]?.evidence['concurrency'] ?? 0), 0) * factor;
      const limit = Math.max(...views.map((view) => functionOf(view)?.account_limit ?? 0));
      const severity = severityOf(needed / limit, options);
      if (severity === null) continue;
      const raised = enough(needed, options.near);
      report({
        targets: views.map(onNode), messageId: 'account', severity, data: { functions: listOf(views.map(({ id }) => id)), resource: 'concurrency', needed, limit, utilisation: needed / limit },
        fixes: [fix('raise-account', `Have the account limit raised to ${raised}`, ...views.map(({ id }) => setNodeParam(id, 'account_limit', raised)))],
      });
    }
  },
  examples: {
    valid: [
      { title: '69 % of the throttle', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: ['lambda', { cpu_ms: 1 }] }, edges: ['users>gateway>code'], workload: { peak_rps: 6900 } }) },
      { title: 'a limit of one’s own is not a quota', design: sketch({ nodes: { users: 'client', gateway: ['gateway-aws', { rate_limit: { enabled: true, rps: 90 } }], api: 'service' }, edges: ['users>gateway>api'] }) },
      { title: 'a burst that waits in a queue', design: sketch({ nodes: { users: 'client', api: 'service', queue: 'sqs', worker: 'celery-worker', pay: ['external-api', { quota_rps: 150 }] }, edges: ['users>api>queue>worker>pay'], workload: { read_fraction: 0, burst: { factor: 2, duration_s: 60 } } }) },
    ],
    invalid: [
      { title: '71 % of the throttle', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: ['lambda', { cpu_ms: 1 }] }, edges: ['users>gateway>code'], workload: { peak_rps: 7100 } }), expect: ['quota'] },
      { title: 'a burst over the provider’s quota', design: sketch({ nodes: { users: 'client', api: 'service', pay: ['external-api', { quota_rps: 150 }] }, edges: ['users>api>pay'], workload: { read_fraction: 0, burst: { factor: 2, duration_s: 60 } } }), expect: ['quota'] },
      { title: 'more environments than reserved', design: sketch({ nodes: { users: 'client', code: ['lambda', { memory_mb: 1769, reserved: 10, io_ms: 100 }] }, edges: ['users>code'] }), expect: ['concurrency'] },
      { title: 'two functions share the account', design: sketch({ nodes: { users: 'client', web: ['lambda', { memory_mb: 1769, cpu_ms: 4 }], media: ['lambda', { memory_mb: 1769, cpu_ms: 4 }] }, edges: ['users>web', 'users>media'], workload: { peak_rps: 180_000 } }), expect: ['account'] },
      { title: 'a burst faster than the ramp', design: sketch({ nodes: { users: 'client', code: ['lambda', { memory_mb: 1769, account_limit: 10_000, io_ms: 980 }] }, edges: ['users>code'], workload: { peak_rps: 500, burst: { factor: 10, duration_s: 5 } } }), expect: ['ramp'] },
      { title: 'uploads into one prefix', design: sketch({ nodes: { users: 'client', files: 'object-store' }, edges: [['users>files', { op: 'write' }]], workload: { peak_rps: 3000, read_fraction: 0 } }), expect: ['quota'] },
      { title: 'a FIFO queue without batches', design: sketch({ nodes: { users: 'client', api: 'service', queue: ['sqs', { variant: 'fifo' }], worker: 'celery-worker' }, edges: ['users>api>queue>worker'], workload: { peak_rps: 250, read_fraction: 0 } }), expect: ['quota'] },
    ],
    notApplicable: [
      { title: 'nothing that a provider limits', design: sketch({ nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api>db'] }) },
    ],
  },
});
