import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import type { Thing } from '../canvas-ui.ts';
import { panInto } from './pan.ts';
import { endOfEdge, nextEdge, walkFrom, walkIn, walkOut, walkStart } from './scene-walk.ts';
import { neighbour, topLeft, type Direction, type Stop } from './walk.ts';

const DIRECTIONS = ['left', 'right', 'up', 'down'] as const satisfies readonly Direction[];
const stop = (key: string, x: number, y: number): Stop => ({ key, x, y });
const NONE = new Set<string>();

const scene = fc
  .array(fc.record({ x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -40, max: 40 }) }), { minLength: 1, maxLength: 14 })
  .map((places) => places.map(({ x, y }, index) => stop(`n${index}`, x * 8, y * 8)));

/** A drawing of boxes at places; each one after the first is connected with an earlier one, some with more. */
function connected(stops: readonly Stop[], links: readonly (readonly [number, number])[]): Design {
  const design = emptyDesign('Walk');
  stops.forEach((at, index) => {
    design.nodes[at.key] = { id: at.key, type: 'service', name: at.key, params: {} };
    design.layout.nodes[at.key] = { x: at.x, y: at.y };
    const parent = index === 0 ? -1 : (links[index]?.[0] ?? 0) % index;
    const [from, to] = (links[index]?.[1] ?? 0) % 2 === 0 ? [parent, index] : [index, parent];
    if (parent >= 0) design.edges[`e${index}`] = { id: `e${index}`, from: `n${from}`, to: `n${to}`, params: {} };
  });
  return design;
}

const links = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 14, maxLength: 14 });

/** Everywhere that keys lead from a thing in one press: arrows, Ctrl with right and left, and on a connection its ends and siblings. */
function presses(design: Design, at: Thing): readonly Thing[] {
  const edge = at.kind === 'edge';
  const walked = edge
    ? [endOfEdge(design, at.id, 'from'), endOfEdge(design, at.id, 'to'), nextEdge(design, at, 'out', 1), nextEdge(design, at, 'out', -1)]
    : DIRECTIONS.map((direction) => walkFrom(design, at, direction));
  return [...walked, nextEdge(design, at, 'out'), nextEdge(design, at, 'in')].filter((thing) => thing !== null);
}

describe('walking', () => {
  it('prefers what is connected within the cone, else takes the nearest', () => {
    const here = stop('here', 0, 0);
    const near = stop('near', 100, 10);
    const far = stop('far', 300, 200);
    const below = stop('below', 10, 400);
    const all = [here, near, far, below];
    expect(neighbour(here, all, 'right', NONE)).toBe('near');
    expect(neighbour(here, all, 'right', new Set(['far']))).toBe('far');
    expect(neighbour(here, all, 'right', new Set(['below']))).toBe('near');
    expect(neighbour(here, all, 'down', NONE)).toBe('below');
    expect(neighbour(here, all, 'left', NONE)).toBeNull();
    expect(neighbour(here, [here, stop('corner', 50, 50)], 'down', NONE)).toBe('corner');
    expect(topLeft(all)).toBe('here');
  });

  it('comes to an end: the same arrow never leads to a place twice, and somewhere it leads nowhere', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...DIRECTIONS), fc.array(fc.nat(13)), (stops, direction, some) => {
        const near = new Set(some.map((index) => `n${index}`));
        for (const start of stops) {
          const seen = new Set([start.key]);
          for (let at: Stop | undefined = start; at !== undefined; ) {
            const key = neighbour(at, stops, direction, near);
            if (key === null) break;
            expect(seen.has(key)).toBe(false);
            seen.add(key);
            at = stops.find((one) => one.key === key);
          }
        }
      }),
    );
  });

  it('does not depend on the order in which things are kept', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...DIRECTIONS), (stops, direction) => {
        for (const start of stops) expect(neighbour(start, [...stops].reverse(), direction, NONE)).toBe(neighbour(start, stops, direction, NONE));
        expect(topLeft([...stops].reverse())).toBe(topLeft(stops));
      }),
    );
  });

  it('moves from everything that is not alone, and in some direction back towards where it came from', () => {
    fc.assert(
      fc.property(scene, (stops) => {
        fc.pre(stops.length > 1);
        for (const start of stops) expect(DIRECTIONS.some((direction) => neighbour(start, stops, direction, NONE) !== null)).toBe(true);
        const back = { left: 'right', right: 'left', up: 'down', down: 'up' } as const;
        for (const start of stops) {
          for (const direction of DIRECTIONS) {
            const reached = stops.find((one) => one.key === neighbour(start, stops, direction, NONE));
            if (reached) expect(neighbour(reached, stops, back[direction], NONE)).not.toBeNull();
          }
        }
      }),
    );
  });

  it('reaches every component of a connected drawing from every other one, by arrows and Ctrl with arrows', () => {
    fc.assert(
      fc.property(scene, links, (stops, some) => {
        const design = connected(stops, some);
        for (const start of stops) {
          const seen = new Map<string, Thing>();
          const queue: Thing[] = [{ kind: 'node', id: start.key }];
          for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
            if (seen.has(`${at.kind} ${at.id}`)) continue;
            seen.set(`${at.kind} ${at.id}`, at);
            queue.push(...presses(design, at));
          }
          for (const other of stops) expect(seen.has(`node ${other.key}`)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('goes into and out of boundaries, and reaches an empty one from beside it', () => {
    const design = emptyDesign('Zones');
    design.nodes = { a: { id: 'a', type: 'service', name: 'a', params: {}, boundary: 'z' }, b: { id: 'b', type: 'service', name: 'b', params: {} } };
    design.boundaries = { z: { id: 'z', kind: 'zone', name: 'Zone a' }, e: { id: 'e', kind: 'zone', name: 'Empty' } };
    design.layout.nodes = { a: { x: 24, y: 48 }, b: { x: 400, y: 48 } };
    design.layout.boundaries = { z: { x: 0, y: 0, w: 240, h: 160 }, e: { x: 700, y: 0, w: 240, h: 160 } };
    expect(walkOut(design, { kind: 'node', id: 'a' })).toEqual({ kind: 'boundary', id: 'z' });
    expect(walkIn(design, { kind: 'boundary', id: 'z' })).toEqual({ kind: 'node', id: 'a' });
    expect(walkFrom(design, { kind: 'node', id: 'a' }, 'right')).toEqual({ kind: 'node', id: 'b' });
    expect(walkFrom(design, { kind: 'node', id: 'b' }, 'right')).toEqual({ kind: 'boundary', id: 'e' });
    expect(walkFrom(design, { kind: 'boundary', id: 'z' }, 'right')).toEqual({ kind: 'node', id: 'b' });
    expect(walkStart(design)).toEqual({ kind: 'node', id: 'a' });
  });
});

describe('bringing into view', () => {
  const view = { x: 0, y: 0, zoom: 1, width: 800, height: 600 };
  it('moves as little as needed and not at all for what can be seen', () => {
    expect(panInto({ left: 0, top: 0, right: 100, bottom: 100 }, view)).toBeNull();
    expect(panInto({ left: 900, top: 100, right: 1000, bottom: 200 }, view)).toEqual({ x: -232, y: 0 });
    expect(panInto({ left: -300, top: -50, right: -100, bottom: 20 }, view)).toEqual({ x: 332, y: 82 });
    expect(panInto({ left: -500, top: 0, right: 1500, bottom: 100 }, view)).toEqual({ x: -100, y: 0 });
  });
});
