import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { EdgeFacts } from '../types.ts';
import { bothWays, confirmTime, requestSize, responseSize, wayBack } from './call-costs.ts';
import { compileDesign } from './compile.ts';

const drawn = design().client('c').service('a').service('b').rabbitmq('q').celery('w').workload({ payload_in_kb: 3, payload_out_kb: 30 });
drawn.connect('c', 'a').connect('a', 'b').connect('a', 'q', { payload_kb: 7 }).connect('b', 'q', { payload_kb: 7, request_reply: true, confirm: false }).connect('q', 'w', { payload_kb: 7 });
const compiled = compileDesign(drawn.build(), catalog);
const at = (id: string): EdgeFacts => compiled.edges[compiled.graph.edgeById.get(id)?.index ?? -1] as EdgeFacts;
const sizes = (id: string): readonly number[] => [requestSize(at(id).view, compiled.workload), responseSize(at(id).view, compiled.workload), at(id).kb];

test('a client sends and gets what the workload says, all others 2 KB, messages their own size one way', () => {
  expect(sizes('c>a')).toEqual([3, 30, 33]);
  expect(sizes('a>b')).toEqual([2, 2, 4]);
  expect(sizes('a>q')).toEqual([7, 0, 7]);
  expect(sizes('b>q')).toEqual([7, 7, 14]);
  expect(sizes('q>w')).toEqual([7, 0, 7]);
});

test('a step may answer with more, and a message sent back is the answer alone', () => {
  const step = { edge: 'c>a', response_kb: 100 };
  expect([bothWays(at('c>a'), null, compiled), bothWays(at('c>a'), step, compiled)]).toEqual([33, 103]);
  expect([wayBack(at('c>a'), null, compiled), wayBack(at('c>a'), step, compiled)]).toEqual([30, 100]);
});

test('only a publisher that waits for its broker is held up', () => {
  expect(confirmTime(at('a>q'), compiled)).toBeGreaterThan(0);
  for (const id of ['b>q', 'q>w', 'a>b']) expect(confirmTime(at(id), compiled)).toBe(0);
});
