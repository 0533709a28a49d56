import { create } from 'zustand';
import { useSession } from './session.ts';

/** Something that a connection can begin or end at. */
export interface ConnectEnd { readonly kind: 'node' | 'boundary'; readonly id: string }

interface ConnectMode {
  /** Where the connection being drawn by keys begins, or null while none is. */
  readonly from: ConnectEnd | null;
  /** What the keys stand on. */
  readonly to: ConnectEnd | null;
  /** True from the moment somebody says "connect" until the canvas has answered. */
  readonly confirmed: boolean;
  set(change: Partial<Omit<ConnectMode, 'set'>>): void;
}

/** A connection that is drawn by keys: from where, to where. Canvas and outline share it; never saved, never undone. */
export const useConnectMode = create<ConnectMode>()((set) => ({ from: null, to: null, confirmed: false, set: (change) => set(change) }));

/** The one selected component or boundary, or null. */
export function connectStart(): ConnectEnd | null {
  const { node, edge, boundary, note } = useSession.getState().selection;
  if (node.length + edge.length + boundary.length + note.length !== 1) return null;
  const [id] = node.length === 1 ? node : boundary;
  return id === undefined ? null : { kind: node.length === 1 ? 'node' : 'boundary', id };
}

/** Begin to draw a connection by keys. */
export function beginConnecting(from: ConnectEnd): void {
  useConnectMode.getState().set({ from, to: null, confirmed: false });
}

/** End it without a connection. False when none was being drawn. */
export function cancelConnecting(): boolean {
  const { from, set } = useConnectMode.getState();
  set({ from: null, to: null, confirmed: false });
  return from !== null;
}

/** Connect to what the keys stand on; the canvas answers, or says why not. */
export function confirmConnecting(): void {
  useConnectMode.getState().set({ confirmed: true });
}
