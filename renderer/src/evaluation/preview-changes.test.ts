import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../shared/model/design.ts';
import { edit } from '../document/history.ts';
import { bringTo, changesBetween, drawnDesign } from './preview-changes.ts';

function design(change: Partial<Design>): Design {
  return { ...emptyDesign('Shop'), ...change };
}

const before = design({
  nodes: { api: { id: 'api', type: 'service', name: 'API', params: {} }, db: { id: 'db', type: 'rdbms', name: 'Database', params: { ha: 'single', roles: ['a', 'b'] } }, cache: { id: 'cache', type: 'redis', name: 'Cache', params: {} } },
  edges: { one: { id: 'one', from: 'api', to: 'db', params: {} }, two: { id: 'two', from: 'api', to: 'cache', params: {} } },
  layout: { nodes: { api: { x: 0, y: 0 }, db: { x: 300, y: 0 }, cache: { x: 300, y: 200 } }, boundaries: {}, notes: {}, edges: {} },
});
const { cache: _cache, ...nodes } = before.nodes;
const { two: _two, ...edges } = before.edges;
const after = design({
  nodes: { ...nodes, db: { id: 'db', type: 'rdbms', name: 'Database', params: { ha: 'multi_az', roles: ['a', 'b'] } }, pool: { id: 'pool', type: 'pooler', name: 'Pool', params: {} } },
  edges,
  layout: { nodes: { api: { x: 8, y: 0 }, db: { x: 300, y: 0 }, pool: { x: 150, y: 0 } }, boundaries: {}, notes: {}, edges: {} },
});

describe('changes of a preview', () => {
  it('tells added, removed and changed things; moving alone is no change', () => {
    const changes = changesBetween(before, after);
    expect(Object.fromEntries(changes.nodes)).toEqual({ db: 'change', cache: 'remove', pool: 'add' });
    expect(Object.fromEntries(changes.edges)).toEqual({ two: 'remove' });
  });

  it('draws what is lost where it stood', () => {
    const drawn = drawnDesign(before, after);
    expect(Object.keys(drawn.nodes).sort()).toEqual(['api', 'cache', 'db', 'pool']);
    expect(drawn.layout.nodes['cache']).toEqual({ x: 300, y: 200 });
    expect(drawn.nodes['db']).toBe(after.nodes['db']);
  });

  it('applies as one step that touches only what differs, and undoes to the same document', () => {
    const step = edit(before, 'Apply', (draft) => bringTo(draft, after));
    expect(step?.design).toEqual(after);
    expect(step?.design.nodes['api']).toBe(before.nodes['api']);
    expect(step?.entry.patches.every((patch) => String(patch.path[0]) !== 'workload')).toBe(true);
    expect(edit(after, 'Back', (draft) => bringTo(draft, before))?.design).toEqual(before);
    expect(edit(before, 'Nothing', (draft) => bringTo(draft, before))).toBeNull();
  });
});
