import { describe, expect, it } from 'vitest';
import type { CutSet, Evaluation, Finding } from '../../../../shared/contracts/evaluation.ts';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { highlightOf } from './highlight.ts';

const cut = (members: readonly string[], journeys: readonly string[]): CutSet => ({ members, probability: 0.1, journeys });

function evaluation(finding: Partial<Finding>, cuts: readonly CutSet[]): Evaluation {
  const whole = { key: 'f', rule: 'r', kind: 'finding', axes: ['availability'], targets: [{ kind: 'node', id: 'a' }], journeys: ['j'], ...finding };
  return { findings: [whole], cuts, journeys: {} } as unknown as Evaluation;
}

const design = emptyDesign('Sets');
for (const id of ['a', 'b', 'c']) design.nodes[id] = { id, type: 'service', name: id, params: {} };

describe('cut sets of a selected finding', () => {
  it('are numbered from the most probable, on every member, where they end an affected journey', () => {
    const cuts = [cut(['c'], ['j']), cut(['a'], ['other']), cut(['a'], ['j']), cut(['a', 'b'], ['j'])];
    const shown = highlightOf(design, evaluation({}, cuts), ['f']);
    expect([...(shown?.cuts ?? [])]).toEqual([['a', [1, 2]], ['b', [2]]]);
    expect(shown?.nodes.has('b')).toBe(true);
  });

  it('are not drawn for findings about anything else', () => {
    expect(highlightOf(design, evaluation({ axes: ['cost'] }, [cut(['a'], ['j'])]), ['f'])?.cuts.size).toBe(0);
  });
});
