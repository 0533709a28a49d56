import { describe, expect, it } from 'vitest';
import { bodyRects, boundsOf, obstacleRect, PARALLEL_GAP, PORT_GAP, segmentHitsRect, type RouteBox, type RouteEdge } from './geometry.ts';
import { lineWidth, pathData } from './path.ts';
import { placeFullLabel, placeLabels } from './labels.ts';
import { assignPorts, chooseSides } from './ports.ts';
import { routeSteps } from './route-all.ts';
import { createRouter } from './router.ts';
import { segmentsOf } from './spatial-index.ts';

function box(id: string, x: number, y: number, change: Partial<RouteBox> = {}): RouteBox {
  return { id, x, y, w: 184, h: 64, plates: 0, tab: 0, obstacle: true, ...change };
}

function scene(boxes: readonly RouteBox[], edges: readonly (readonly [string, string])[]) {
  const edgeMap = new Map<string, RouteEdge>(edges.map(([from, to], index) => [`e${index}`, { id: `e${index}`, from, to }]));
  const boxMap = new Map(boxes.map((item) => [item.id, item]));
  const router = createRouter();
  const steps = routeSteps(router, new Set(router.update(boxMap, edgeMap)));
  while (!steps.next().done);
  return { router, boxMap, edgeMap };
}

/** A column layout with a seeded scatter, as a person draws. */
function crowd(columns: number, rows: number) {
  let seed = 7;
  const random = (): number => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const boxes: RouteBox[] = [];
  for (let c = 0; c < columns; c += 1) for (let r = 0; r < rows; r += 1) boxes.push(box(`n${c}_${r}`, c * 272, r * 112 + (c % 2) * 40, { plates: r % 3 === 0 ? 8 : 0, tab: r % 3 === 0 ? 28 : 0 }));
  const edges: (readonly [string, string])[] = [];
  for (let c = 0; c + 1 < columns; c += 1) for (let r = 0; r < rows; r += 1) {
    edges.push([`n${c}_${r}`, `n${c + 1}_${Math.floor(random() * rows)}`]);
    if (random() > 0.5 && c + 2 < columns) edges.push([`n${c}_${r}`, `n${c + 2}_${Math.floor(random() * rows)}`]);
  }
  return { boxes, edges };
}

