import { beginConnecting, connectStart } from '../connect-mode.ts';
import { focusCanvas } from '../focus-canvas.ts';
import { drawingRefusal } from '../typed-path/open.ts';
import { defineCommand } from './command.ts';

/** Draw a connection from the selected component or boundary by keys: arrows choose its end, Enter connects. */
export const connectFromHere = defineCommand({
  id: 'insert.connect',
  label: 'Connect from here…',
  menu: 'insert',
  shortcuts: ['Mod+Shift+K'],
  synonyms: ['edge', 'arrow', 'line', 'call', 'link'],
  enabled: () => drawingRefusal() ?? (connectStart() === null ? 'Select one component or boundary to connect it.' : true),
  perform: () => {
    const from = connectStart();
    if (from === null) return;
    focusCanvas();
    beginConnecting(from);
  },
});
