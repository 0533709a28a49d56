import { beforeEach, expect, it } from 'vitest';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { addNode, connect } from '../edits/add.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { copySelection, cutSelection, paste } from './actions.ts';

const names = (): readonly string[] => Object.values(activeDocument()?.design.nodes ?? {}).map((node) => node.name);
const steps = (): readonly string[] => (activeDocument()?.past ?? []).map((step) => step.name);
const notice = (): string => useSession.getState().notice?.text ?? '';

function open(id: string, readOnly: string | null = null): void {
  const design = emptyDesign(id);
  addNode(design, { id: 'n1', type: 'client', name: 'Client', at: { x: 0, y: 0 } });
  addNode(design, { id: 'n2', type: 'service', name: 'API', at: { x: 272, y: 0 }, params: { instances: 3 } });
  connect(design, { id: 'e1', from: 'n1', to: 'n2' });
  useWorkspace.getState().open({ id, design, title: id, readOnly });
  useSession.setState({ selection: { node: [], edge: [], boundary: [], note: [] }, notice: null, mode: 'evaluate' });
}

beforeEach(() => open('doc'));

it('copies as a drawing and as text, cuts and pastes as one step each, and selects what was pasted', () => {
  useSession.getState().select({ node: ['n1', 'n2'] });
  const copied = copySelection();
  expect(copied?.text).toBe('Client > API x3');
  paste(copied ?? { fragment: '', text: '' });
  expect(names()).toEqual(['Client', 'API', 'Client 2', 'API 2']);
  const { node, edge } = useSession.getState().selection;
  expect([node.length, edge.length]).toEqual([2, 1]);
  const cut = cutSelection();
  expect([names(), steps()]).toEqual([['Client', 'API'], ['Paste 2 components', 'Cut 2 components']]);
  paste(cut ?? { fragment: '', text: '' });
  expect(steps()[2]).toBe('Paste 2 components');
  // back in the place that the cut left free
  expect(Object.values(activeDocument()?.design.layout.nodes ?? {}).map(({ x, y }) => [x, y])).toEqual([[0, 0], [272, 0], [24, 24], [296, 24]]);
  useWorkspace.getState().undo();
  expect(names()).toEqual(['Client', 'API']);
});

it('pastes into another drawing under the same names', () => {
  useSession.getState().select({ node: ['n2'] });
  const copied = copySelection();
  useWorkspace.getState().open({ id: 'other', design: emptyDesign(), title: 'other' });
  paste(copied ?? { fragment: '', text: '' });
  expect([names(), steps()]).toEqual([['API'], ['Paste API']]);
});

it('copies but neither cuts nor pastes where nothing can be changed, and says why', () => {
  open('locked', 'This file is open read-only.');
  useSession.getState().select({ node: ['n1'] });
  const copied = copySelection();
  expect(copied?.text).toBe('Client');
  expect(cutSelection()).toBeNull();
  expect(notice()).toBe('This file is open read-only.');
  open('reviewed');
  useSession.setState({ mode: 'review' });
  paste(copied ?? { fragment: '', text: '' });
  expect([names(), notice()]).toEqual([['Client', 'API'], 'Review changes nothing. Switch to Whiteboard or Evaluate to draw.']);
});

it('takes a line with ">" for a path to be confirmed and any other text for a note', () => {
  paste({ fragment: '', text: 'client > redis' });
  expect([useSession.getState().quickAdd?.text, steps()]).toEqual(['client > redis', []]);
  useSession.setState({ quickAdd: null });
  paste({ fragment: '', text: `Ask about\nthe limit ${'x'.repeat(20_000)}` });
  const [note] = Object.values(activeDocument()?.design.notes ?? {});
  expect([note?.text.length, useSession.getState().selection.note, steps()]).toEqual([10_000, [note?.id], ['Paste note']]);
  expect(notice()).toContain('10000');
});

it('says what it cannot paste and changes nothing', () => {
  const before = activeDocument()?.design;
  for (const fragment of ['{', '{"plumbline":"fragment","version":1,"design":{"edges":{"e":{"from":"a","to":"b"}}}}']) {
    paste({ fragment, text: 'client > api' });
    expect(useSession.getState().notice?.tone).toBe('error');
  }
  paste({ fragment: '', text: '  ' });
  expect(notice()).toContain('nothing that can be pasted');
  useSession.getState().select({ edge: ['e1'] });
  expect(copySelection()).toBeNull();
  expect(notice()).toContain('both its ends');
  expect(activeDocument()?.design).toBe(before);
});
