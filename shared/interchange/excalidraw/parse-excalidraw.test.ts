import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { evaluate } from '../../engine/evaluate.ts';
import { createCounterIds } from '../../model/ids.ts';
import { normaliseDesign, typeVocabulary } from '../../model/normalise.ts';
import { elkLayouter } from '../../../tests/support/elk.ts';
import type { ImportReport } from '../import-report.ts';
import { parseExcalidraw } from './parse-excalidraw.ts';

async function read(text: string, name = 'shop.excalidraw'): Promise<ImportReport> {
  const result = await parseExcalidraw([{ name, text }], { catalog, layouter: elkLayouter, ids: createCounterIds() });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const fixture = (name: string): Promise<ImportReport> => read(readFileSync(new URL(`../../../tests/fixtures/excalidraw/${name}.excalidraw`, import.meta.url), 'utf8'), `${name}.excalidraw`);

type Element = Readonly<Record<string, unknown>>;

const scene = (...elements: readonly (Element | readonly Element[])[]): Promise<ImportReport> => read(JSON.stringify({ type: 'excalidraw', version: 2, elements: elements.flat() }));
const shape = (id: string, x: number, y: number, more: Element = {}): Element => ({ id, type: 'rectangle', x, y, width: 160, height: 60, ...more });
const text = (words: string, x: number, y: number, more: Element = {}): Element => ({ id: `text ${words}`, type: 'text', text: words, fontSize: 16, x, y, width: words.length * 8, height: 20, ...more });
const box = (label: string, x: number, y: number, more: Element = {}): Element[] => [shape(label, x, y, more), text(label, x + 8, y + 20, { id: `${label} label`, containerId: label })];
const arrow = (from: string | null, to: string | null, more: Element = {}): Element => ({
  id: `${from ?? ''} to ${to ?? ''}`, type: 'arrow', x: 0, y: 0, width: 10, height: 10, points: [[0, 0], [10, 10]], startArrowhead: null, endArrowhead: 'arrow',
  startBinding: from === null ? null : { elementId: from }, endBinding: to === null ? null : { elementId: to }, ...more,
});

const nodes = ({ guesses }: ImportReport): string[] => guesses.filter(({ target }) => target.kind === 'node').map(({ what, became, confidence }) => `${what}: ${became}, ${confidence}`);
const edges = ({ guesses }: ImportReport): string[] => guesses.filter(({ target }) => target.kind === 'edge').map(({ what, became, confidence }) => `${what}: ${became}, ${confidence}`);
const homes = ({ design }: ImportReport): Record<string, string> => Object.fromEntries(Object.values(design.nodes).map(({ name, boundary }) => [name, design.boundaries[boundary ?? '']?.name ?? '']));
const says = ({ problems }: ImportReport): string[] => problems.map(({ message }) => message);
const notes = ({ design }: ImportReport): string[] => Object.values(design.notes).map(({ text: words }) => words);

describe('real drawings', () => {
  test.each([
    ['excalidraw_pr-package-architecture', 7, 6, 0, 1],
    ['excalidraw_sketch-2026-02-21', 8, 3, 0, 2],
    ['osdu_architecture', 29, 4, 5, 3],
    ['osdu_bicep-architecture', 16, 9, 0, 5],
    ['osdu_deployment-lifecycle', 15, 5, 0, 10],
  ])('%s: %i components, %i connections, %i boundaries, %i notes; normal, evaluated, the same each time', async (name, parts, connections, boundaries, remarks) => {
    const report = await fixture(name);
    const { design, guesses } = report;
    expect([design.nodes, design.edges, design.boundaries, design.notes].map((part) => Object.keys(part).length)).toEqual([parts, connections, boundaries, remarks]);
    expect(normaliseDesign(design, typeVocabulary(catalog.components))).toEqual({ design, problems: [] });
    expect(() => evaluate(design, catalog)).not.toThrow();
    const targets = guesses.filter(({ target }) => target.kind !== 'document').map(({ target }) => target.id);
    expect(targets.sort()).toEqual([...Object.keys(design.nodes), ...Object.keys(design.edges), ...Object.keys(design.boundaries)].sort());
    expect(await fixture(name)).toEqual(report);
  });

  test('an architecture: types, boundaries in each other, headings, the title, the way in', async () => {
    const report = await fixture('osdu_architecture');
    expect(nodes(report)).toEqual(expect.arrayContaining(['Client: Client, sure', 'Elasticsearch 3 nodes: Elasticsearch, sure', 'PostgreSQL Airflow DB: PostgreSQL, sure', 'Key Vault: HashiCorp Vault, likely', 'entitlements: Not typed yet, guess']));
    expect(homes(report)).toMatchObject({ 'Redis TLS': 'platform namespace', search: 'osdu namespace', 'Flux CD GitOps': 'AKS Automatic Cluster', 'Key Vault': 'Azure PaaS Services', Client: '' });
    const { boundaries } = report.design;
    expect(Object.values(boundaries).map(({ name, kind, parent }) => `${name}: ${kind} in ${boundaries[parent ?? '']?.name ?? 'none'}`)).toEqual(expect.arrayContaining(['AKS Automatic Cluster: cluster in none', 'osdu namespace: group in AKS Automatic Cluster']));
    expect(edges(report)).toEqual(['Client to Istio Gateway: call, sure', 'Git Repository spi-stack to Flux CD GitOps: connection, sure', 'osdu namespace to Azure PaaS Services: connection, likely', 'Istio Gateway to AKS Automatic Cluster: connection, likely']);
    expect([report.design.name, report.entry?.name]).toEqual(['SPI Stack Architecture', 'Istio Gateway']);
    expect(says(report)).toContain('Short texts that belong to nothing were left out: `Workload Identity (OIDC)`, `Core Services`, `Reference Services` and `osdu-config ConfigMap workload-identity-sa`.');
  });

  test('a sketch: arrows that nearly arrive are guesses, the others are told; icons are what is written under them; deleted things stay away', async () => {
    const report = await fixture('excalidraw_sketch-2026-02-21');
    expect(edges(report)).toEqual(['sub2 to Center: connection, guess', 'sub3 to Center: connection, guess', 'sub4 to Center: connection, guess']);
    expect(nodes(report).slice(-3)).toEqual(['search: Search, guess', 'GitHub: Not typed yet, guess', 'Users: Client, sure']);
    expect(says(report)).toEqual(expect.arrayContaining([
      '3 of 5 connections attached. 2 arrows end in empty space: into `sub3` and from `sub1`; they are marked on the drawing.',
      'Not read, as nothing is written on or connected to them: 31 shapes without a text, 77 lines and 6 freehand strokes.',
    ]));
  });

  test('steps: five arrows in a column, nothing invented', async () => {
    const report = await fixture('osdu_deployment-lifecycle');
    const names = Object.values(report.design.nodes).slice(0, 6).map(({ name }) => name);
    expect(edges(report)).toEqual(names.slice(1).map((name, index) => `${names[index] ?? ''} to ${name}: connection, sure`));
    const y = Object.values(report.design.layout.nodes).slice(0, 6).map((at) => at.y);
    expect(y).toEqual([...y].sort((a, b) => a - b));
  });
});

describe('arrows', () => {
  const two = [...box('Order Service', 0, 0), ...box('Redis', 400, 0)];
  test.each([
    ['the head decides', arrow('Order Service', 'Redis'), 'Order Service to Redis: cache access, sure'],
    ['at the start', arrow('Redis', 'Order Service', { startArrowhead: 'triangle', endArrowhead: null }), 'Order Service to Redis: cache access, sure'],
    ['at both ends', arrow('Order Service', 'Redis', { startArrowhead: 'arrow' }), 'Order Service to Redis: cache access, guess'],
    ['at none', arrow('Order Service', 'Redis', { endArrowhead: null }), 'Order Service to Redis: cache access, guess'],
    ['a bound line', arrow('Order Service', 'Redis', { type: 'line', endArrowhead: null }), 'Order Service to Redis: cache access, guess'],
    ['bound to the text in a shape', arrow('Order Service label', 'Redis label'), 'Order Service to Redis: cache access, sure'],
    ['near, not bound', arrow('Order Service', null, { x: 160, y: 30, points: [[0, 0], [100, 0], [220, 0]] }), 'Order Service to Redis: cache access, guess'],
  ])('%s', async (_, drawn, expected) => expect(edges(await scene(two, drawn))).toEqual([expected]));

  test('25 off is empty space; a circle and a second arrow of the same kind carry nothing', async () => {
    const far = await scene(two, arrow('Order Service', null, { x: 160, y: 30, points: [[0, 0], [215, 0]] }));
    expect([edges(far), says(far)[0]]).toEqual([[], '0 of 1 connections attached. 1 arrow ends in empty space: from `Order Service`; it is marked on the drawing.']);
    const [mark] = Object.values(far.design.notes);
    expect(mark?.text).toBe('**An arrow ended here.** It came from Order Service. Connect what it meant, then delete this note.');
    expect(far.design.layout.notes[mark?.id ?? '']).toBeDefined();
    const report = await scene(two, arrow('Redis', 'Redis'), arrow('Order Service', 'Redis'), { ...arrow('Order Service', 'Redis'), id: 'again' });
    expect(edges(report)).toEqual(['Order Service to Redis: cache access, sure']);
    expect(says(report)[0]).toContain('`Redis`: an arrow leads back');
  });

  test('labels name the kind; who consumes gets the messages', async () => {
    const parts = [...two, ...box('Kafka', 0, 300), ...box('Billing Service', 400, 300)];
    const label = (on: string, words: string): Element => text(words, 0, 0, { containerId: on });
    const report = await scene(parts, arrow('Order Service', 'Kafka'), label('Order Service to Kafka', 'publishes'), arrow('Billing Service', 'Kafka'), label('Billing Service to Kafka', 'consumes orders'), arrow('Order Service', 'Billing Service'), label('Order Service to Billing Service', 'WebSocket'));
    expect(edges(report)).toEqual(['Order Service to Kafka: publish, sure', 'Kafka to Billing Service: consume, guess', 'Order Service to Billing Service: open connection, likely']);
    expect(report.guesses.find(({ what }) => what === 'Order Service to Kafka')?.because).toBe('an arrow, labelled "publishes"');
    expect(Object.values(report.design.edges).map(({ kind }) => kind)).toEqual([undefined, undefined, 'ws']);
  });
});

describe('shapes and texts', () => {
  test('texts in shapes, under images and in groups name them; what an arrow leads to is there', async () => {
    const report = await scene(
      shape('a', 0, 0, { type: 'ellipse' }), text('Kong', 40, 20),
      { id: 'i', type: 'image', x: 400, y: 0, width: 64, height: 64 }, text('Lambda', 410, 70),
      shape('g1', 0, 300, { groupIds: ['inner', 'outer'] }), { id: 'g2', type: 'freedraw', x: 10, y: 310, width: 5, height: 5, groupIds: ['outer'] }, text('Amazon S3', 20, 370, { groupIds: ['outer'] }),
      shape('bare', 400, 300), shape('decoration', 800, 300),
      arrow('i', 'g2'), arrow('a', 'bare'),
    );
    expect(nodes(report)).toEqual(['Kong: Kong, sure', 'Lambda: Function, sure', 'Amazon S3: S3, sure', 'Unnamed box: Not typed yet, guess']);
    expect(edges(report).map((edge) => edge.split(':')[0])).toEqual(['Lambda to Amazon S3', 'Kong to Unnamed box']);
    expect(says(report)).toContain('Not read, as nothing is written on or connected to them: 1 shape without a text.');
  });

  test('frames and boxes around others are boundaries; longer texts are notes', async () => {
    const report = await scene(
      { id: 'f', type: 'frame', name: 'eu-west-1', x: -50, y: -50, width: 900, height: 500 },
      shape('zone', -20, -20, { width: 400, height: 300 }), text('Zone A', -10, -15, { containerId: 'zone' }),
      box('API', 0, 40, { frameId: 'f' }), box('Postgres', 0, 150, { frameId: 'f' }), box('CDN', 600, 40, { frameId: 'f' }), box('Users', 1200, 40),
      text('Everything here is still to be agreed', 600, 300), shape('panel', 1200, 300), text('What we know\nof the load so far\nand why we doubt that it is all of it', 1210, 310, { containerId: 'panel' }),
      { id: 'empty', type: 'frame', name: 'Later', x: 2000, y: 0, width: 100, height: 100 },
    );
    expect(homes(report)).toEqual({ API: 'Zone A', Postgres: 'Zone A', CDN: 'eu-west-1', Users: '' });
    expect(Object.values(report.design.boundaries).map(({ name, kind }) => `${name} ${kind}`)).toEqual(['eu-west-1 region', 'Zone A zone']);
    expect(notes(report)).toEqual(['What we know\nof the load so far\nand why we doubt that it is all of it', 'Everything here is still to be agreed']);
    expect(says(report)).toContain('Not read, as nothing is written on or connected to them: 1 empty frame.');
  });

  test('nobody is made up who uses it', async () => {
    const report = await scene(box('API', 0, 0));
    expect([report.entry, report.design.workload.peak_rps]).toEqual([null, undefined]);
    expect(says(report)[0]).toContain('Nothing in the drawing stands for its users.');
  });
});
