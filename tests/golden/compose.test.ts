import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { parseCompose } from '../../shared/interchange/compose/parse-compose.ts';
import type { ImportReport } from '../../shared/interchange/import-report.ts';
import { createCounterIds } from '../../shared/model/ids.ts';
import { normaliseDesign, typeVocabulary } from '../../shared/model/normalise.ts';
import { elkLayouter } from '../support/elk.ts';

const SETS: Readonly<Record<string, readonly string[]>> = {
  eshop: ['eshop_docker-compose.yml', 'eshop_docker-compose.override.yml', 'eshop.env'],
  'opentelemetry-demo': ['oteldemo_compose.yaml', 'oteldemo.env'],
  'sock-shop': ['sockshop_docker-compose.yml'],
  'hotel-reservation': ['deathstar_hotel.yml'],
  langfuse: ['coolify_langfuse.yaml'],
  'kafka-cluster': ['kong_event-gateway_docker-compose-mtls.yaml'],
  'nginx-golang-mysql': ['awesome_nginx-golang-mysql.yaml'],
};

async function read(names: readonly string[]): Promise<ImportReport> {
  const files = names.map((name) => ({ name, text: readFileSync(new URL(`../fixtures/compose/${name}`, import.meta.url), 'utf8') }));
  const result = await parseCompose(files, { catalog, layouter: elkLayouter, ids: createCounterIds() });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The report as a table: what a person would check. */
function table({ guesses, problems, notFollowed, design }: ImportReport): string {
  const rows = guesses.map(({ target, what, became, confidence, because }) => {
    const node = target.kind === 'node' ? design.nodes[target.id] : undefined;
    const edge = target.kind === 'edge' ? design.edges[target.id] : undefined;
    const stored = node ? `${node.type} ${JSON.stringify(node.params)}` : edge?.kind ? `kind ${edge.kind}` : '';
    return [target.kind, what, became, confidence, because, stored].filter((cell) => cell !== '').join(' | ');
  });
  return `${[...rows, ...problems.map(({ level, message }) => `${level}: ${message}`), ...notFollowed.map((line) => `not followed: ${line}`)].join('\n')}\n`;
}

test.each(Object.entries(SETS))('%s is read as recorded, evaluates and is normal', async (name, files) => {
  const report = await read(files);
  await expect(table(report)).toMatchFileSnapshot(`./compose/${name}.txt`);
  expect(() => evaluate(report.design, catalog)).not.toThrow();
  expect(normaliseDesign(report.design, typeVocabulary(catalog.components))).toEqual({ design: report.design, problems: [] });
  const places = Object.values(report.design.layout.nodes);
  expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(Object.keys(report.design.nodes).length);
});

test('passwords of the fixtures stay in the fixtures', async () => {
  for (const files of Object.values(SETS)) {
    const text = JSON.stringify(await read(files));
    for (const secret of ['Pass@word', '6168DB8D', 'yYrECL4q', 'astronomy_password', 'changeit']) expect(text).not.toContain(secret);
  }
});
