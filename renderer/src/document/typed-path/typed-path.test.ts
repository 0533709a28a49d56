import { describe, expect, it } from 'vitest';
import { rectsOverlap } from '../../../../shared/drawing/routing/geometry.ts';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { componentBox } from '../edits/membership.ts';
import { edit } from '../history.ts';
import { PARTS } from '../parts.ts';
import { choicesAt, completionAt } from './choices.ts';
import { drawnKind } from './connections.ts';
import { planSentence, unknownWords } from './describe.ts';
import { addsNothing, drawLine, stepName } from './draw.ts';
import { written } from './parse.ts';
import { placeLine } from './place.ts';
import type { DrawContext } from './plan.ts';
import { readLine } from './read.ts';
import { findPart, forcedPart } from './words.ts';

const VIEW = { left: 0, top: 0, right: 1200, bottom: 800 };

type Options = Partial<Omit<DrawContext, 'design'>> & { readonly at?: { readonly x: number; readonly y: number } };

function idsOf(design: Design): (prefix: string) => string {
  let count = Object.keys(design.nodes).length + Object.keys(design.edges).length + Object.keys(design.journeys).length;
  return (prefix) => `${prefix}${(count += 1)}`;
}

function draw(design: Design, text: string, { at, ...context }: Options = {}): Design {
  const { plan } = readLine(text, { design, start: null, ...context });
  const places = placeLine(plan, design, VIEW, at ?? null);
  const done = edit(design, stepName(plan), (draft) => void drawLine(draft, plan, { places, ids: idsOf(design), journeyRate: 100 }));
  return done?.design ?? design;
}

const drawAll = (...lines: readonly string[]): Design => lines.reduce((design, line) => draw(design, line), emptyDesign());
const named = (design: Design, name: string): Design['nodes'][string] | undefined => Object.values(design.nodes).find((node) => node.name === name);
const names = (design: Design): readonly string[] => Object.values(design.nodes).map(({ name }) => name);
const edges = (design: Design): readonly string[] => Object.values(design.edges).map((edge) => `${design.nodes[edge.from]?.name ?? edge.from} ${drawnKind(design, edge) ?? '?'} ${design.nodes[edge.to]?.name ?? '?'}`);
const edgeBetween = (design: Design, from: string, to: string): string => Object.values(design.edges).find((edge) => design.nodes[edge.from]?.name === from && design.nodes[edge.to]?.name === to)?.id ?? '';
const planOf = (design: Design, text: string, context: Options = {}): ReturnType<typeof readLine>['plan'] => readLine(text, { design, start: null, ...context }).plan;

const REDIRECT = 'redirect: client > load balancer > api x3 z2 > redis x2 z2, postgres x2 z2';
const CREATE = 'create: client > load balancer > api > postgres';
const CLICKS = 'api > sqs > click worker x2 > postgres';

