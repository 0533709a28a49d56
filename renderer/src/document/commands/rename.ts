import type { Design } from '../../../../shared/model/design.ts';
import { useSession } from '../session.ts';
import { activeDocument } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** What a rename dialog is opened for. */
export interface RenameTarget {
  readonly kind: 'node' | 'boundary';
  readonly id: string;
  readonly name: string;
}

function namedSelection(design: Design): RenameTarget | null {
  const { selection } = useSession.getState();
  const named = [...selection.node.map((id) => ['node', id] as const), ...selection.boundary.map((id) => ['boundary', id] as const)];
  const [only] = named;
  if (named.length !== 1 || only === undefined) return null;
  const [kind, id] = only;
  const object = kind === 'node' ? design.nodes[id] : design.boundaries[id];
  return object === undefined ? null : { kind, id, name: object.name };
}

/** Give the selected component or boundary another name. The canvas edits names in place; elsewhere a dialog asks. */
export const rename = defineCommand({
  id: 'edit.rename',
  label: 'Rename…',
  menu: 'edit',
  shortcuts: ['F2', 'Enter'],
  synonyms: ['name', 'title', 'label'],
  scope: 'canvas',
  enabled: () => {
    const editable = needsEditable();
    if (editable !== true) return editable;
    const design = activeDocument()?.design;
    return design !== undefined && namedSelection(design) !== null ? true : 'Select one component or boundary to rename it.';
  },
  perform: () => {
    const design = activeDocument()?.design;
    const target = design === undefined ? null : namedSelection(design);
    if (target !== null) useSession.getState().set({ dialog: { name: 'rename', data: target } });
  },
});
