import type { KeyboardEvent } from 'react';
import type { Design } from '../../../../shared/model/design.ts';
import { beginMovingEnd, cancelConnecting, confirmConnecting, useConnectMode, type ConnectEnd } from '../../document/connect-mode.ts';
import { requestReveal } from '../../document/reveal-request.ts';
import { activeDocument } from '../../document/workspace.ts';
import { isMac } from '../../ui/chord.ts';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { aimFrom, walkIn, walkOut } from '../walk/scene-walk.ts';
import type { Direction } from '../walk/walk.ts';

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Stand on what the connection could end at. */
function aim(thing: Thing | null): void {
  const { from, set } = useConnectMode.getState();
  if (!thing || thing.kind === 'edge' || thing.kind === 'note' || !from) return;
  const end: ConnectEnd = { kind: thing.kind, id: thing.id };
  const home = end.kind === from.kind && end.id === from.id;
  set({ to: home ? null : end });
  useCanvasUi.getState().set({ focused: end, keys: true });
  requestReveal([end]);
}

/** The next component whose name begins with a letter, after the one that keys stand on, round and round. */
function named(design: Design, letter: string, after: string): Thing | null {
  const wanted = letter.toLocaleLowerCase();
  const all = Object.values(design.nodes);
  const at = all.findIndex((node) => node.id === after);
  const found = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((node) => node.name.toLocaleLowerCase().startsWith(wanted));
  return found ? { kind: 'node', id: found.id } : null;
}

function step(design: Design, at: ConnectEnd, direction: Direction, mod: boolean): Thing | null {
  if (!mod) return aimFrom(design, at, direction);
  return direction === 'up' ? walkOut(design, at) : direction === 'down' ? walkIn(design, at) : null;
}

/** Keys while a connection is drawn: arrows and first letters choose its end, Enter connects, Escape lets go; Tab takes the other end of a connection that is carried. All others wait. */
export function onConnectKey(event: KeyboardEvent): boolean {
  const { from, moving, to } = useConnectMode.getState();
  const design = activeDocument()?.design;
  if (from === null || !design) return false;
  const { key } = event;
  const direction = ARROWS[key];
  const mod = isMac() ? event.metaKey : event.ctrlKey;
  if (key === 'Escape') {
    useCanvasUi.getState().set({ focused: moving ? { kind: 'edge', id: moving.edge } : from });
    cancelConnecting();
    return true;
  }
  if (event.altKey || event.shiftKey || (event.ctrlKey || event.metaKey) !== mod) return false;
  if (direction !== undefined) aim(step(design, to ?? from, direction, mod));
  else if (mod) return false;
  else if (key === 'Enter') confirmConnecting();
  else if (key === 'Tab' && moving) beginMovingEnd(moving.edge, moving.end === 'to' ? 'from' : 'to');
  else if (/^[\p{L}\p{N}]$/u.test(key)) aim(named(design, key, (to ?? from).id));
  else return key === ' ' || key === '/' || key === 'Delete' || key === 'Backspace' || key === 'F2';
  return true;
}
