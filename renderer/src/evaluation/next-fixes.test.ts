import { expect, test } from 'vitest';
import { emptyDesign } from '../../../shared/model/design.ts';
import { askInTurn, type NextFixes } from './next-fixes.ts';
import type { Answer, BreakFix } from './what-if.ts';

const point = (node: string, multiple: number) => ({ node, resource: 'cpu', multiple, rps: 100 * multiple }) as const;
const FIX: BreakFix = { title: 'Run 4 instances of api', multiple: 8, usd_month: 149 };

function asking() {
  const asked: { readonly node: string; readonly answer: Answer<BreakFix | null> }[] = [];
  const told: NextFixes[] = [];
  const stop = askInTurn({ nextFix: (_basis, { node }, answer) => void asked.push({ node, answer }), cancel: () => undefined }, emptyDesign(), [point('api', 4), point('db', 6)], (fixes) => told.push(fixes));
  return { asked, told, stop };
}

test('breaks are asked about one after the other, and each answer counts at once', () => {
  const { asked, told } = asking();
  expect(asked.map(({ node }) => node)).toEqual(['api']);
  asked[0]?.answer({ ok: true, value: FIX });
  expect(asked.map(({ node }) => node)).toEqual(['api', 'db']);
  asked[1]?.answer({ ok: false, error: 'This took too long.' });
  expect(told.map((fixes) => [...fixes])).toEqual([[['api', FIX]], [['api', FIX], ['db', null]]]);
});

test('who looks away is told nothing any more', () => {
  const { asked, told, stop } = asking();
  stop();
  asked[0]?.answer({ ok: true, value: FIX });
  expect([asked.length, told.length]).toEqual([1, 0]);
});