describe('the three lines of a URL shortener', () => {
  it('the first draws five components, five connections and a journey', () => {
    const design = drawAll(REDIRECT);
    expect(names(design)).toEqual(['Client', 'Load balancer', 'API', 'Redis', 'Postgres']);
    expect(edges(design)).toEqual(['Client http Load balancer', 'Load balancer http API', 'API cache Redis', 'API db Postgres']);
    expect(named(design, 'API')).toMatchObject({ type: 'service', params: { instances: 3 }, zone_spread: 2 });
    expect(named(design, 'Redis')).toMatchObject({ type: 'redis', params: { replicas_per_shard: 1 }, zone_spread: 2 });
    expect(named(design, 'Postgres')).toMatchObject({ type: 'rdbms', params: { engine: 'postgres', ha: 'multi_az' }, zone_spread: 2 });
    const entry = edgeBetween(design, 'Client', 'Load balancer');
    expect(Object.values(design.journeys)).toMatchObject([{ name: 'redirect', rate_rps: 100, entry, steps: [['Load balancer', 'API'], ['API', 'Redis'], ['API', 'Postgres']].map(([a = '', b = '']) => ({ edge: edgeBetween(design, a, b) })) }]);
    expect(planOf(emptyDesign(), REDIRECT).caches).toEqual([{ item: 3, cache: 'Redis', stores: ['Postgres'], own: true }]);
  });

  it('the second adds nothing that is drawn, and traces a way without the cache', () => {
    const first = drawAll(REDIRECT);
    expect(addsNothing(planOf(first, CREATE))).toBe(true);
    const design = draw(first, CREATE);
    expect([names(design), edges(design)]).toEqual([names(first), edges(first)]);
    const [, create] = Object.values(design.journeys);
    expect(create).toMatchObject({ name: 'create', entry: edgeBetween(design, 'Client', 'Load balancer') });
    expect(create?.steps).toEqual([{ edge: edgeBetween(design, 'Load balancer', 'API') }, { edge: edgeBetween(design, 'API', 'Postgres') }, { edge: edgeBetween(design, 'API', 'Redis'), calls: 0 }]);
    const again = draw(design, 'CREATE: client > load balancer > api > redis');
    expect(Object.values(again.journeys).map(({ name }) => name)).toEqual(['redirect', 'create']);
    expect(Object.values(again.journeys)[1]?.steps?.at(-1)).toEqual({ edge: edgeBetween(design, 'API', 'Postgres'), calls: 0 });
  });

  it('the third infers what is asynchronous, and a worker is plain until somebody says which', () => {
    const design = drawAll(REDIRECT, CREATE, CLICKS);
    expect(names(design).slice(5)).toEqual(['SQS', 'Click worker']);
    expect(edges(design).slice(4)).toEqual(['API publish SQS', 'SQS consume Click worker', 'Click worker http Postgres'.replace('http', 'db')]);
    expect(named(design, 'Click worker')).toMatchObject({ type: 'celery-worker', params: { instances: 2, prefetch_multiplier: 1 } });
    expect(Object.keys(design.journeys)).toHaveLength(2);
    expect(choicesAt(CLICKS, CLICKS.indexOf('worker') + 6, planOf(drawAll(REDIRECT), CLICKS), drawAll(REDIRECT)).map(({ label }) => label).slice(0, 2)).toEqual(['Celery worker', 'Faust worker']);
  });

  it('stands left to right on the grid, in sight, and nothing on anything', () => {
    const design = drawAll(REDIRECT, CREATE, CLICKS);
    const boxes = Object.keys(design.nodes).map((id) => componentBox(design, id)).filter((box) => box !== null);
    for (const box of boxes) expect([box.x % 8, box.y % 8]).toEqual([0, 0]);
    const rects = boxes.map(({ x, y, w, h }) => ({ left: x, top: y, right: x + w, bottom: y + h }));
    for (const [index, rect] of rects.entries()) for (const other of rects.slice(index + 1)) expect(rectsOverlap(rect, other)).toBe(false);
    const x = (name: string): number => design.layout.nodes[named(design, name)?.id ?? '']?.x ?? 0;
    expect(x('Client')).toBeLessThan(x('Load balancer'));
    expect(x('Load balancer') + 184 + 88).toBe(x('API'));
    expect(x('API')).toBeLessThan(x('SQS'));
    expect(rects.slice(0, 5).every(({ left, right }) => left >= 0 && right <= 1200)).toBe(true);
  });
});

