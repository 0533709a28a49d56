import { create } from 'zustand';
import { useSession } from './session.ts';
import { activeDocument } from './workspace.ts';

/** Something that a connection can begin or end at. */
export interface ConnectEnd { readonly kind: 'node' | 'boundary'; readonly id: string }

/** An end of a connection that is carried elsewhere. */
export interface MovingEnd { readonly edge: string; readonly end: 'from' | 'to' }

interface ConnectMode {
  /** The end that stands still: where the connection being drawn by keys begins, or null while none is. */
  readonly from: ConnectEnd | null;
  /** The connection whose other end is carried elsewhere; null while a new one is drawn. */
  readonly moving: MovingEnd | null;
  /** What the keys stand on. */
  readonly to: ConnectEnd | null;
  /** True from the moment somebody says "connect" until the canvas has answered. */
  readonly confirmed: boolean;
  set(change: Partial<Omit<ConnectMode, 'set'>>): void;
}

/** A connection that is drawn by keys: from where, to where. Canvas and outline share it; never saved, never undone. */
export const useConnectMode = create<ConnectMode>()((set) => ({ from: null, moving: null, to: null, confirmed: false, set: (change) => set(change) }));

/** The one selected component or boundary, or null. */
export function connectStart(): ConnectEnd | null {
  const { node, edge, boundary, note } = useSession.getState().selection;
  if (node.length + edge.length + boundary.length + note.length !== 1) return null;
  const [id] = node.length === 1 ? node : boundary;
  return id === undefined ? null : { kind: node.length === 1 ? 'node' : 'boundary', id };
}

/** Begin to draw a connection by keys. */
export function beginConnecting(from: ConnectEnd): void {
  useConnectMode.getState().set({ from, moving: null, to: null, confirmed: false });
}

/** The one selected connection, or null. */
export function connectionToMove(): string | null {
  const { node, edge, boundary, note } = useSession.getState().selection;
  return node.length + edge.length + boundary.length + note.length === 1 ? (edge[0] ?? null) : null;
}

/** Begin to carry an end of a connection elsewhere by keys. */
export function beginMovingEnd(edge: string, end: MovingEnd['end']): void {
  const design = activeDocument()?.design;
  const fixed = design?.edges[edge]?.[end === 'to' ? 'from' : 'to'];
  if (!design || fixed === undefined) return;
  const from: ConnectEnd = { kind: Object.hasOwn(design.nodes, fixed) ? 'node' : 'boundary', id: fixed };
  useConnectMode.getState().set({ from, moving: { edge, end }, to: null, confirmed: false });
}

/** End it without a connection. False when none was being drawn. */
export function cancelConnecting(): boolean {
  const { from, set } = useConnectMode.getState();
  set({ from: null, moving: null, to: null, confirmed: false });
  return from !== null;
}

/** Connect to what the keys stand on; the canvas answers, or says why not. */
export function confirmConnecting(): void {
  useConnectMode.getState().set({ confirmed: true });
}
