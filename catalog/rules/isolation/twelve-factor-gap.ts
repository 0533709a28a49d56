import type { NodeView } from '../../../shared/contracts/graph-view.ts';
import { defineRule, type RuleReport } from '../../../shared/contracts/rule.ts';
import { sketch, threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { askNode, stateOf, type PracticeState } from '../common/practice.ts';
import { aboutNode, addTo, liveNodesHaving, onNode } from '../common/targets.ts';

/** Parameters of own code that decide here. */
interface Delivery { readonly startup_s: number; readonly deploys_per_year: number | null }

function deliveryOf({ params: { values } }: NodeView): Delivery {
  return { startup_s: (values['startup_s'] as number | undefined) ?? 0, deploys_per_year: (values['deploys_per_year'] as number | null | undefined) ?? null };
}

/** A practice of this rule, what it says when it is missing, and what then is to do. */
interface Gap { readonly param: string; readonly messageId: string; readonly severity: RuleReport['severity']; readonly title: (name: string) => string }

const SETTINGS: readonly Gap[] = [
  { param: 'tf_config_env', messageId: 'config', severity: 'minor', title: (name) => `Read the configuration of ${name} from the environment` },
  { param: 'tf_backing_urls', messageId: 'addresses', severity: 'minor', title: (name) => `Make the addresses that ${name} calls configuration` },
];

const ABRUPT: Gap = { param: 'tf_graceful', messageId: 'abrupt', severity: 'major', title: (name) => `Let ${name} finish its work before it stops` };

/** What is said where a practice is missing. */
function missing({ param, messageId, severity, title }: Gap, { id, node }: NodeView): Omit<RuleReport, 'targets'> {
  return { messageId, severity, data: { node: id }, fixes: () => [fix(messageId, title(node.name), setNodeParam(id, param, true))] };
}

/** Configuration in code, hard-coded addresses, processes that cannot be stopped or started at will. */
export const twelveFactorGap = defineRule({
  id: 'twelve-factor-gap',
  meta: {
    title: 'Processes are configurable and disposable',
    failureTitle: 'Twelve-Factor gap',
    axes: ['isolation', 'cost', 'availability'],
    penalises: ['isolation'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'With settings in the code one build cannot move from test to production, and a broken store cannot be swapped. A process that stops at once drops its requests with every deploy, and one that starts slowly comes too late to help.',
    tradeOff: 'Secrets and discovery need tooling, and a graceful stop makes deploys some seconds longer.',
    whenNotToApply: 'A program with one installation that nobody redeploys.',
    sources: ['twelve-factor', 'taibi-smells'],
    concepts: ['disposability', 'configuration in the environment', 'backing services'],
  },
  options: {
    // about one deploy a week: from then on every dropped request is a pattern
    deploysPerYear: 50,
    // slower than this, scaling answers a surge when it is over
    startupS: 60,
  },
  requires: ['nodes'],
  messages: {
    config: '{node:name} has its configuration in the code: each environment needs its own build, and a changed setting is a release. Read it from the environment.',
    addresses: '{node:name} has addresses of stores or services in the code: moving one is a release. Make them configuration.',
    abrupt: '{node:name} drops the requests it is working on when it is told to stop, and that happens often. Let it finish them and take no new ones.',
    slow: '{node:name} takes {startup:s} to start and scales with the load: new instances come too late for a surge. Start it in {limit:s}.',
  },
  check: ({ doc, facts, options, report, ask, notApplicable }) => {
    const code = liveNodesHaving(facts, 'tf_config_env');
    if (code.length === 0) return notApplicable();
    const asks = doc.settings.unstated !== 'assume_no';
    const unset = new Map<Gap, NodeView[]>();
    const check = (gap: Gap, view: NodeView): PracticeState => {
      const state = stateOf(view.params, gap.param);
      if (state === 'unset') addTo(unset, gap, view);
      else if (state === 'no') report({ targets: [onNode(view)], ...missing(gap, view) });
      return state;
    };
    for (const view of code) {
      const { startup_s, deploys_per_year } = deliveryOf(view);
      const scales = view.behavior.autoscale !== null;
      // one question at a time: the second when the first is answered
      for (const gap of SETTINGS) if (check(gap, view) === 'unset' && asks) break;
      if (scales || (deploys_per_year ?? 0) > options.deploysPerYear) check(ABRUPT, view);
      if (scales && startup_s > options.startupS) {
        report({ targets: [onNode(view)], messageId: 'slow', severity: 'minor', data: { node: view.id, startup: startup_s, limit: options.startupS }, fixes: [fix('start', `Start ${view.node.name} within ${options.startupS} s`, setNodeParam(view.id, 'startup_s', options.startupS))] });
      }
    }
    for (const [gap, about] of unset) ask({ about, targets: (view) => [aboutNode(facts, view)], report: (view) => ({ ...missing(gap, view), question: askNode(facts, view, gap.param) }) });
  },
  examples: {
    valid: [
      { title: 'all said', design: threeBox({ api: { tf_config_env: true, tf_backing_urls: true } }) },
      { title: 'a sudden stop, deployed once a week', design: threeBox({ api: { tf_config_env: true, tf_backing_urls: true, tf_graceful: false, deploys_per_year: 50 } }) },
      { title: 'starts in a minute and scales', design: threeBox({ api: { tf_config_env: true, tf_backing_urls: true, tf_graceful: true, startup_s: 60, autoscale: { min: 2, max: 6, target: 0.6 } } }) },
    ],
    invalid: [
      { title: 'settings in the code', design: threeBox({ api: { tf_config_env: false, tf_backing_urls: true } }), expect: ['config'] },
      { title: 'addresses in the code', design: threeBox({ api: { tf_config_env: true, tf_backing_urls: false } }), expect: ['addresses'] },
      { title: 'a sudden stop, deployed more than once a week', design: threeBox({ api: { tf_config_env: true, tf_backing_urls: true, tf_graceful: false, deploys_per_year: 51 } }), expect: ['abrupt'] },
      { title: 'starts slowly and scales', design: threeBox({ api: { tf_config_env: true, tf_backing_urls: true, tf_graceful: true, startup_s: 61, autoscale: { min: 2, max: 6, target: 0.6 } } }), expect: ['slow'] },
      { title: 'not said', design: threeBox({ api: { tf_backing_urls: true } }), expect: ['config'] },
    ],
    notApplicable: [
      { title: 'no own code', design: sketch({ nodes: { users: 'client', site: 'object-store' }, edges: ['users>site'] }) },
    ],
  },
});
