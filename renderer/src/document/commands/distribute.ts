import { distributeObjects, type Distribution } from '../edits/arrange.ts';
import { useSession } from '../session.ts';
import { useWorkspace } from '../workspace.ts';
import { needsArrangeable } from './align.ts';
import { defineCommand, type Command } from './command.ts';

const WAYS: readonly { readonly way: Distribution; readonly synonyms: readonly string[] }[] = [
  { way: 'across', synonyms: ['equal gaps', 'space evenly', 'horizontally'] },
  { way: 'down', synonyms: ['equal gaps', 'space evenly', 'vertically'] },
];

/** Give what is selected equal gaps; the outermost two stay where they are. */
export const distributions: readonly Command[] = WAYS.map(({ way, synonyms }) =>
  defineCommand({
    id: `arrange.distribute-${way}`,
    label: `Distribute ${way}`,
    menu: 'arrange',
    synonyms,
    enabled: () => needsArrangeable(3),
    perform: () => {
      const { selection, notify } = useSession.getState();
      let room = true;
      const changed = useWorkspace.getState().commit(`Distribute ${way}`, (draft) => {
        room = distributeObjects(draft, selection, way);
      });
      if (!room) notify('There is not enough room between the outermost things for gaps. Move them apart first.');
      else if (!changed) notify('The gaps are equal already.');
    },
  }),
);
