import { describe, expect, it } from 'vitest';
import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { NOTHING_TOLD, saturationText, tellNext, type Told } from './saturations.ts';

const BREAKS: readonly BreakPoint[] = [
  { node: 'db', resource: 'io', multiple: 4.2, rps: 8500 },
  { node: 'api', resource: 'slots', multiple: 6.8, rps: 13_800 },
  { node: 'db', resource: 'cpu', multiple: 7, rps: 14_200 },
];
const names: Readonly<Record<string, string>> = { db: 'Postgres primary', api: 'Shortener API' };
const said = (told: Told): Told => ({ ...told, waiting: [] });

describe('saturations', () => {
  it('tells each station once, whatever the load does above 1x', () => {
    const at = (told: Told, multiple: number): Told => tellNext(told, BREAKS, multiple);
    const below = at(NOTHING_TOLD, 4.1);
    expect(below.waiting).toEqual([]);
    const first = at(below, 4.3);
    expect(first.waiting.map(({ node }) => node)).toEqual(['db']);
    const again = at(at(said(first), 3), 5);
    expect(again.waiting).toEqual([]);
    expect(at(said(again), 7.5).waiting.map(({ node }) => node)).toEqual(['api']);
    expect(at(at(said(again), 1), 5).waiting.map(({ node }) => node)).toEqual(['db']);
  });

  it('forgets what is no longer true before it could be told', () => {
    expect(tellNext(tellNext(NOTHING_TOLD, BREAKS, 5), BREAKS, 2).waiting).toEqual([]);
  });

  it('names the first in full and the others after it', () => {
    const { waiting } = tellNext(NOTHING_TOLD, BREAKS, 10);
    expect(saturationText(waiting.slice(0, 1), (node) => names[node] ?? '')).toBe('Postgres primary saturates at 4.2x, 8.5k rps, on disk operations.');
    expect(saturationText(waiting, (node) => names[node] ?? '')).toBe('Postgres primary saturates at 4.2x, 8.5k rps, on disk operations. Also saturated: Shortener API.');
  });
});
