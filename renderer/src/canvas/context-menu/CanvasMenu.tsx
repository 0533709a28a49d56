import type { ReactElement } from 'react';
import { contextEntries, contextTitle } from '../../document/commands/context-menu.ts';
import { activeDocument } from '../../document/workspace.ts';
import { ContextMenu } from '../../ui/Menu.tsx';
import { useCanvasUi } from '../canvas-ui.ts';
import { startEditing } from '../interaction/keys.ts';
import { onlySelected } from '../interaction/selection.ts';
import { useSession } from '../../document/session.ts';
import { useMenuPlace } from './menu-place.ts';

const close = (): void => useMenuPlace.setState({ at: null });

/** Names are edited in their own place where they can be read. */
function renameInPlace(): void {
  close();
  // the menu gives the focus back first; a field that opened before would lose it
  requestAnimationFrame(() => startEditing(onlySelected(useSession.getState().selection)));
}

/** The menu of what is selected: on the menu key, Shift+F10, and a press with the other button. */
export function CanvasMenu(): ReactElement | null {
  const at = useMenuPlace((state) => state.at);
  const near = useCanvasUi((state) => state.lod === 'full');
  const design = activeDocument()?.design;
  if (at === null || !design) return null;
  const items = contextEntries(near ? { 'edit.rename': renameInPlace } : {});
  return <ContextMenu at={at} label={contextTitle((id) => design.nodes[id]?.name ?? design.boundaries[id]?.name)} items={items} onClose={close} />;
}
