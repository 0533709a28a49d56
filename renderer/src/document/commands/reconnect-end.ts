import { beginMovingEnd, connectionToMove, useConnectMode } from '../connect-mode.ts';
import { focusCanvas } from '../focus-canvas.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { defineCommand } from './command.ts';

/** Attach an end of the selected connection elsewhere, by keys: arrows choose, Enter connects. Said again it takes the other end. */
export const reconnectEnd = defineCommand({
  id: 'insert.reconnect',
  label: 'Reconnect end…',
  menu: 'insert',
  shortcuts: ['Mod+Shift+E'],
  synonyms: ['edge', 'arrow', 'move end', 'redirect', 'other target', 'rewire'],
  enabled: () => drawingRefusal() ?? (connectionToMove() === null ? 'Select one connection to attach its end elsewhere.' : true),
  perform: () => {
    const edge = connectionToMove();
    if (edge === null) return;
    focusCanvas();
    const { moving } = useConnectMode.getState();
    beginMovingEnd(edge, moving?.edge === edge && moving.end === 'to' ? 'from' : 'to');
  },
});
