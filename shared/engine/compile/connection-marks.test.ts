import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import { compileDesign } from './compile.ts';
import { MARK, markConnections } from './connection-marks.ts';

/** Names of the marks of each component. */
function marksOf(drawn: DesignBuilder): Record<string, readonly string[]> {
  const { nodes, edges } = compileDesign(drawn.build(), catalog).graph;
  const marks = markConnections(nodes.length, edges);
  return Object.fromEntries(nodes.map(({ id, index }) => [id, Object.entries(MARK).filter(([, bit]) => ((marks[index] as number) & bit) !== 0).map(([name]) => name)]));
}

test('marks both ends of what somebody waits for, copies, deals out or limits', () => {
  const drawn = design().client('c').balancer('lb').service('a').service('b').rdbms('db').rdbms('copy').rabbitmq('q').celery('w');
  drawn.chain('c', 'lb', 'a', 'db', 'copy').connect('lb', 'b').connect('a', 'q').connect('q', 'w').connect('b', 'a', { blocking_driver: true });
  expect(marksOf(drawn)).toEqual({
    c: [], lb: ['called'], a: ['limits', 'called', 'dealtTo'], b: ['blocks', 'called', 'dealtTo'], db: ['called', 'copied'], copy: ['copied'], q: [], w: [],
  });
});

test('leaves out what carries nothing, but for the region that a splitter prefers', () => {
  const drawn = design().client('c').balancer('lb').service('a').service('b').chain('c', 'lb', 'a', 'b').connect('lb', 'b', { geo_policy: 'failover' }).connect('b', 'b', { bulkhead_slots: 4, blocking_driver: true });
  expect(marksOf(drawn)).toEqual({ c: [], lb: ['called', 'prefers'], a: ['called', 'dealtTo'], b: ['called', 'dealtTo'] });
});