describe('what a word means', () => {
  it.each(PARTS.map((part) => [part.title, part] as const))('the title %s', (title, part) => {
    const design = draw(emptyDesign(), `client (new) > ${written(title)} (${part.id})`);
    expect(forcedPart(part.id)?.component.type).toBe(part.component.type);
    expect(findPart(title)?.part.component.type).toBe(part.component.type);
    expect(Object.values(design.nodes).at(-1)?.type).toBe(part.component.type);
  });

  it('every keyword finds a part that has it', () => {
    const lost = PARTS.flatMap((part) => part.keywords.map((word) => [word, findPart(word)] as const)).filter(([, found]) => found === null);
    expect(lost).toEqual([]);
  });

  it.each([
    ['users api', 'service', 'Users API'],
    ['orders db', 'rdbms', 'Orders DB'],
    ['postgres replica', 'rdbms', 'Postgres replica'],
    ['sqs queue', 'sqs', 'SQS queue'],
    ['session cache', 'redis', 'Session cache'],
    ['API 2', 'service', 'API 2'],
    ['load-balancer', 'lb-managed', 'Load balancer'],
    ['Shop Service', 'service', 'Shop Service'],
    ['celery worker', 'celery-worker', 'Celery worker'],
    ['sidekiq worker', 'celery-worker', 'Sidekiq worker'],
    ['redis worker', 'celery-worker', 'Redis worker'],
    ['redsi', 'custom', 'redsi'],
    ['checkout (service)', 'service', 'Checkout'],
    ['mail (plain)', 'custom', 'Mail'],
    ['(redis)', 'redis', 'Redis'],
  ])('%s is a %s called %s', (text, type, name) => expect(Object.values(draw(emptyDesign(), text).nodes)).toMatchObject([{ type, name }]));

  it('says what an unknown word does, and Tab takes what was meant', () => {
    const plan = planOf(emptyDesign(), 'redsi');
    expect(plan.items[0] && unknownWords(plan.items[0])).toBe('No part called "redsi". Did you mean Redis? Enter adds a plain box named "redsi".');
    expect(completionAt('redsi', 5, plan, emptyDesign())?.text).toBe('redis');
    expect(completionAt('client > postg', 14, planOf(emptyDesign(), 'client > postg'), emptyDesign())?.text).toMatch(/^client > postgresql$/);
  });
});

describe('reuse', () => {
  it.each([
    [['api > postgres', 'worker > postgres'], 3],
    [['api > PostgreSQL', 'API > postgres'], 2],
    [['client > load balancer', 'lb > api'], 3],
    [['api > postgres', 'api > db'], 2],
    [['shop service > redis', 'shop > cache'], 2],
    [['users api > redis', 'api > redis'], 3],
    [['api > redis', 'api > redis (new)'], 3],
    [['api > mysql', 'api > postgres'], 3],
    [['api > backend'], 2],
    [['api > redis, postgres > redis'], 3],
    [['email queue > a, b queue', 'api > queue'], 5],
  ])('%j has %i components', (lines, count) => expect(names(drawAll(...lines))).toHaveLength(count));

  it('sets what is said about an existing one, and changes its type when forced', () => {
    const design = drawAll('api > cache store', 'api x4 z3 > cache store (redis)');
    expect(named(design, 'API')).toMatchObject({ params: { instances: 4 }, zone_spread: 3 });
    expect(named(design, 'Cache store')).toMatchObject({ type: 'redis' });
    expect(names(design)).toHaveLength(2);
  });

  it('never draws a connection twice, to itself, or where it is refused', () => {
    const design = drawAll('client > api > postgres', 'client > api > postgres', 'api > api', 'api > client');
    expect(edges(design)).toEqual(['Client http API', 'API db Postgres']);
    expect(planSentence(planOf(design, 'api > client'), design)).toContain('A client starts requests.');
  });
});

