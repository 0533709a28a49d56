/** Cycles are cut at their cheapest back edge, so that the walk is a topological pass (evaluation 2.3). */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { CompileNotes } from '../types.ts';
import type { EdgeDraft } from './edges.ts';
import type { NodeDraft } from './nodes.ts';
import { WAY, type WaysOut } from './ways-out.ts';

/** Distance from the sources, or from nodes that nobody calls when there is no source. Unreached nodes count as 0. */
function depths(nodes: readonly NodeDraft[], edges: readonly EdgeDraft[]): Numbers {
  const depth = wholes(nodes.length).fill(-1);
  const called = new Set(edges.map((edge) => edge.to.index));
  const sources = nodes.filter((node) => node.behavior.routing === 'source');
  let front = (sources.length > 0 ? sources : nodes.filter((node) => !called.has(node.index))).map((node) => node.index);
  const next = nodes.map((): number[] => []);
  for (const edge of edges) next[edge.from.index]?.push(edge.to.index);
  for (const index of front) depth[index] = 0;
  for (let level = 1; front.length > 0; level++) {
    const reached: number[] = [];
    for (const from of front) {
      for (const to of next[from] ?? []) {
        if (depth[to] !== -1) continue;
        depth[to] = level;
        reached.push(to);
      }
    }
    front = reached;
  }
  return depth.map((value) => Math.max(0, value));
}

/** Component number of each node by reachability both ways; -1 for nodes on no cycle (Kosaraju, iterative). */
function cycleOf(count: number, edges: readonly EdgeDraft[]): Numbers {
  const out = Array.from({ length: count }, (): number[] => []);
  const back = Array.from({ length: count }, (): number[] => []);
  for (const edge of edges) {
    out[edge.from.index]?.push(edge.to.index);
    back[edge.to.index]?.push(edge.from.index);
  }
  const finished = finishOrder(count, out);
  const component = wholes(count).fill(-1);
  const sizes: number[] = [];
  for (let i = count - 1; i >= 0; i--) {
    const root = finished[i] as number;
    if (component[root] !== -1) continue;
    const stack = [root];
    component[root] = sizes.length;
    let size = 0;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      size += 1;
      for (const from of back[node] ?? []) {
        if (component[from] !== -1) continue;
        component[from] = sizes.length;
        stack.push(from);
      }
    }
    sizes.push(size);
  }
  return component.map((c) => ((sizes[c] ?? 0) > 1 ? c : -1));
}

function finishOrder(count: number, out: readonly (readonly number[])[]): number[] {
  const state = wholes(count);
  const finished: number[] = [];
  const visited = wholes(count);
  for (let root = 0; root < count; root++) {
    if (visited[root]) continue;
    const stack = [root];
    visited[root] = 1;
    while (stack.length > 0) {
      const node = stack[stack.length - 1] as number;
      const at = state[node] as number;
      const to = out[node]?.[at];
      if (to === undefined) {
        finished.push(node);
        stack.pop();
        continue;
      }
      state[node] = at + 1;
      if (visited[to]) continue;
      visited[to] = 1;
      stack.push(to);
    }
  }
  return finished;
}

function callsOf(edge: EdgeDraft): number {
  return edge.params.values.calls * edge.params.values.probability;
}

/**
 * Mark the edges that close cycles idle: in each cycle the edges that lead back towards the sources with the smallest
 * mean calls, all of them when several tie, so that neither ids nor the drawing order decide.
 */
function cutCycles(nodes: readonly NodeDraft[], edges: readonly EdgeDraft[], ways: WaysOut, notes: CompileNotes): void {
  let active = edges.filter(({ index }) => ways[index] !== WAY.none);
  for (;;) {
    const component = cycleOf(nodes.length, active);
    const inside = active.filter((edge) => component[edge.from.index] !== -1 && component[edge.from.index] === component[edge.to.index]);
    if (inside.length === 0) return;
    const depth = depths(nodes, active);
    const least = new Map<number, number>();
    const back = inside.filter((edge) => (depth[edge.to.index] as number) <= (depth[edge.from.index] as number));
    for (const edge of back) {
      const key = component[edge.from.index] as number;
      least.set(key, Math.min(least.get(key) ?? callsOf(edge), callsOf(edge)));
    }
    for (const edge of back) {
      if (callsOf(edge) !== least.get(component[edge.from.index] as number)) continue;
      edge.idleReason = 'Closes a cycle: left out of the numbers';
      ways[edge.index] = WAY.none;
      notes.assumptions.push({ code: 'cycle', message: `The call from ${edge.from.node.name} to ${edge.to.node.name} closes a cycle and is left out of the numbers`, target: { kind: 'edge', id: edge.id } });
    }
    active = active.filter((edge) => !edge.idleReason);
  }
}

/** Node indices with callers before callees; null when edges close a cycle. */
function topologicalOrder(nodes: readonly NodeDraft[], edges: readonly EdgeDraft[], ways: WaysOut): Numbers | null {
  const waiting = wholes(nodes.length);
  for (let i = 0; i < edges.length; i++) {
    if (ways[i] === WAY.none) continue;
    const { index } = (edges[i] as EdgeDraft).to;
    waiting[index] = (waiting[index] as number) + 1;
  }
  const order = wholes(nodes.length);
  let filled = 0;
  for (let i = 0; i < nodes.length; i++) if (waiting[i] === 0) order[filled++] = i;
  for (let at = 0; at < filled; at++) {
    const { out } = nodes[order[at] as number] as NodeDraft;
    for (let i = 0; i < out.length; i++) {
      const edge = out[i] as EdgeView;
      if (ways[edge.index] === WAY.none) continue;
      const { index } = edge.to;
      const left = (waiting[index] as number) - 1;
      waiting[index] = left;
      if (left === 0) order[filled++] = index;
    }
  }
  return filled === nodes.length ? order : null;
}

/** Node indices with callers before callees, after the edges that close cycles are marked idle. */
export function orderNodes(nodes: readonly NodeDraft[], edges: readonly EdgeDraft[], ways: WaysOut, notes: CompileNotes): Numbers {
  const order = topologicalOrder(nodes, edges, ways);
  if (order) return order;
  cutCycles(nodes, edges, ways, notes);
  return topologicalOrder(nodes, edges, ways) as Numbers;
}
