import { expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import { evaluate } from '../../../../shared/engine/evaluate.ts';
import { groupFindings } from '../../evaluation/finding-cards.ts';
import { findingSource } from '../../evaluation/findings-view.ts';
import { keepCards, keepFindings, keepNames } from './kept.ts';

test('of a new answer only what changed is a new object', () => {
  const design = catalog.templates[0]?.design ?? expect.unreachable();
  const at = (multiple: number) => {
    const evaluation = evaluate(design, catalog, { multiple });
    return findingSource(design, { current: evaluation, base: evaluation }) ?? expect.unreachable();
  };
  const [before, same, other] = [at(1.1), at(1.1), at(3)];
  expect(keepFindings(before.findings, same.findings)).toBe(before.findings);
  expect(keepNames(before.journeys, same.journeys)).toBe(before.journeys);
  const kept = keepFindings(before.findings, other.findings);
  expect(kept).toEqual(other.findings);
  expect(kept.some((finding) => before.findings.includes(finding))).toBe(true);
  expect(kept.some((finding) => !before.findings.includes(finding))).toBe(true);
  const groups = groupFindings(before, 'severity', '');
  expect(keepCards(groups, groupFindings({ ...same, findings: before.findings, base: before.findings }, 'severity', '')).flatMap(({ cards }) => cards)).toSatisfy((cards: readonly unknown[]) => cards.every((card, index) => card === groups.flatMap((group) => group.cards)[index]));
});
