interface Edge { readonly from: string; readonly to: string }

/** Where each key's edges lead, as positions in `keys`. */
function successors(edges: readonly Edge[]): { readonly count: number; readonly next: readonly (readonly number[])[]; readonly edgeOf: (from: number, to: number) => Edge | undefined } {
  const positions = new Map<string, number>();
  const position = (key: string): number => {
    let known = positions.get(key);
    if (known === undefined) positions.set(key, (known = positions.size));
    return known;
  };
  const next: number[][] = [];
  const byEnds = new Map<string, Edge>();
  for (const edge of edges) {
    const [from, to] = [position(edge.from), position(edge.to)];
    (next[from] ??= []).push(to);
    next[to] ??= [];
    byEnds.set(`${from} ${to}`, edge);
  }
  return { count: positions.size, next, edgeOf: (from, to) => byEnds.get(`${from} ${to}`) };
}

/** Every position after those it leads to, and the edges without those that close a circle. */
function unwound(next: readonly (readonly number[])[]): { readonly finished: readonly number[]; readonly acyclic: readonly (readonly number[])[] } {
  const state = new Uint8Array(next.length);
  const acyclic: number[][] = next.map(() => []);
  const finished: number[] = [];
  for (let start = 0; start < next.length; start += 1) {
    if (state[start] !== 0) continue;
    state[start] = 1;
    const stack = [{ at: start, edge: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const to = next[top.at]?.[top.edge];
      top.edge += 1;
      if (to === undefined) {
        state[top.at] = 2;
        finished.push(top.at);
        stack.pop();
      } else if (state[to] !== 1) {
        acyclic[top.at]?.push(to);
        if (state[to] === 0) {
          state[to] = 1;
          stack.push({ at: to, edge: 0 });
        }
      }
    }
  }
  return { finished, acyclic };
}

/**
 * The edges that decide the layers of a dense graph: without those that close a circle, and without those beside which
 * a longer way leads to the same end (the transitive reduction). Layers stay the same; long lines across many of them,
 * which cost the most time, go.
 */
export function thinEdges(edges: readonly Edge[]): readonly Edge[] {
  const { count, next, edgeOf } = successors(edges);
  const { finished, acyclic } = unwound(next);
  const rank = new Int32Array(count);
  finished.forEach((at, index) => (rank[at] = index));
  const reached = Array.from({ length: count }, () => new Uint8Array(count));
  const kept = new Set<Edge>();
  for (const at of finished) {
    const own = reached[at] as Uint8Array;
    // what finished last is farthest up: everything that it leads to is reached before its shortcuts are asked about
    for (const to of [...(acyclic[at] ?? [])].sort((a, b) => (rank[b] ?? 0) - (rank[a] ?? 0))) {
      if (own[to] === 1) continue;
      const edge = edgeOf(at, to);
      if (edge) kept.add(edge);
      own[to] = 1;
      reached[to]?.forEach((value, index) => {
        if (value === 1) own[index] = 1;
      });
    }
  }
  return edges.filter((edge) => kept.has(edge));
}