describe('sides and ports', () => {
  it('leaves right and enters left, turns for a target behind, goes down for a steep one', () => {
    expect(chooseSides(box('a', 0, 0), box('b', 300, 80))).toEqual(['right', 'left']);
    expect(chooseSides(box('a', 300, 0), box('b', 0, 80))).toEqual(['left', 'right']);
    expect(chooseSides(box('a', 0, 0), box('b', 40, 300))).toEqual(['bottom', 'top']);
    expect(chooseSides(box('a', 0, 300), box('b', 40, 0))).toEqual(['top', 'bottom']);
  });

  it('spreads the ports of a side 16 apart in the order of their far ends', () => {
    const boxes = new Map([box('s', 0, 200), box('high', 400, 0), box('mid', 400, 208), box('low', 400, 400)].map((item) => [item.id, item]));
    const ends = assignPorts(boxes, [{ id: 'x', from: 's', to: 'low' }, { id: 'y', from: 's', to: 'high' }, { id: 'z', from: 's', to: 'mid' }]);
    const [high, mid, low] = [ends.get('y')!.from.y, ends.get('z')!.from.y, ends.get('x')!.from.y];
    expect([mid - high, low - mid]).toEqual([PORT_GAP, PORT_GAP]);
  });

  it('hands the outermost lines of a full side on to the sides beside it, and bundles what fits nowhere', () => {
    const fan = (count: number) => {
      const boxes = new Map([box('s', 0, 0), ...Array.from({ length: count }, (_unused, i) => box(`t${i}`, 400, (i - count / 2) * 112))].map((item) => [item.id, item]));
      const ends = assignPorts(boxes, Array.from({ length: count }, (_unused, i) => ({ id: `e${i}`, from: 's', to: `t${i}` })));
      return [...ends.values()].map(({ from }) => from);
    };
    const twelve = fan(12);
    expect(new Set(twelve.map(({ side }) => side))).toEqual(new Set(['right', 'top', 'bottom']));
    for (const a of twelve) for (const b of twelve) if (a !== b && a.side === b.side) expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(PARALLEL_GAP);
    for (const a of fan(90)) for (const b of fan(90)) if (a.side === b.side && (a.x !== b.x || a.y !== b.y)) expect(Math.abs(a.x - b.x) + Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(PARALLEL_GAP - 1e-9);
  });

  it('ends on the outer plate', () => {
    const boxes = new Map([box('s', 0, 0, { plates: 8 }), box('t', 400, 0)].map((item) => [item.id, item]));
    expect(assignPorts(boxes, [{ id: 'x', from: 's', to: 't' }]).get('x')!.from.x).toBe(192);
  });
});

describe('routes', () => {
  it('is straight between neighbours, with a slightly lower one put on the same line', () => {
    const { router } = scene([box('a', 0, 0), box('b', 272, 8)], [['a', 'b']]);
    expect(router.routes.get('e0')).toHaveLength(2);
  });

  it('keeps off the tab of a component', () => {
    const { router, boxMap } = scene([box('a', 0, 0), box('m', 272, 100, { plates: 8, tab: 40 }), box('b', 544, 0)], [['a', 'b'], ['a', 'm'], ['b', 'm']]);
    for (const [id, points] of router.routes) {
      for (let i = 1; i < points.length; i += 1) for (const rect of id === 'e0' ? bodyRects(boxMap.get('m')!) : []) expect(segmentHitsRect(points[i - 1]!, points[i]!, rect)).toBe(false);
    }
    const near = scene([box('a', 0, 70), box('m', 272, 100, { plates: 8, tab: 40 }), box('b', 544, 70)], [['a', 'b']]);
    const points = near.router.routes.get('e0')!;
    for (let i = 1; i < points.length; i += 1) for (const rect of bodyRects(near.boxMap.get('m')!)) expect(segmentHitsRect(points[i - 1]!, points[i]!, rect)).toBe(false);
  });

  it('goes around a component that stands between', () => {
    const { router, boxMap } = scene([box('a', 0, 0), box('m', 272, 0), box('b', 544, 0)], [['a', 'b']]);
    const points = router.routes.get('e0')!;
    for (let i = 1; i < points.length; i += 1) expect(segmentHitsRect(points[i - 1]!, points[i]!, obstacleRect(boxMap.get('m')!))).toBe(false);
  });

  it('crosses no component and keeps parallels apart in a crowd, and is deterministic', () => {
    const { boxes, edges } = crowd(6, 8);
    const { router, boxMap, edgeMap } = scene(boxes, edges);
    let through = 0;
    const segments = [...router.routes].flatMap(([id, points]) => segmentsOf(id, points));
    for (const [id, points] of router.routes) {
      const { from, to } = edgeMap.get(id)!;
      for (const other of boxMap.values()) {
        if (other.id === from || other.id === to) continue;
        for (let i = 1; i < points.length; i += 1) if (segmentHitsRect(points[i - 1]!, points[i]!, { left: other.x, top: other.y, right: other.x + other.w, bottom: other.y + other.h })) through += 1;
      }
    }
    let tooNear = 0;
    segments.forEach((a, i) => segments.slice(i + 1).forEach((b) => {
      if (a.edge === b.edge || a.horizontal !== b.horizontal) return;
      if (Math.abs(a.at - b.at) < PARALLEL_GAP && Math.min(a.high, b.high) - Math.max(a.low, b.low) > 1) tooNear += 1;
    }));
    expect(through).toBe(0);
    expect(tooNear).toBe(0);
    const again = scene(boxes, edges).router;
    expect([...again.routes]).toEqual([...router.routes]);
  });

  it('moves lines that run on each other 8 apart without turning one through a component, and leaves others alone', () => {
    // five lines down one channel 56 wide, each to another row, and one far from them
    const rows = [0, 1, 2, 3, 4];
    const { router, boxMap, edgeMap } = scene(
      [...rows.map((row) => box(`a${row}`, 0, row * 112)), ...rows.map((row) => box(`b${row}`, 264, row * 112 + 40)), box('c', 2000, 0), box('d', 2400, 40)],
      [...rows.map((row) => [`a${row}`, `b${4 - row}`] as const), ['c', 'd']],
    );
    const pieces = [...router.routes].flatMap(([id, points]) => segmentsOf(id, points));
    for (const a of pieces) for (const b of pieces) {
      if (a.edge !== b.edge && a.horizontal === b.horizontal && Math.min(a.high, b.high) - Math.max(a.low, b.low) > 1) expect(Math.abs(a.at - b.at)).toBeGreaterThanOrEqual(PARALLEL_GAP - 1e-6);
    }
    for (const [id, points] of router.routes) for (const other of boxMap.values()) {
      const { from, to } = edgeMap.get(id)!;
      if (other.id !== from && other.id !== to) for (let i = 1; i < points.length; i += 1) expect(segmentHitsRect(points[i - 1]!, points[i]!, obstacleRect(other))).toBe(false);
    }
    const settling = router.settle();
    let step = settling.next();
    while (step.done !== true) step = settling.next();
    expect(step.value).toEqual({ changed: new Map(), loose: [] });
  });

  it('recomputes only what a move touched', () => {
    const { boxes, edges } = crowd(6, 8);
    const { router, boxMap, edgeMap } = scene(boxes, edges);
    const next = new Map(boxMap).set('n3_3', box('n3_3', 3 * 272 + 8, 3 * 112 + 24));
    const dirty = router.update(next, edgeMap);
    expect(dirty.length).toBeGreaterThan(0);
    expect(dirty.length).toBeLessThan(edges.length / 2);
  });

  it('follows a drag with the connections of the dragged component only', () => {
    const { router, boxMap } = scene([box('a', 0, 0), box('b', 272, 0), box('c', 544, 0)], [['a', 'b'], ['b', 'c']]);
    const moved = router.follow(new Map([['a', { ...boxMap.get('a')!, y: 304 }]]));
    expect([...moved.keys()]).toEqual(['e0']);
    expect(boundsOf(moved.get('e0')!).bottom).toBeGreaterThan(300);
  });
});

describe('paths and labels', () => {
  it('rounds bends with 6 and stops at the base of the head', () => {
    expect(pathData([{ x: 0, y: 0 }, { x: 50, y: 0 }, { x: 50, y: 50 }], 10)).toBe('M0 0L44 0Q50 0 50 6L50 40');
  });

  it('widens with the logarithm of the rate', () => {
    expect([lineWidth(0), lineWidth(1), lineWidth(20), lineWidth(2000), lineWidth(200_000), lineWidth(1e12)]).toEqual([1.3, 1.3, 2.4, 4.1, 5.8, 6]);
  });

  it('puts a full line beside its route rather than over a component, and always somewhere', () => {
    const points = [{ x: 0, y: 0 }, { x: 80, y: 0 }];
    expect(placeFullLabel(points, 60, 1, [])).toEqual({ x: 40, y: 0 });
    const low = { left: -200, top: -4, right: 200, bottom: 60 };
    expect(placeFullLabel(points, 200, 1, [low]).y).toBeLessThan(-9);
    expect(placeFullLabel(points, 200, 1, [{ ...low, top: -200, bottom: 200 }])).toEqual({ x: 40, y: 0 });
  });

  it('takes the shorter wording on a short line and hides where nothing fits', () => {
    const points = [{ x: 0, y: 0 }, { x: 80, y: 0 }];
    expect(placeLabels([{ edge: 'a', points, widths: [70, 40] }], [], []).get('a')).toEqual({ x: 40, y: 0, wording: 1 });
    expect(placeLabels([{ edge: 'a', points, widths: [70, 60] }], [], []).size).toBe(0);
    expect(placeLabels([{ edge: 'a', points, widths: [40] }], [{ left: 30, top: -9, right: 50, bottom: 9 }], []).size).toBe(0);
  });
});