describe('what a line continues from', () => {
  const base = drawAll('client > api');
  const start = { kind: 'node', id: named(base, 'API')?.id ?? '' } as const;

  it.each([
    ['redis', 'API cache Redis'],
    ['> redis', 'API cache Redis'],
    ['redis, postgres', 'API db Postgres'],
    ['>> sqs', 'API publish SQS'],
  ])('%s hangs on the selection', (text, edge) => expect(edges(draw(base, text, { start })).at(-1)).toBe(edge));

  it.each(['client > api > redis', 'find: client > redis', 'client > redis'])('%s does not', (text) => expect(planOf(base, text, { start }).start).toBeNull());

  it('a line that was pulled from a component always does; one that is added apart never', () => {
    expect(planOf(base, 'client > redis', { start, pulled: true }).start).toEqual(start);
    expect(edges(draw(base, 'redis', { start, apart: true }))).toHaveLength(1);
  });

  it('stands where the line was dropped', () => {
    const design = draw(base, 'redis', { start, pulled: true, at: { x: 1003, y: 500 } });
    expect(design.layout.nodes[named(design, 'Redis')?.id ?? '']).toEqual({ x: 1000, y: 472 });
  });
});

describe('operators', () => {
  it.each([
    ['postgres = postgres (new)', 'Postgres replicate Postgres 2'],
    ['api >> billing service', 'API trigger Billing service'.replace('trigger', 'consume')],
    ['redis (both), postgres', ''],
  ])('%s', (text, edge) => expect(edges(drawAll(text)).join()).toBe(edge));

  it('a cache may be called beside its store', () => {
    const design = drawAll('api > redis (both), postgres');
    expect(edges(design)).toEqual(['API db Redis', 'API db Postgres']);
    const text = 'api > redis, postgres';
    const [first] = choicesAt(text, 11, planOf(emptyDesign(), text), emptyDesign());
    expect(first?.text).toBe('api > redis (both), postgres');
  });

  it('a number that a part cannot have is said and left out', () => {
    const plan = planOf(emptyDesign(), 'sqs x3 > postgres x9 > api z7');
    expect(plan.items.map(({ remarks }) => remarks)).toEqual([['SQS has no number of instances to set.'], ['PostgreSQL cannot stand 9 times.'], ['A part uses 1 to 3 zones.']]);
  });

  it('a journey must start at a client', () => {
    const design = drawAll('buy: api > postgres');
    expect([names(design).length, Object.keys(design.journeys)]).toEqual([2, []]);
    expect(planOf(emptyDesign(), 'buy: api > postgres').journey?.refused).toBe('A journey starts at a client, and API is none: no journey is made.');
  });
});

it('says what it will do', () => {
  expect(planSentence(planOf(emptyDesign(), 'client > load balancer'), emptyDesign())).toBe('Will add client; load balancer, connected from client.');
  expect(planSentence(planOf(drawAll('client'), 'client > lb x2'), drawAll('client'))).toContain('Client (existing)');
});

/** A small generator of numbers, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

it('any text is a line: it is read, said and drawn without an error', () => {
  const pieces = ['>', '>>', '=', ',', ':', '(', ')', '"', 'x3', 'z2', 'x0', 'z99', ' ', 'api', 'redis', 'postgres', 'worker', 'client', '\u2192', '\u00e9', '\ud83d\ude80', '-', 'new', '(both)', 'constructor', '__proto__', '0'];
  const next = random(7);
  let design = drawAll(REDIRECT);
  for (let run = 0; run < 250; run += 1) {
    const text = Array.from({ length: Math.floor(next() * 14) }, () => pieces[Math.floor(next() * pieces.length)] ?? '').join(next() < 0.5 ? '' : ' ');
    const start = next() < 0.3 ? { kind: 'node' as const, id: Object.keys(design.nodes)[0] ?? '' } : null;
    const plan = planOf(design, text, { start });
    expect(typeof planSentence(plan, design)).toBe('string');
    for (let caret = 0; caret <= text.length; caret += 7) {
      for (const choice of choicesAt(text, caret, plan, design)) expect(typeof choice.text).toBe('string');
      completionAt(text, caret, plan, design);
    }
    const after = draw(design, text, { start });
    for (const edge of Object.values(after.edges)) expect([after.nodes[edge.from]?.id, after.nodes[edge.to]?.id]).toEqual([edge.from, edge.to]);
    if (Object.keys(after.nodes).length < 60) design = after;
  }
}, 30_000);
