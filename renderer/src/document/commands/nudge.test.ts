import { beforeEach, describe, expect, it } from 'vitest';
import { DesignBuilder } from '../../../../tests/support/design-builder.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { nudges } from './nudge.ts';

const press = (way: string): unknown => nudges.find((command) => command.id === `arrange.nudge-${way}`)?.perform();
const place = (id: string) => activeDocument()?.design.layout.nodes[id];

describe('nudging', () => {
  beforeEach(() => {
    const design = new DesignBuilder().client('c').service('api').build();
    const zone = { z: { id: 'z', kind: 'zone' as const, name: 'Zone a' } };
    const nodes = { ...design.nodes, api: { id: 'api', type: 'service', name: 'api', params: {}, boundary: 'z' } };
    const layout = { ...design.layout, nodes: { c: { x: 800, y: 0 }, api: { x: 40, y: 56 } }, boundaries: { z: { x: 0, y: 0, w: 400, h: 200 } } };
    useWorkspace.getState().open({ id: 'd', title: 'Drawing', design: { ...design, nodes, boundaries: zone, layout } });
  });

  it('moves by one step of the grid, and a run is one undo step', () => {
    useSession.getState().select({ node: ['c'] });
    press('right');
    press('right');
    press('down');
    expect(place('c')).toMatchObject({ x: 816, y: 8 });
    expect(activeDocument()?.past.length).toBe(1);
    useSession.getState().select({ node: ['api'] });
    press('left');
    expect(activeDocument()?.past.length).toBe(2);
    useWorkspace.getState().undo();
    useWorkspace.getState().undo();
    expect([place('c'), place('api')]).toMatchObject([{ x: 800, y: 0 }, { x: 40, y: 56 }]);
  });

  it('takes along what stands in a boundary', () => {
    useSession.getState().select({ boundary: ['z'], node: ['api'] });
    press('down');
    expect(place('api')).toMatchObject({ x: 40, y: 64 });
    expect(activeDocument()?.design.layout.boundaries['z']).toMatchObject({ x: 0, y: 8 });
    expect(activeDocument()?.design.nodes['api']?.boundary).toBe('z');
  });
});
