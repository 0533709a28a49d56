import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Catalog } from '../contracts/catalog.ts';
import type { Evaluation } from '../contracts/evaluation.ts';
import type { Design } from '../model/design.ts';
import { deepFreeze } from '../../tests/support/facts.ts';
import { randomDesign } from '../../tests/support/random-design.ts';

type Edit = (design: Design) => Design;

function without<T>(record: Readonly<Record<string, T>>, key: string | undefined): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}

/** The element at a position, counted round. */
function at(record: Readonly<Record<string, unknown>>, position: number): string | undefined {
  const keys = Object.keys(record);
  return keys[position % Math.max(1, keys.length)];
}

function withNode(design: Design, position: number, params: Design['nodes'][string]['params']): Design {
  const id = at(design.nodes, position) ?? '';
  const node = design.nodes[id];
  return node ? { ...design, nodes: { ...design.nodes, [id]: { ...node, params: { ...node.params, ...params } } } } : design;
}

function withEdge(design: Design, position: number, params: Design['edges'][string]['params']): Design {
  const id = at(design.edges, position) ?? '';
  const edge = design.edges[id];
  return edge ? { ...design, edges: { ...design.edges, [id]: { ...edge, params: { ...edge.params, ...params } } } } : design;
}

/** Edits as the program makes them: everything that is not edited stays the same object. */
const edit: fc.Arbitrary<Edit> = fc.tuple(fc.nat(), fc.constantFrom('instances', 'cpu_ms', 'replicas', 'ttl_s', 'retries', 'probability', 'load', 'disconnect')).map(([position, what]): Edit => (design) => {
  switch (what) {
    case 'retries': return withEdge(design, position, { retries: 1 + (position % 3), timeout_ms: 200 });
    case 'probability': return withEdge(design, position, { probability: (position % 10) / 10 });
    case 'load': return { ...design, workload: { ...design.workload, peak_rps: 10 * (position % 500) } };
    case 'disconnect': return { ...design, edges: without(design.edges, at(design.edges, position)) };
    default: return withNode(design, position, { [what]: 1 + (position % 4) });
  }
});

/** Drawings with what becomes of each, edit by edit. */
function histories(): Design[][] {
  const drawn = fc.sample(fc.tuple(randomDesign(10), fc.array(edit, { minLength: 3, maxLength: 3 })), { numRuns: 40, seed: 11 });
  return drawn.map(([start, edits]) => edits.reduce((done, change) => [...done, deepFreeze(change(done[done.length - 1] ?? start))], [deepFreeze(start)]));
}

interface Engine { readonly evaluate: (design: Design, catalog: Catalog) => Evaluation; readonly catalog: Catalog }

/** An engine that remembers nothing. */
async function freshEngine(): Promise<Engine> {
  vi.resetModules();
  const [{ evaluate }, { catalog }] = await Promise.all([import('./evaluate.ts'), import('../../catalog/index.ts')]);
  return { evaluate, catalog };
}

function answers({ evaluate, catalog }: Engine, designs: readonly Design[]): string[] {
  return designs.map((design) => JSON.stringify(evaluate(design, catalog)));
}

describe('what the engine remembers', () => {
  let engine: Engine;
  beforeAll(async () => void (engine = await freshEngine()), 60_000);

  it('changes no byte of the answer to an edited drawing', async () => {
    const designs = histories().flat();
    const warm = answers(engine, designs);
    // the same drawings read anew, in the opposite order, share nothing with the edits before them
    const cold = answers(await freshEngine(), structuredClone(designs.toReversed())).reverse();
    expect(warm).toEqual(cold);
    expect(new Set(warm).size).toBeGreaterThan(designs.length / 2);
  }, 60_000);

  it('changes no byte of a drawing that is answered a second time', () => {
    const designs = histories().flat().slice(0, 60);
    expect(answers(engine, designs)).toEqual(answers(engine, designs));
  }, 60_000);
});
