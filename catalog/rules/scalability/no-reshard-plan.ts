import { defineRule } from '../../../shared/contracts/rule.ts';
import { threeBox } from '../common/examples.ts';
import { fix, setNodeParam } from '../common/fixes.ts';
import { liveNodesHolding, onNode } from '../common/targets.ts';
import { resourceOf } from '../common/views.ts';

/** Rows that find their shard by the remainder of a division: a further shard moves almost all of them. */
export const noReshardPlan = defineRule({
  id: 'no-reshard-plan',
  meta: {
    title: 'A shard can be added',
    failureTitle: 'Another shard would move almost all rows',
    axes: ['scalability', 'cost'],
    penalises: ['scalability'],
    severity: ['major', 'minor'],
    kind: 'structural',
    rationale: 'With the key modulo the number of shards nearly every row belongs elsewhere when the number changes. With many small slots that are dealt to the shards only the slots of the new one move, a few at a time.',
    tradeOff: 'The table of slots must be kept somewhere, known to all callers, and changed with care.',
    whenNotToApply: 'The number of shards will never change, or the rows live so short that new ones can be placed anew and the old ones left to expire.',
    sources: ['redis-cluster', 'karger'],
    concepts: ['sharding', 'consistent hashing', 'resharding'],
  },
  options: {
    // the horizon within which moving the rows must be prepared now
    months: 24,
  },
  requires: ['nodes'],
  messages: {
    soon: '{store:name} is full at {headroom:multiple} of this load even on the largest machines, and {growth:multiple} is wanted in {months:count} months: a further shard moves {moved:percent} of its rows. Deal many small slots to the {shards:count} shards, then it moves {slots:percent}.',
    fixed: 'A further shard of {store:name} moves {moved:percent} of its rows, because the key modulo {shards:count} decides where they are. Deal many small slots to the shards, then it moves {slots:percent}.',
  },
  check: ({ facts, options, report, notApplicable }) => {
    const { growth_target, growth_months } = facts.graph.workload;
    // what of the growth falls into the horizon, when it comes at an even pace
    const growth = growth_target ** Math.min(1, options.months / growth_months);
    let any = false;
    for (const view of liveNodesHolding(facts, 'replicated-store')) {
      const store = resourceOf(view, 'replicated-store');
      if (store === null || store.shards <= 1) continue;
      any = true;
      if (store.placement !== 'modulo') continue;
      const { grown_headroom: headroom = growth, moved_by_modulo: moved = 0, moved_by_slots: slots = 0 } = facts.evaluation.nodes[view.id]?.evidence ?? {};
      const soon = headroom < growth;
      report({
        targets: [onNode(view)], messageId: soon ? 'soon' : 'fixed', severity: soon ? 'major' : 'minor',
        data: { store: view.id, shards: store.shards, moved, slots, growth, headroom, months: Math.min(options.months, growth_months) },
        fixes: [fix('slots', `Place the rows of ${view.node.name} by hash slots`, setNodeParam(view.id, 'placement', 'slots'))],
      });
    }
    if (!any) notApplicable();
  },
  examples: {
    valid: [
      { title: 'slots', design: threeBox({ db: { shards: 4 } }) },
      { title: 'by region', design: threeBox({ db: { shards: 4, placement: 'geo' } }) },
    ],
    invalid: [
      { title: 'larger machines are enough for the growth', design: threeBox({ db: { shards: 4, placement: 'modulo' } }), expect: ['fixed'] },
      { title: 'the growth needs more shards', design: threeBox({ api: { instances: 40 }, db: { shards: 4, placement: 'modulo', max_vcpu: 2 } }, { workload: { peak_rps: 12_000 } }), expect: ['soon'] },
      { title: 'the same growth, much later', design: threeBox({ api: { instances: 40 }, db: { shards: 4, placement: 'modulo', max_vcpu: 2 } }, { workload: { peak_rps: 12_000, growth_months: 120 } }), expect: ['fixed'] },
    ],
    notApplicable: [
      { title: 'one database', design: threeBox({ db: { placement: 'modulo' } }) },
    ],
  },
});
