import { expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import type { Evaluation } from '../../../../shared/contracts/evaluation.ts';
import { firstToGo } from './use-example.ts';

const [template] = catalog.templates;
if (!template) throw new Error('no example');
const [first, second] = Object.values(template.design.nodes);
if (!first || !second) throw new Error('no parts');

function at(multiple: number, loads: readonly (number | null)[]): Evaluation {
  const nodes = Object.fromEntries([first, second].map((node, index) => [node?.id ?? '', { id: node?.id ?? '', utilisation: loads[index] ?? null }]));
  return { multiple, nodes } as unknown as Evaluation;
}
const breaks = [{ node: second.id, multiple: 1.2 }, { node: first.id, multiple: 1.1 }] as never;

test('the busiest part is named until one is saturated, then the one that was first', () => {
  expect(firstToGo(template.design, at(1, [0.2, 0.85]), { breaks })).toBe(`${second.name} is busiest, 85 %`);
  expect(firstToGo(template.design, at(3, [2, 3]), { breaks })).toBe(`${first.name} went first, at 1.1x`);
  expect(firstToGo(template.design, at(3, [2, 3]), null)).toContain(`${second.name} is busiest`);
  expect(firstToGo(template.design, at(1, [null, null]), null)).toBe('Nothing is loaded');
});
