import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outerRect, type Point, type Polyline, type RouteBox, type RouteEdge } from './geometry.ts';
import { pullSegment } from './held.ts';
import { createRouter } from './router.ts';

const box = (id: string, x: number, y: number, plates = 0): RouteBox => ({ id, x, y, w: 184, h: 64, plates, tab: 0, obstacle: true });

function routed(boxes: readonly RouteBox[], edge: RouteEdge): Polyline {
  const router = createRouter();
  router.update(new Map(boxes.map((one) => [one.id, one])), new Map([[edge.id, edge]]));
  return router.route(edge.id) ?? [];
}

const edge = (held?: Polyline): RouteEdge => ({ id: 'e', from: 'a', to: 'b', ...(held ? { held } : {}) });

function onBorder(point: Point | undefined, of: RouteBox): boolean {
  const { left, top, right, bottom } = outerRect(of);
  if (!point || point.x < left || point.x > right || point.y < top || point.y > bottom) return false;
  return point.x === left || point.x === right || point.y === top || point.y === bottom;
}

const orthogonal = (points: Polyline): boolean => points.every((point, index) => {
  const before = points[index - 1];
  return !before || (before.x === point.x) !== (before.y === point.y);
});

const a = box('a', 0, 0);
const b = box('b', 400, 0);

describe('held routes', () => {
  it('pull a piece of a straight line aside, keep it there when an end moves, and let go of nothing else', () => {
    const bends = pullSegment(routed([a, b], edge()), 0, 99);
    expect(bends).toEqual([{ x: 200, y: 96 }, { x: 384, y: 96 }]);
    expect(routed([a, b], edge(bends))).toEqual([{ x: 184, y: 32 }, { x: 200, y: 32 }, { x: 200, y: 96 }, { x: 384, y: 96 }, { x: 384, y: 32 }, { x: 400, y: 32 }]);
    const moved = routed([a, box('b', 500, -200)], edge(bends));
    expect(moved.filter((point) => point.y === 96)).toHaveLength(2);
    expect(moved.at(-1)).toEqual({ x: 500, y: -168 });
  });

  it('pulled back onto the straight line hold nothing', () => {
    const bends = pullSegment(routed([a, b], edge()), 0, 96);
    const route = routed([a, b], edge(bends));
    expect(pullSegment(route, 2, 33)).toEqual([]);
  });

  it('run in the channel where the middle piece was pulled, whatever the ends do beside it', () => {
    const low = box('b', 400, 200);
    const route = routed([a, low], edge());
    expect(route).toHaveLength(4);
    const bends = pullSegment(route, 1, 340);
    expect(bends.map(({ x }) => x)).toEqual([344, 344]);
    for (const y of [-80, 40, 120]) expect(routed([box('a', 0, y), low], edge(bends)).slice(1, -1).every(({ x }) => x === 344)).toBe(true);
  });

  it('are let go where a component stands on them', () => {
    expect(routed([a, b], edge([{ x: 40, y: 20 }]))).toEqual(routed([a, b], edge()));
  });

  const coordinate = fc.integer({ min: -80, max: 80 }).map((value) => value * 8);
  const point = fc.record({ x: coordinate, y: coordinate });
  const apart = fc.tuple(point, point, fc.constantFrom(0, 4, 8)).map(([one, other, plates]) => [box('a', one.x, one.y, plates), box('b', other.x, other.y)] as const)
    .filter(([one, other]) => Math.abs(one.x - other.x) > 240 || Math.abs(one.y - other.y) > 120);

  it('stay horizontal and vertical, and end on the borders, for any bends in any file', () => {
    fc.assert(fc.property(apart, fc.array(point, { minLength: 1, maxLength: 6 }), ([from, to], held) => {
      const route = routed([from, to], edge(held));
      expect(route.length).toBeGreaterThan(1);
      expect(orthogonal(route)).toBe(true);
      expect(onBorder(route[0], from)).toBe(true);
      expect(onBorder(route.at(-1), to)).toBe(true);
    }), { numRuns: 500 });
  });

  it('take up what was pulled, and stay in form when pulled again and again', () => {
    fc.assert(fc.property(apart, fc.array(fc.tuple(fc.nat({ max: 8 }), coordinate), { minLength: 1, maxLength: 5 }), ([from, to], pulls) => {
      let route = routed([from, to], edge());
      for (const [which, at] of pulls) {
        const bends = pullSegment(route, which % (route.length - 1), at);
        expect(orthogonal(bends)).toBe(true);
        route = routed([from, to], edge(bends.length > 0 ? bends : undefined));
        expect(orthogonal(route) && onBorder(route[0], from) && onBorder(route.at(-1), to)).toBe(true);
      }
    }), { numRuns: 300 });
  });

  it('are carried when both ends are dragged', () => {
    const held = [{ x: 200, y: 96 }, { x: 384, y: 96 }];
    const router = createRouter();
    const boxes = new Map([a, b].map((one) => [one.id, one]));
    router.update(boxes, new Map([['e', edge(held)]]));
    router.route('e');
    const dragged = router.follow(new Map([['a', { ...a, y: 80 }], ['b', { ...b, y: 80 }]])).get('e') ?? [];
    expect(dragged).toEqual((router.routes.get('e') ?? []).map(({ x, y }) => ({ x, y: y + 80 })));
  });
});
