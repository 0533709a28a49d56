import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDrawing, needsEvaluate } from './conditions.ts';

const NEXT = { usual: 'all', all: 'none', none: 'usual' } as const;
const EFFECT = { usual: 'Show edge labels', all: 'Hide edge labels', none: 'Show usual edge labels' } as const;

/** Show a label on every connection, then on none, then where they stand by themselves. */
export const edgeLabels = defineCommand({
  id: 'view.edge-labels',
  label: () => EFFECT[useSession.getState().edgeLabels],
  menu: 'view',
  synonyms: ['connection labels', 'rates on lines'],
  enabled: () => {
    const drawing = needsDrawing();
    return drawing === true ? needsEvaluate() : drawing;
  },
  perform: () => {
    const { edgeLabels: now, set } = useSession.getState();
    set({ edgeLabels: NEXT[now] });
  },
});

/** Show or hide the connections that carry traces and migrations. */
export const platformEdges = defineCommand({
  id: 'view.platform-edges',
  label: () => (useSession.getState().platformEdges ? 'Hide platform edges' : 'Show platform edges'),
  menu: 'view',
  synonyms: ['trace', 'migration', 'collector lines'],
  enabled: needsDrawing,
  perform: () => {
    const { platformEdges: shown, set } = useSession.getState();
    set({ platformEdges: !shown });
  },
});
