import { describe, expect, it } from 'vitest';
import { catalog, componentOf } from '../../catalog/index.ts';
import { edgeParamsSchema } from '../../shared/contracts/edge-params.ts';
import { DOCUMENT_FORMS } from '../../shared/contracts/document-params.ts';
import { resolveParams } from '../../shared/contracts/params.ts';
import { designSchema } from '../../shared/model/design.ts';

const GRID = 8;
const NODE = { w: 184, h: 64 };
const GAP = { x: 88, y: 48 };

/** What a window of 1440 x 900 shows at full size, px, without the margin that fitting leaves. */
const IN_SIGHT = { w: 736, h: 696 };

it('names each template once, in plain words', () => {
  const { templates } = catalog;
  expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length);
  expect(templates.map(({ id }) => id)).toContain('video-pipeline');
  for (const { title, description, design } of templates) {
    for (const text of [title, description]) expect(text).toMatch(/^[\x20-\x7e’“”±·×–]+$/);
    expect(design.name).toBe(title);
  }
});

describe.each(catalog.templates.map((template) => [template.id, template.design] as const))('%s', (_, design) => {
  const nodes = Object.values(design.nodes);
  const at = (id: string): { x: number; y: number } => design.layout.nodes[id] ?? expect.unreachable(id);

  it('is a document that can be stored', () => {
    expect(designSchema.parse(JSON.parse(JSON.stringify(design)))).toEqual(design);
    for (const [id, member] of [design.nodes, design.edges, design.journeys, design.entities].flatMap((record) => Object.entries(record))) expect(member.id).toBe(id);
  });

  it('is in sight at full size when it opens', () => {
    for (const { id } of nodes) {
      expect(at(id).x + NODE.w, id).toBeLessThanOrEqual(IN_SIGHT.w);
      expect(at(id).y + NODE.h, id).toBeLessThanOrEqual(IN_SIGHT.h);
    }
  });

  it('uses known types and parameters only', () => {
    for (const node of nodes) {
      const component = componentOf(node.type) ?? expect.unreachable(node.type);
      expect(component.type).toBe(node.type);
      for (const key of Object.keys(node.params)) expect(component.params.shape, `${node.id} ${key}`).toHaveProperty([key]);
      expect(resolveParams(component.params, node.params).invalid, node.id).toEqual([]);
    }
    for (const edge of Object.values(design.edges)) {
      for (const key of Object.keys(edge.params)) expect(edgeParamsSchema.shape, `${edge.id} ${key}`).toHaveProperty([key]);
      expect(resolveParams(edgeParamsSchema, edge.params).invalid, edge.id).toEqual([]);
    }
    for (const form of ['workload', 'targets', 'settings'] as const) {
      for (const key of Object.keys(design[form])) expect(DOCUMENT_FORMS[form].shape, key).toHaveProperty([key]);
    }
  });

  it('refers only to what it holds', () => {
    for (const edge of Object.values(design.edges)) for (const end of [edge.from, edge.to]) expect(design.nodes, edge.id).toHaveProperty([end]);
    for (const entity of Object.values(design.entities)) expect(design.nodes).toHaveProperty([entity.home]);
    for (const journey of Object.values(design.journeys)) {
      expect(design.edges).toHaveProperty([journey.entry]);
      for (const step of journey.steps ?? []) expect(design.edges).toHaveProperty([step.edge]);
      for (const { entity } of [...(journey.reads ?? []), ...(journey.writes ?? [])]) expect(design.entities).toHaveProperty([entity]);
    }
  });

  it('stands tidily: on the grid, apart, each connection to the right or straight down', () => {
    expect(Object.keys(design.layout.nodes).sort()).toEqual(Object.keys(design.nodes).sort());
    for (const { id } of nodes) expect([at(id).x % GRID, at(id).y % GRID], id).toEqual([0, 0]);
    for (const a of nodes) for (const b of nodes) {
      if (a.id >= b.id) continue;
      const apart = Math.abs(at(a.id).x - at(b.id).x) >= NODE.w + GAP.x || Math.abs(at(a.id).y - at(b.id).y) >= NODE.h + GAP.y;
      expect(apart, `${a.id} ${b.id}`).toBe(true);
    }
    for (const { id, from, to } of Object.values(design.edges)) {
      if (at(to).x === at(from).x) expect(at(to).y, id).toBeGreaterThan(at(from).y);
      else expect(at(to).x, id).toBeGreaterThan(at(from).x);
    }
  });
});
