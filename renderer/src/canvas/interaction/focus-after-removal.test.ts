import { expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { addNode, connect } from '../../document/edits/add.ts';
import { removeObjects, type ObjectSet } from '../../document/edits/remove.ts';
import { edit } from '../../document/history.ts';
import { exists, nearestLeft } from './focus-after-removal.ts';

const changed = (design: Design, recipe: (draft: Design) => void): Design => edit(design, 'change', recipe)?.design ?? design;
const drawn = changed(emptyDesign(), (draft) => {
  ['a', 'b', 'c', 'd'].forEach((id, index) => addNode(draft, { id, type: 'service', name: id, at: { x: index * 272, y: 0 } }));
  connect(draft, { id: 'ad', from: 'a', to: 'd' });
});
const without = (objects: ObjectSet): Design => changed(drawn, (draft) => removeObjects(draft, objects));

it('goes to what it was connected with, else to the nearest one, else nowhere', () => {
  expect(nearestLeft(drawn, without({ node: ['d'] }), { kind: 'node', id: 'd' })).toEqual({ kind: 'node', id: 'a' });
  expect(nearestLeft(drawn, without({ node: ['a', 'd'] }), { kind: 'node', id: 'd' })).toEqual({ kind: 'node', id: 'c' });
  expect(nearestLeft(drawn, without({ edge: ['ad'] }), { kind: 'edge', id: 'ad' })).toEqual({ kind: 'node', id: 'a' });
  expect(nearestLeft(drawn, without({ node: ['a', 'b', 'c', 'd'] }), { kind: 'node', id: 'b' })).toBeNull();
  expect([exists(drawn, { kind: 'edge', id: 'ad' }), exists(without({ node: ['a'] }), { kind: 'edge', id: 'ad' })]).toEqual([true, false]);
});
