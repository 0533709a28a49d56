import { expect, it } from 'vitest';
import type { DesignNode } from '../model/design.ts';
import { TEAM_FRAME, teamFrames } from './team-frames.ts';

const at = (x: number, y: number) => ({ left: x, top: y, right: x + 184, bottom: y + 64 });

function frames(nodes: Readonly<Record<string, { readonly team: string | null; readonly x: number; readonly y: number }>>) {
  const drawn = Object.fromEntries(Object.entries(nodes).map(([id, { team }]): [string, DesignNode] => [id, { id, type: 'service', name: id, params: {}, team }]));
  return teamFrames({ nodes: drawn }, (id) => (nodes[id] ? at(nodes[id].x, nodes[id].y) : null));
}

it('a frame holds the components of its team, with room for their tabs and the name', () => {
  const [frame, ...rest] = frames({ a: { team: 'Orders', x: 0, y: 0 }, b: { team: ' Orders ', x: 272, y: 0 }, c: { team: null, x: 800, y: 0 } });
  expect(rest).toEqual([]);
  expect(frame).toEqual({ team: 'Orders', nodes: ['a', 'b'], rect: { left: -TEAM_FRAME.side, top: -TEAM_FRAME.top, right: 456 + TEAM_FRAME.side, bottom: 64 + TEAM_FRAME.side } });
});

it('never around a component of somebody else: the team then has two frames', () => {
  const all = frames({ a: { team: 'Orders', x: 0, y: 0 }, other: { team: 'Stock', x: 272, y: 0 }, b: { team: 'Orders', x: 544, y: 0 }, c: { team: 'Orders', x: 544, y: 136 } });
  expect(all.map(({ team, nodes }) => [team, nodes])).toEqual([['Orders', ['a']], ['Orders', ['b', 'c']], ['Stock', ['other']]]);
});

it('nothing without teams', () => {
  expect(frames({ a: { team: null, x: 0, y: 0 }, b: { team: '  ', x: 0, y: 200 } })).toEqual([]);
});
