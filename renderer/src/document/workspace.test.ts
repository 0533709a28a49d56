import { beforeEach, expect, test } from 'vitest';
import { emptyDesign } from '../../../shared/model/design.ts';
import { activeDocument, useWorkspace } from './workspace.ts';

const rename = (name: string) => useWorkspace.getState().commit(`Name it ${name}`, (draft) => void (draft.name = name));
const names = (of: 'past' | 'future') => activeDocument()?.[of].map(({ name }) => name);

beforeEach(() => useWorkspace.getState().open({ id: 'doc', design: emptyDesign('First'), title: 'First' }));

test('a withdrawn step cannot be redone, and what could be redone before it can again', () => {
  rename('Second');
  rename('Third');
  useWorkspace.getState().undo();
  const before = activeDocument();
  rename('Slip');
  expect(names('future')).toEqual([]);
  useWorkspace.getState().withdraw(before?.future ?? []);
  expect([activeDocument()?.design.name, names('past'), names('future')]).toEqual(['Second', ['Name it Second'], ['Name it Third']]);
  useWorkspace.getState().redo();
  expect(activeDocument()?.design.name).toBe('Third');
});
