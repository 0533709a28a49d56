import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import type { Component } from '../../shared/contracts/component.ts';
import { AXES, type Evaluation } from '../../shared/contracts/evaluation.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { rankFixes } from '../../shared/engine/what-if.ts';
import type { Design } from '../../shared/model/design.ts';
import { design, type DesignBuilder } from '../support/design-builder.ts';

/** Client, service, database, nothing filled in: the quiet that semantics 12 asks for. */
const threeBox = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').build();

const findings = (result: Evaluation) => result.findings.filter(({ kind }) => kind === 'finding');

describe('the three-box sketch', () => {
  const result = evaluate(threeBox, catalog);

  test('has one finding, and at most six questions', () => {
    expect(result.rule_failures).toEqual([]);
    expect(findings(result).map(({ rule }) => rule)).toEqual(['spof-stateful-node']);
    expect(result.findings.filter(({ kind }) => kind === 'question').map(({ message }) => message).length).toBeLessThanOrEqual(6);
  });

  test('scores as the specification says', () => {
    const scores = AXES.map((axis) => result.scores[axis].score.value);
    expect(scores.map((score) => (score === null ? null : Math.round(score)))).toEqual([89, 100, 35, 40, 85, null]);
    expect(Math.round(result.overall.value ?? 0)).toBe(63);
  });

  test('is told what Multi-AZ would bring and cost', () => {
    const [best] = rankFixes(threeBox, catalog).filter(({ rule }) => rule === 'spof-stateful-node');
    expect(best?.title).toBe('Make db Multi-AZ');
    expect(best?.deltas.slice(0, 4).map(({ text }) => text)).toEqual(['availability 35 to 69', 'isolation 40 to 77', '+$148/month', '1 finding fewer']);
  });
});

/** Where a component may stand alone: instead of the service, before it, and beside it as its cache, its broker or its callee. */
const PLACES: Readonly<Record<string, (component: Component) => DesignBuilder | null>> = {
  'instead of the service': ({ type }) => design().client('c').node(type, 'x').rdbms('db').chain('c', 'x', 'db'),
  'before the service': ({ type, category }) => (category === 'edge' ? design().client('c').node(type, 'x').service('api').rdbms('db').chain('c', 'x', 'api', 'db') : null),
  'beside the database': ({ type, category }) => (category === 'edge' ? null : design().client('c').service('api').rdbms('db').node(type, 'x').chain('c', 'api', 'db').connect('api', 'x')),
  'with a worker behind it': ({ type, category }) => (category === 'messaging' ? design().client('c').service('api').rdbms('db').node(type, 'x').celery('work').chain('c', 'api', 'db').chain('api', 'x', 'work') : null),
};

const quiet = [...catalog.components.values()].filter(({ type, category }) => type !== 'client' && (category === 'edge' || category === 'compute' || category === 'messaging' || type === 'redis'));
const cases = Object.entries(PLACES).flatMap(([place, draw]) => quiet.flatMap((component) => {
  const drawn = draw(component);
  return drawn === null ? [] : [[component.type, place, drawn.build()] as [string, string, Design]];
}));

test.each(cases)('%s %s raises nothing from defaults', (_type, _place, drawn) => {
  const result = evaluate(drawn, catalog);
  expect(result.rule_failures).toEqual([]);
  const allowed = (rule: string): boolean => rule.startsWith('spof-') || rule === 'sync-third-party';
  expect(findings(result).filter(({ rule }) => !allowed(rule)).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});
