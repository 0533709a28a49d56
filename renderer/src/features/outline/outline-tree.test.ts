import { describe, expect, it } from 'vitest';
import { DesignBuilder } from '../../../../tests/support/design-builder.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { outlineRows, treeStep, typedLine } from './outline-tree.ts';

function drawn(): Design {
  const design = new DesignBuilder().client('c').service('api').rdbms('db').build();
  const inZone = (id: string) => ({ ...design.nodes[id]!, boundary: 'z' });
  return {
    ...design,
    nodes: { ...design.nodes, api: inZone('api'), db: inZone('db') },
    boundaries: { r: { id: 'r', kind: 'region', name: 'Region' }, z: { id: 'z', kind: 'zone', name: 'Zone a', parent: 'r' }, loop: { id: 'loop', kind: 'group', name: 'Loop', parent: 'loop' } },
    notes: { t: { id: 't', text: 'Ask\nmore', boundary: 'gone' } },
  };
}

const lines = (closed: readonly string[] = []) => outlineRows(drawn(), null, 'boundary', new Set(closed));

describe('outline', () => {
  it('lists everything once, in its boundary, whatever the file says about parents', () => {
    expect(lines().map((row) => `${row.level} ${row.name}`)).toEqual(['1 Region', '2 Zone a', '3 api', '3 db', '1 Loop', '1 c', '1 Ask']);
    expect(lines().map((row) => [row.position, row.siblings])).toEqual([[1, 4], [1, 1], [1, 2], [2, 2], [2, 4], [3, 4], [4, 4]]);
    expect(lines(['boundary:r/boundary:z']).map((row) => row.name)).toEqual(['Region', 'Zone a', 'Loop', 'c', 'Ask']);
  });

  it('walks as a tree does', () => {
    const rows = lines();
    expect(treeStep(rows, 0, 'ArrowRight')).toEqual({ to: 1 });
    expect(treeStep(rows, 0, 'ArrowLeft')).toEqual({ open: false });
    expect(treeStep(rows, 3, 'ArrowLeft')).toEqual({ to: 1 });
    expect(treeStep(rows, 5, 'ArrowLeft')).toBeNull();
    expect(treeStep(rows, 6, 'ArrowDown')).toEqual({ to: 6 });
    expect(treeStep(rows, 3, 'Home')).toEqual({ to: 0 });
    expect(treeStep(rows, 3, 'End')).toEqual({ to: 6 });
    expect(treeStep(lines(['boundary:r']), 0, 'ArrowRight')).toEqual({ open: true });
  });

  it('goes to a name that is typed', () => {
    const rows = lines();
    expect(typedLine(rows, 0, 'd')).toBe(3);
    expect(typedLine(rows, 2, 'ap')).toBe(2);
    expect(typedLine(rows, 2, 'a')).toBe(6);
    expect(typedLine(rows, 0, 'x')).toBeNull();
  });
});
