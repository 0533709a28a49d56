import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import { evaluate } from '../../../shared/engine/evaluate.ts';
import { createCounterIds } from '../../../shared/model/ids.ts';
import { designSchema, emptyDesign, type Design } from '../../../shared/model/design.ts';
import { adoptDerivedJourneys, addJourney, leaveOut, removeJourney, removeStep, reorderSteps, resetPath, setStep, takeIn } from './edits/journeys.ts';
import { neutralSiblings, neutralStep, pathFacts, pathOf, reachableEdges } from './journey-path.ts';

/** Client, gateway that routes to two services, a database, a broker with a worker. */
function sample(): Design {
  const design = emptyDesign('Sample');
  const nodes = { c: 'client', g: 'gateway-kong', a: 'service', b: 'service', db: 'rdbms', q: 'rabbitmq', w: 'celery-worker' };
  for (const [id, type] of Object.entries(nodes)) {
    design.nodes[id] = { id, type, name: id, params: {} };
    design.layout.nodes[id] = { x: 0, y: 0 };
  }
  for (const [from, to] of [['c', 'g'], ['g', 'a'], ['g', 'b'], ['a', 'db'], ['a', 'q'], ['q', 'w'], ['b', 'db']]) design.edges[`${from}:${to}`] = { id: `${from}:${to}`, from: from ?? '', to: to ?? '', params: {} };
  design.workload.peak_rps = 20;
  return design;
}

const results = (design: Design): Evaluation => evaluate(design, catalog);

function path(design: Design, id: string) {
  const facts = pathFacts(results(design), id);
  const journey = design.journeys[id];
  if (!journey) throw new Error('No such journey');
  return { journey, facts, rows: pathOf(design, journey, facts) };
}

const taken = (design: Design, id: string): readonly string[] => path(design, id).rows.filter((row) => row.included).map((row) => row.edge);

/** What a person would notice of a journey. */
function figures(evaluation: Evaluation, id: string) {
  const { rate_rps, p99_ms, availability, edges } = evaluation.journeys[id] ?? {};
  return { rate_rps, p99_ms, availability, edges, rps: Object.fromEntries(Object.values(evaluation.edges).map((edge) => [edge.id, Number(edge.rps.toPrecision(9))])) };
}

function adopted(): { readonly design: Design; readonly ids: ReadonlyMap<string, string> } {
  const design = sample();
  const derived = Object.values(results(design).journeys);
  return { design, ids: adoptDerivedJourneys(design, derived, createCounterIds()) };
}

describe('adopting', () => {
  it('keeps every derived journey with its turns and figures, and does nothing where journeys are drawn', () => {
    const before = results(sample());
    const { design, ids } = adopted();
    expect([...ids.keys()].sort()).toEqual(Object.keys(before.journeys).sort());
    expect(designSchema.safeParse(design).success).toBe(true);
    const after = results(design);
    for (const [old, id] of ids) expect(figures(after, id)).toEqual(figures(before, old));
    expect(adoptDerivedJourneys(design, Object.values(before.journeys), createCounterIds()).size).toBe(0);
  });
});

describe('the way', () => {
  it('is what the evaluation travels, in the order of the walk', () => {
    const { design, ids } = adopted();
    const after = results(design);
    for (const id of ids.values()) expect([...taken(design, id)].sort()).toEqual([...(after.journeys[id]?.edges ?? [])].sort());
    const [first = ''] = ids.values();
    expect(path(design, first).rows.flatMap((row) => row.number ?? [])).toEqual(taken(design, first).map((_, index) => index + 1));
  });

  it('leaves one connection out with what only it leads to, and takes it in again as it was', () => {
    const design = sample();
    addJourney(design, { id: 'j', name: 'All', entry: 'c:g', rate_rps: 5 });
    const whole = taken(design, 'j');
    const before = JSON.stringify(design);
    leaveOut(design, 'j', ['a:q']);
    expect(taken(design, 'j')).toEqual(whole.filter((edge) => edge !== 'a:q' && edge !== 'q:w'));
    expect(results(design).journeys['j']?.edges).not.toContain('q:w');
    const { journey, facts, rows } = path(design, 'j');
    takeIn(design, 'j', neutralStep(design, journey, 'a:q', facts), neutralSiblings(design, journey, rows, 'a:q', facts));
    expect(JSON.stringify(design)).toBe(before);
  });

  it('can be cleared and clicked in order', () => {
    const design = sample();
    addJourney(design, { id: 'j', name: 'All', entry: 'c:g', rate_rps: 5 });
    const start = path(design, 'j');
    leaveOut(design, 'j', reachableEdges(design, start.journey, start.facts).filter((edge) => edge !== 'c:g'));
    expect(taken(design, 'j')).toEqual(['c:g']);
    for (const edge of ['g:a', 'a:q', 'a:db']) {
      const { journey, facts, rows } = path(design, 'j');
      takeIn(design, 'j', neutralStep(design, journey, edge, facts), neutralSiblings(design, journey, rows, edge, facts));
    }
    expect(taken(design, 'j')).toEqual(['c:g', 'g:a', 'a:q', 'a:db']);
    expect([...(results(design).journeys['j']?.edges ?? [])].sort()).toEqual(['a:db', 'a:q', 'c:g', 'g:a']);
    resetPath(design, 'j');
    expect(design.journeys['j']?.steps).toBeUndefined();
  });
});

describe('steps', () => {
  it.each(['g:a', 'a:q', 'a:db', 'q:w', 'c:g'])('listing %s with the value it has changes no figure', (edge) => {
    const design = sample();
    addJourney(design, { id: 'j', name: 'All', entry: 'c:g', rate_rps: 5 });
    const before = results(design);
    const { journey, facts, rows } = path(design, 'j');
    const order = rows.map((row) => row.edge);
    setStep(design, 'j', { edge, index: -1 }, { calls: 1 }, neutralSiblings(design, journey, rows, edge, facts));
    const after = results(design);
    expect(figures(after, 'j')).toEqual(figures(before, 'j'));
    expect(path(design, 'j').rows.map((row) => row.edge)).toEqual(order);
    removeStep(design, 'j', design.journeys['j']?.steps?.findIndex((step) => step.edge === edge) ?? -1, neutralStep(design, journey, edge, facts));
    expect(figures(results(design), 'j')).toEqual(figures(before, 'j'));
  });

  it('are moved among those that leave the same component', () => {
    const design = sample();
    addJourney(design, { id: 'j', name: 'All', entry: 'c:g', rate_rps: 5 });
    const { journey, facts, rows } = path(design, 'j');
    const siblings = neutralSiblings(design, journey, rows, 'a:db', facts);
    expect(siblings.map((step) => step.edge)).toEqual(['a:db', 'a:q']);
    reorderSteps(design, 'j', [...siblings].reverse());
    expect(taken(design, 'j').filter((edge) => edge.startsWith('a:'))).toEqual(['a:q', 'a:db']);
    removeJourney(design, 'j');
    expect(design.journeys).toEqual({});
  });
});
