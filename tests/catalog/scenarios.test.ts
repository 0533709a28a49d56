import { describe, expect, it, test } from 'vitest';
import { startingDesign } from '../../renderer/src/features/scenario/starting-design.ts';
import { catalog, componentOf } from '../../catalog/index.ts';
import { scenarios } from '../../catalog/scenarios/index.ts';
import { DOCUMENT_FORMS } from '../../shared/contracts/document-params.ts';
import { edgeParamsSchema } from '../../shared/contracts/edge-params.ts';
import type { Evaluation } from '../../shared/contracts/evaluation.ts';
import { resolveParams } from '../../shared/contracts/params.ts';
import { atPhase, enterPhase, judgeTargets, SCENARIO_KEY, scenarioTargets, stageDemands, type Scenario } from '../../shared/contracts/scenario.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { zipf } from '../../shared/engine/math/zipf.ts';
import { designSchema, type Design } from '../../shared/model/design.ts';
import { likely } from '../../shared/model/quantity.ts';
import { isStageKey } from '../../shared/model/stages.ts';

const GRID = 8;
const NODE = { w: 184, h: 64 };
const GAP = { x: 88, y: 48 };
/** Characters that the bundled fonts have and prose uses. */
const PLAIN = /^[\x20-\x7e’“”±·×–]+$/;
/** A stated cost that is missed by more than this must be explained, and only then. */
const COST_TOLERANCE = 0.1;

const evaluations = new Map(scenarios.map(({ id, reference }) => [id, evaluate(reference.design, catalog)]));

function evaluated(id: string): Evaluation {
  return evaluations.get(id) ?? expect.unreachable(id);
}

function scenario(id: string): Scenario {
  return scenarios.find((other) => other.id === id) ?? expect.unreachable(id);
}

function expectValid(design: Design): void {
  expect(designSchema.parse(JSON.parse(JSON.stringify(design)))).toEqual(design);
  for (const [id, member] of [design.nodes, design.edges, design.journeys, design.entities].flatMap((record) => Object.entries(record))) expect(member.id).toBe(id);
  for (const node of Object.values(design.nodes)) {
    const component = componentOf(node.type) ?? expect.unreachable(node.type);
    expect(component.type).toBe(node.type);
    for (const key of Object.keys(node.params)) expect(component.params.shape, `${node.id} ${key}`).toHaveProperty([key]);
    expect(resolveParams(component.params, node.params).invalid, node.id).toEqual([]);
  }
  for (const edge of Object.values(design.edges)) {
    for (const end of [edge.from, edge.to]) expect(design.nodes, edge.id).toHaveProperty([end]);
    for (const key of Object.keys(edge.params)) expect(edgeParamsSchema.shape, `${edge.id} ${key}`).toHaveProperty([key]);
    expect(resolveParams(edgeParamsSchema, edge.params).invalid, edge.id).toEqual([]);
  }
  for (const form of ['workload', 'targets'] as const) for (const key of Object.keys(design[form])) if (key !== 'burst') expect(DOCUMENT_FORMS[form].shape, key).toHaveProperty([key]);
  for (const entity of Object.values(design.entities)) expect(design.nodes, entity.id).toHaveProperty([entity.home]);
  for (const journey of Object.values(design.journeys)) {
    expect(design.edges).toHaveProperty([journey.entry]);
    for (const step of journey.steps ?? []) expect(design.edges, journey.id).toHaveProperty([step.edge]);
    for (const node of Object.keys(journey.demands ?? {})) if (!isStageKey(node)) expect(design.nodes).toHaveProperty([node]);
    for (const { entity } of [...(journey.reads ?? []), ...(journey.writes ?? [])]) expect(design.entities).toHaveProperty([entity]);
  }
}

function expectTidy(design: Design): void {
  const at = (id: string): { x: number; y: number } => design.layout.nodes[id] ?? expect.unreachable(id);
  const ids = Object.keys(design.nodes);
  expect(Object.keys(design.layout.nodes).sort()).toEqual([...ids].sort());
  for (const a of ids) {
    expect([at(a).x % GRID, at(a).y % GRID], a).toEqual([0, 0]);
    for (const b of ids) {
      if (a >= b) continue;
      const apart = Math.abs(at(a).x - at(b).x) >= NODE.w + GAP.x || Math.abs(at(a).y - at(b).y) >= NODE.h + GAP.y;
      expect(apart, `${a} ${b}`).toBe(true);
    }
  }
}

