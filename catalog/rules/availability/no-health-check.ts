import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type Facts, type RuleFix, type RuleReport } from '../../../shared/contracts/rule.ts';
import { sortFew } from '../../../shared/contracts/sort-few.ts';
import { Distinct } from '../common/distinct.ts';
import { sketch } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf } from '../common/practice.ts';
import { journeysDyingWith, listOf, liveEdgesOutOf, liveNodesHaving, onNode } from '../common/targets.ts';
import { byName } from '../common/views.ts';

interface Check { readonly interval_s: number; readonly threshold: number; readonly depth: 'shallow' | 'deep' }

/** What is set about checks; null when they are switched off. Unset: what is assumed. */
function checkOf({ behavior }: NodeView): Check | null {
  const balancer = behavior.resources.find((resource) => resource.kind === 'balancer');
  return balancer?.kind === 'balancer' ? balancer.health_check : null;
}

/** Sends to machines. */
function canCheck({ behavior }: NodeView): boolean {
  return behavior.resources.some(({ kind }) => kind === 'balancer');
}

/** Targets of which one can be taken out while others serve, with the number of machines to choose from. */
function choiceOf(facts: Facts, view: NodeView): { readonly targets: NodeView[]; readonly units: number } {
  const found = new Distinct<NodeView>();
  for (const { synchronous, to } of liveEdgesOutOf(facts, view)) {
    const { redundancy, regional } = to.behavior.failure;
    if (synchronous && redundancy === 'instance' && !regional) found.add(to);
  }
  const targets = sortFew(found.list, byName);
  const units = (target: NodeView): number => facts.evaluation.nodes[target.id]?.units_scaled ?? 1;
  const spared = targets.filter((target) => units(target) > 1 || (targets.length > 1 && journeysDyingWith(facts, target.id).length === 0));
  return { targets: spared, units: spared.reduce((sum, target) => sum + units(target), 0) };
}

/** Somebody chose the shallow check: the process answers while it can reach nothing. */
function choseShallow({ node, params }: NodeView): boolean {
  const stored = params.stated('health_check') ? node.params['health_check'] : null;
  return typeof stored === 'object' && stored !== null && 'depth' in stored && stored.depth === 'shallow';
}

function hardCalls(view: NodeView): NodeView[] {
  return sortFew([...new Set(view.out.filter(({ idleReason, synchronous, kind, params }) => idleReason === null && synchronous && kind !== 'lookup' && kind !== 'cache' && params.values.criticality === 'hard' && !params.values.fallback).map(({ to }) => to))], byName);
}

