import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok, type Problem, type Result } from '../../../shared/lib/result.ts';
import type { Arrangement } from '../../../shared/interchange/layout/arrange.ts';
import type { Chosen } from '../../../shared/interchange/layout/paper.ts';
import { design as build } from '../../../tests/support/design-builder.ts';
import { useSession } from '../document/session.ts';
import { activeDocument, useWorkspace } from '../document/workspace.ts';
import { tidyLayout } from './tidy.ts';

type Answer = (result: Result<Arrangement, Problem>) => void;
const client = vi.hoisted(() => ({ asked: [] as { chosen: unknown; answer: (result: never) => void }[], cancelled: 0 }));

vi.mock('../workers/layout-client.ts', () => ({
  createLayoutClient: () => ({
    arrange: (_: unknown, chosen: Chosen | null, answer: Answer) => void client.asked.push({ chosen, answer }),
    cancel: () => void (client.cancelled += 1),
  }),
}));

const CHANGE: Arrangement = { nodes: { a: { x: 8, y: 16 } }, notes: {}, boundaries: {}, routes: [], crowded: [] };
const answer = (change: Arrangement = CHANGE): void => (client.asked.at(-1)?.answer as Answer | undefined)?.(ok(change));
const notice = () => useSession.getState().notice?.text;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  const drawn = build().client('a').service('b').connect('a', 'b').build();
  drawn.layout.nodes = { a: { x: 0, y: 0 }, b: { x: 300, y: 0 } };
  useWorkspace.getState().open({ id: 'd', design: drawn, title: 'Drawing' });
  useSession.getState().select({});
  useSession.getState().set({ notice: null, camera: null });
  Object.assign(client, { asked: [], cancelled: 0 });
});
afterEach(() => {
  useWorkspace.getState().close('d');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('everything when nothing is selected; one step, and the camera is asked to show what moved', () => {
  tidyLayout();
  expect(client.asked[0]?.chosen).toBeNull();
  vi.advanceTimersByTime(399);
  expect(notice()).toBeUndefined();
  vi.advanceTimersByTime(2);
  expect(notice()).toBe('Laying out 2 components');
  answer();
  expect(activeDocument()?.past.map(({ name }) => name)).toEqual(['Tidy layout']);
  expect(activeDocument()?.design.layout.nodes['a']).toEqual({ x: 8, y: 16 });
  expect([notice(), useSession.getState().camera?.to]).toEqual(['Layout of 1 component tidied.', { reveal: ['a'] }]);
});

test('a connection stands for its two ends', () => {
  useSession.getState().select({ edge: ['a>b'] });
  tidyLayout();
  expect(client.asked[0]?.chosen).toEqual({ node: ['a', 'b'], boundary: [], note: [] });
  answer({ ...CHANGE, nodes: {} });
  expect([notice(), activeDocument()?.past]).toEqual(['The layout is tidy already.', []]);
});

test('Escape stops it, and a newer edit does', () => {
  tidyLayout();
  const escape = Object.assign(new Event('keydown', { cancelable: true }), { key: 'Escape' });
  window.dispatchEvent(escape);
  expect([escape.defaultPrevented, client.cancelled, notice()]).toEqual([true, 1, 'The layout was stopped. Nothing was moved.']);
  tidyLayout();
  useWorkspace.getState().commit('Move', (draft) => void (draft.layout.nodes['b'] = { x: 5, y: 5 }));
  expect([client.asked.length, client.cancelled, notice()]).toEqual([2, 2, 'The drawing changed, so its layout was stopped.']);
  vi.advanceTimersByTime(1000);
  expect(notice()).toBe('The drawing changed, so its layout was stopped.');
});

test('says which boundary is too small', () => {
  useWorkspace.getState().commit('Add', (draft) => void (draft.boundaries['z'] = { id: 'z', kind: 'zone', name: 'Zone a' }));
  tidyLayout();
  answer({ ...CHANGE, nodes: {}, crowded: ['z'] });
  expect(notice()).toBe('Zone a is too small for a layout of what stands inside. Select it as well, or make room.');
});
