import { describe, expect, it } from 'vitest';
import { DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Design } from '../../../shared/model/design.ts';
import { findThings } from './find-things.ts';

function drawn(): Design {
  const design = new DesignBuilder().client('c').service('api').rdbms('db').redis('r').connect('c', 'api').build();
  return {
    ...design,
    nodes: { ...design.nodes, api: { id: 'api', type: 'service', name: 'Shortener API', params: {}, boundary: 'z' }, db: { id: 'db', type: 'rdbms', name: 'Links', params: {} } },
    boundaries: { z: { id: 'z', kind: 'zone', name: 'Zone a' } },
    notes: { t: { id: 't', text: 'Ask about retention\nand cost' } },
    journeys: { j: { id: 'j', name: 'Redirect', rate_rps: 1, entry: 'c' } },
  };
}

const ids = (text: string): readonly string[] => findThings(drawn(), text).map((hit) => hit.id);

describe('finding on the canvas', () => {
  it('finds by name, by type, by a vendor name, by boundary, by note and by journey', () => {
    expect(ids('short')).toEqual(['api']);
    expect(ids('relational')).toEqual(['db']);
    expect(ids('postgres')).toContain('db');
    expect(ids('zone')).toEqual(['z', 'api']);
    expect(ids('RETENTION')).toEqual(['t']);
    expect(ids('redirect')).toEqual(['j']);
    expect(ids('shortener service')).toEqual(['api']);
  });

  it('puts the whole name before its start, and names before other words', () => {
    const design = drawn();
    const more: Design = { ...design, nodes: { ...design.nodes, x: { id: 'x', type: 'service', name: 'Links cache', params: {} } } };
    expect(findThings(more, 'links').map((hit) => hit.id)).toEqual(['db', 'x']);
    expect(findThings(more, 'links')[0]).toMatchObject({ kind: 'node', name: 'Links', detail: expect.stringMatching(/database/i), where: null });
  });

  it('finds nothing for nothing', () => {
    expect(ids('  ')).toEqual([]);
    expect(ids('redsi')).toEqual([]);
  });
});