function stored({ params }: NodeView): Readonly<Record<string, unknown>> {
  const value = params.values['health_check'];
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

type Report = Pick<RuleReport, 'messageId' | 'severity' | 'fixes' | 'question'> & { readonly calls: readonly NodeView[] };

function judge(facts: Facts, view: NodeView, targets: readonly NodeView[], slow_s: number): Report | null {
  const check = checkOf(view);
  const state = stateOf(view.params, 'health_check');
  const { name } = view.node;
  if (state !== 'yes' || check === null) {
    const fixes = (): RuleFix[] => [fix('check', `Let ${name} check its targets`, setNodeParam(view.id, 'health_check', {}))];
    return { messageId: 'none', severity: 'major', fixes, calls: [], question: state === 'unset' ? askNode(facts, view, 'health_check') : undefined };
  }
  if (check.interval_s * check.threshold > slow_s) {
    return { messageId: 'slow', severity: 'major', calls: [], fixes: [fix('faster', `Let ${name} check every 10 s`, setNodeParam(view.id, 'health_check', { ...stored(view), interval_s: 10, threshold: Math.min(3, check.threshold), depth: 'deep' }))] };
  }
  const calls = choseShallow(view) ? [...new Set(targets.flatMap(hardCalls))] : [];
  if (calls.length === 0) return null;
  return { messageId: 'shallow', severity: 'minor', calls, fixes: [fix('deep', `Let ${name} check that its targets can work`, setNodeParam(view.id, 'health_check', { ...stored(view), depth: 'deep' }))] };
}

/** A balancer that keeps sending requests to what is dead. */
export const noHealthCheck = defineRule({
  id: 'no-health-check',
  meta: {
    title: 'Dead targets get no requests',
    failureTitle: 'Requests go on to dead instances',
    axes: ['availability'],
    penalises: [],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'A balancer that does not look goes on sending its share of the requests to an instance that is gone, until a person takes it out: one in n requests fails for as long as the repair takes, instead of for seconds.',
    tradeOff: 'A check that also tries shared dependencies may take all instances out at once when one of them fails: it must not look further than what a single instance can lose.',
    whenNotToApply: 'The callers notice by themselves and choose another target.',
    sources: ['sre-book', 'aws-builders-library', 'release-it'],
    concepts: ['health check', 'outlier ejection', 'connection draining'],
  },
  options: {
    // interval times failures until out: users give up after about half a minute
    slow_s: 30,
    // machines to choose from: with one there is none to send to instead
    units: 2,
  },
  requires: ['nodes', 'journeys'],
  messages: {
    none: '{balancer:name} does not check {targets:names}: when one of {units:count} instances dies, {share:percent} of the requests fail until somebody takes it out. Check each about every 10 s.',
    slow: '{balancer:name} takes a dead instance of {targets:names} out after {seconds_s:s}: until then {share:percent} of the requests fail. Check about every 10 s, and count up to three failures.',
    shallow: '{balancer:name} asks only whether {targets:names} answers: an instance that has lost its way to {calls:names} keeps its share of the requests. Let the check try what one instance alone can lose.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const balancers = liveNodesHaving(facts, 'health_check').filter(canCheck);
    let any = false;
    for (const view of balancers) {
      const { targets, units } = choiceOf(facts, view);
      if (units < options.units) continue;
      any = true;
      const found = judge(facts, view, targets, options.slow_s);
      if (found === null) continue;
      const check = checkOf(view);
      const { messageId, severity, fixes, question, calls } = found;
      report({
        targets: [onNode(view)], messageId, severity, fixes, question,
        data: () => ({ balancer: view.id, targets: listOf(targets.map(({ id }) => id)), calls: listOf(calls.map(({ id }) => id)), units, share: 1 / units, seconds_s: check === null ? 0 : check.interval_s * check.threshold }),
      });
    }
    if (!any) notApplicable();
  },
  examples: {
    valid: [
      { title: 'checked', design: balanced({ health_check: {} }) },
      { title: 'out within half a minute', design: balanced({ health_check: { interval_s: 15, threshold: 2 } }) },
      { title: 'the check goes deep', design: balanced({ health_check: { depth: 'deep' } }) },
    ],
    invalid: [
      { title: 'checks are switched off', design: balanced({ health_check: { enabled: false } }), expect: ['none'] },
      { title: 'nothing is said about checks', design: balanced({}), expect: ['none'] },
      { title: 'out after 31 seconds', design: balanced({ health_check: { interval_s: 31, threshold: 1 } }), expect: ['slow'] },
      { title: 'shallow by choice', design: balanced({ health_check: { depth: 'shallow' } }), expect: ['shallow'] },
      { title: 'slow and shallow', design: balanced({ health_check: { interval_s: 60, depth: 'shallow' } }), expect: ['slow'] },
      { title: 'two boxes of one instance each', design: sketch({ nodes: { users: 'client', front: ['nginx', { health_check: { enabled: false } }], left: ['service', { instances: 1 }], right: ['service', { instances: 1 }] }, edges: ['users>front>left', 'front>right'] }), expect: ['none'] },
    ],
    notApplicable: [
      { title: 'nothing to choose from', design: sketch({ nodes: { users: 'client', front: 'lb-managed', api: ['service', { instances: 1 }] }, edges: ['users>front>api'] }) },
      { title: 'functions look after themselves', design: sketch({ nodes: { users: 'client', gateway: 'gateway-aws', code: 'lambda' }, edges: ['users>gateway>code'] }) },
    ],
  },
});

/** A balancer before two instances with a database. */
function balanced(params: Readonly<Record<string, Readonly<Record<string, boolean | number | string>>>>) {
  return sketch({ nodes: { users: 'client', front: ['lb-managed', params], api: 'service', db: 'rdbms' }, edges: ['users>front>api>db'] });
}