it('offers the twelve, each once', () => {
  expect(scenarios).toHaveLength(12);
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(12);
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(12);
});

describe.each(scenarios.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
  const { reference, ...rest } = entry;
  const { design } = reference;
  const evaluation = evaluated(id);
  const results = judgeTargets(entry, design, evaluation);

  test('is written in plain words and complete', () => {
    const words = [rest.title, rest.summary, rest.statement, ...rest.asked, ...rest.given, ...rest.rubric.strong, ...rest.rubric.weak, ...reference.notes, ...rest.misses.map(({ why }) => why), reference.cost_departure ?? ''];
    for (const text of words) if (text !== '') expect(text).toMatch(PLAIN);
    for (const list of [rest.asked, rest.given, rest.rubric.strong, rest.rubric.weak, rest.traps, rest.demands, reference.notes]) expect(list.length).toBeGreaterThan(0);
    for (const { name } of Object.values(design.nodes)) expect(name).toMatch(PLAIN);
  });

  test('is a document that can be stored, of known parts and settings, and tells which scenario it is', () => {
    for (const drawn of [design, ...(rest.start ? [rest.start] : [])]) {
      expectValid(drawn);
      expectTidy(drawn);
      expect(drawn.settings[SCENARIO_KEY]).toBe(id);
    }
    expect(Object.values(rest.settings['weights'] ?? {}).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  test('names traps that are rules', () => {
    const known = new Set(catalog.rules.map((rule) => rule.id));
    for (const trap of rest.traps) expect(known).toContain(trap);
  });

  test('is solved with the demands that are given', () => {
    const views = compileDesign(design, catalog).journeys;
    for (const { title, value, unit, field, stage, journeys } of rest.demands) {
      const fields: readonly string[] = stage === 'read' ? ['read_cpu_ms'] : stage === 'write' && field === 'cpu_ms' ? ['write_cpu_ms'] : [field];
      const binding = views.filter((view) => (journeys ?? rest.journeys.map((journey) => journey.id)).includes(view.id));
      const found = binding.flatMap(({ demands }) => Object.values(demands)).flatMap((demand) => fields.map((key) => demand[key]));
      expect(found, title).toContain(unit === 's' ? value * 1000 : value);
      for (const key of journeys ?? []) expect(rest.journeys.map((journey) => journey.id)).toContain(key);
    }
    for (const journey of rest.journeys) expect(Object.entries(design.journeys[journey.id]?.demands ?? {}).filter(([key]) => isStageKey(key))).toEqual(Object.entries(stageDemands(rest, journey.id) ?? {}));
  });

  test('is understood whole: nothing unknown, nothing in between, no rule fails, no question is open', () => {
    expect(evaluation.rule_failures).toEqual([]);
    expect(evaluation.not_modelled.filter(({ what }) => !what.startsWith('The load that an open circuit breaker'))).toEqual([]);
    expect(Object.values(evaluation.edges).filter(({ idle_reason }) => idle_reason !== null)).toEqual([]);
    expect(Object.values(evaluation.nodes).filter(({ connected }) => !connected)).toEqual([]);
    expect(evaluation.findings.filter(({ kind }) => kind === 'question').map(({ rule }) => rule)).toEqual([]);
    for (const edge of Object.values(evaluation.edges)) expect(edge.rps, edge.id).toBeGreaterThan(0);
  });

  test('meets its targets, or says which it misses', () => {
    expect(results.filter(({ state }) => state === 'unknown').map((target) => target.id)).toEqual([]);
    const missed = results.filter(({ state }) => state === 'missed').map((target) => target.id);
    const last = rest.phases?.at(-1)?.id;
    expect(missed.sort()).toEqual(rest.misses.filter(({ phase }) => phase === undefined || phase === last).map(({ target }) => target).sort());
    expect(new Set(results.map((target) => target.id)).size).toBe(results.length);
  });

  test('is judged in each of its phases: the load, targets and budget of then', () => {
    for (const phase of rest.phases ?? []) {
      const brief = atPhase(entry, phase);
      expect(brief.journeys.reduce((sum, { rate_rps }) => sum + rate_rps, 0)).toBeCloseTo(likely(phase.workload.peak_rps ?? 0), 6);
      const then = structuredClone(design);
      enterPhase(then, entry, phase);
      const missed = judgeTargets(brief, then, evaluate(then, catalog)).filter(({ state }) => state === 'missed').map((target) => target.id);
      expect(missed.sort(), phase.id).toEqual(rest.misses.filter((miss) => miss.phase === undefined || miss.phase === phase.id).map(({ target }) => target).sort());
    }
    expect(atPhase(entry, rest.phases?.at(-1) ?? null)).toEqual(entry);
  });

  test('costs what it was calibrated with, or says why not', () => {
    const departs = Math.abs(evaluation.cost.usd_month / reference.stated_usd_month - 1) > COST_TOLERANCE;
    expect(reference.cost_departure !== undefined, `$${Math.round(evaluation.cost.usd_month)} against $${reference.stated_usd_month}`).toBe(departs);
    expect(evaluation.cost.unpriced).toEqual([]);
  });
});

describe('figures that the scenarios are known by', () => {
  const load = (id: string, node: string): number => evaluated(id).nodes[node]?.arrival_rps ?? Number.NaN;
  const rate = (id: string): number => scenario(id).journeys.reduce((sum, { rate_rps }) => sum + rate_rps, 0);
  const busy = (id: string, node: string, resource: string): number => evaluated(id).nodes[node]?.resources.find((other) => other.resource === resource)?.utilisation ?? Number.NaN;

  test.each([
    ['video-pipeline', 20.5], ['url-shortener', 2020], ['news-feed', 12_350], ['chat', 10_000], ['ride-hailing', 25_700], ['ecommerce-checkout', 6550],
    ['rate-limiter', 50_000], ['notification-system', 2000], ['leaderboard', 15_000], ['payment-ledger', 2000], ['file-storage', 3260], ['monolith-to-microservices', 3000],
  ])('%s asks for %d requests a second', (id, rps) => {
    expect(rate(id)).toBeCloseTo(rps, 6);
    expect(scenario(id).workload.peak_rps).toBe(rps);
  });

  test('video: 45 processors are busy, 94 % of 48', () => {
    const [{ value } = expect.unreachable()] = scenario('video-pipeline').demands.filter(({ stage, field }) => stage === 'consumer' && field === 'cpu_ms');
    expect(load('video-pipeline', 'workers') * value).toBeCloseTo(45, 6);
    expect((load('video-pipeline', 'workers') * value) / 48).toBeCloseTo(0.9375, 6);
  });

  test('feed: 300 posts are 60 000 insertions', () => expect(evaluated('news-feed').nodes['timelines']?.writes_rps).toBeCloseTo(60_000, 3));

  test('limiter: one shard would be 63 % busy, and one key has 13 % of the traffic', () => {
    expect(50_000 / 80_000).toBeCloseTo(0.625, 3);
    expect(zipf(200_000, 1.1).top1).toBeCloseTo(0.131, 3);
  });

  test('leaderboard: 30 000 operations are 38 % of one shard', () => {
    expect(load('leaderboard', 'boards')).toBeCloseTo(30_000, 3);
    expect(load('leaderboard', 'boards') / 80_000).toBeCloseTo(0.375, 6);
  });

  test('ledger: 12 thousand million rows a year, 2500 I/O operations', () => {
    const { workload, entities } = scenario('payment-ledger');
    const rows = likely(entities.find(({ id }) => id === 'ledger')?.rows_per_write ?? 1);
    expect(((500 / likely(workload.peak_to_avg ?? 1)) * rows * 365 * 86_400) / 12e9).toBeGreaterThan(0.9);
    expect(load('payment-ledger', 'ledger')).toBeCloseTo(2000, 3);
    expect(busy('payment-ledger', 'ledger', 'cpu')).toBeLessThan(0.13);
  });

  test('files: 131 TB leave for 10 000 dollars, 139 TB stay for 3200', () => {
    const { items } = evaluated('file-storage').cost;
    const leaving = items.find(({ edge, price_key }) => edge === 'devices-contents' && price_key === 'egress_gb');
    expect(leaving?.quantity).toBeCloseTo(131_400, 0);
    expect(Math.abs((leaving?.usd_month ?? 0) / 9993 - 1)).toBeLessThan(0.01);
    expect(items.find(({ node, price_key }) => node === 'contents' && price_key === 's3_storage_gb')?.usd_month).toBeCloseTo(3197, 0);
  });

  test('video at month 12 is over its budget, as the storage piles up', () => {
    const { design } = scenario('video-pipeline').reference;
    const kept = Object.fromEntries(Object.entries(design.entities).map(([id, { retention_days: _days, ...entity }]) => [id, entity]));
    expect(evaluate({ ...design, entities: kept, settings: { ...design.settings, cost_month: 12 } }, catalog).cost.usd_month).toBeGreaterThan(4500);
  });

  test('rides: fifty cities, the largest 22 %', () => {
    const weights = scenario('ride-hailing').entities[0]?.geo_weights ?? [];
    expect(weights).toHaveLength(50);
    expect(Math.max(...weights)).toBe(0.22);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  test('monolith: 80, 15 and 5 %, 88 % reads; today’s costs 3800 dollars', () => {
    const { journeys, start } = scenario('monolith-to-microservices');
    expect(journeys.map(({ rate_rps }) => rate_rps / 3000)).toEqual([0.8, 0.15, 0.05]);
    const now = evaluate(start ?? expect.unreachable(), catalog);
    expect(Math.abs(now.cost.usd_month / 3800 - 1)).toBeLessThan(0.05);
    expect(now.findings.map(({ rule }) => rule)).toContain('spof-stateful-node');
  });
});

describe('a drawing of one’s own', () => {
  const entry = scenario('url-shortener');
  const { design } = entry.reference;

  /** A sheet as a candidate begins it, with these parts and connections, and the ways of both journeys. */
  function candidate(parts: Readonly<Record<string, string>>, edges: readonly (readonly [string, string])[]): Design {
    const sheet = structuredClone(startingDesign(entry));
    for (const [id, type] of Object.entries(parts)) sheet.nodes[id] = { id, type, name: id, params: {} };
    for (const [from, to] of edges) sheet.edges[`${from}>${to}`] = { id: `${from}>${to}`, from, to, params: {} };
    return sheet;
  }

  test('two solutions compute the same at the entry and at the home of the data, whatever they are made of', () => {
    const plain = candidate({ api: 'service', db: 'rdbms' }, [['client', 'api'], ['api', 'db']]);
    const layered = candidate({ lb: 'lb-managed', links: 'monolith', spam: 'service', store: 'rdbms' }, [['client', 'lb'], ['lb', 'links'], ['links', 'spam'], ['links', 'store']]);
    const work = (drawn: Design, node: string): number => {
      const { nodes } = evaluate(drawn, catalog);
      const { units = 0, resources = [] } = nodes[node] ?? {};
      return (resources.find(({ resource }) => resource === 'cpu')?.utilisation ?? Number.NaN) * units * 2;
    };
    // 2000 redirects of 1.5 ms and 20 creations of 6 ms; reads of 0.2 ms and writes of 0.85 ms
    for (const [drawn, node] of [[plain, 'api'], [layered, 'links']] as const) expect(work(drawn, node), node).toBeCloseTo(3.12, 6);
    for (const [drawn, node] of [[plain, 'db'], [layered, 'store']] as const) expect(work(drawn, node), node).toBeCloseTo(2000 * 0.0002 + 20 * 0.00085, 6);
    expect(work(layered, 'spam')).toBeCloseTo(2020 * 0.004, 6);
  });

  test('nothing drawn meets nothing', () => {
    const empty: Design = { ...design, nodes: {}, edges: {}, journeys: {}, entities: {} };
    const results = judgeTargets(entry, empty, evaluate(empty, catalog));
    expect(new Set(results.map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(results.map(({ id }) => id)).toEqual(scenarioTargets(entry).map(({ id }) => id));
  });

  test('journeys are found by name, and the dial moves their targets but not how far the drawing can grow', () => {
    const renamed: Design = { ...design, journeys: Object.fromEntries(Object.values(design.journeys).map((journey, index) => [`j${index}`, { ...journey, id: `j${index}` }])) };
    expect(judgeTargets(entry, renamed, evaluate(renamed, catalog)).map(({ state }) => state)).toEqual(judgeTargets(entry, design, evaluated(entry.id)).map(({ state }) => state));
    const grown = judgeTargets(entry, design, evaluate(design, catalog, { multiple: 20 }));
    expect(grown.find(({ id }) => id === 'p99:redirect')?.state).toBe('missed');
    const of = (results: typeof grown): number => results.find(({ id }) => id === 'growth')?.value?.value ?? 0;
    expect(of(grown) / of(judgeTargets(entry, design, evaluated(entry.id)))).toBeCloseTo(1, 1);
  });
});
