import { setNodeProperty } from '../edits/set.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';
import { defineCommand } from './command.ts';
import { needsEditable } from './conditions.ts';

/** Components whose type an import guessed and nobody confirmed: of the selection, without one of the whole drawing. */
function guessed(): readonly string[] {
  const nodes = activeDocument()?.design.nodes ?? {};
  const { node } = useSession.getState().selection;
  const among = node.length > 0 ? node : Object.keys(nodes);
  return among.filter((id) => nodes[id]?.guessed !== undefined && nodes[id].guessed.confidence !== 'sure');
}

/** Say that what an import guessed is right: the dashes and the question mark go. */
export const confirmGuesses = defineCommand({
  id: 'edit.confirm-guesses',
  label: 'Confirm guessed parts',
  menu: 'edit',
  synonyms: ['import', 'question mark', 'dashed', 'accept'],
  enabled: () => {
    const editable = needsEditable();
    if (editable !== true) return editable;
    return guessed().length > 0 ? true : 'Nothing here is a guess.';
  },
  perform: () => {
    const ids = guessed();
    useWorkspace.getState().commit('Confirm guessed parts', (draft) => ids.forEach((id) => setNodeProperty(draft, id, 'guessed', undefined)));
  },
});
