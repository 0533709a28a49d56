import { create } from 'zustand';
import type { SelectableKind } from '../document/session.ts';
import type { LevelOfDetail } from './level-of-detail.ts';

/** A thing on the canvas. */
export interface Thing { readonly kind: SelectableKind; readonly id: string }

/** Words at the pointer or at a thing: a reason, a full name. Window coordinates. */
export interface Caption { readonly text: string; readonly x: number; readonly y: number; readonly tone: 'plain' | 'refusal' }

interface CanvasUi {
  readonly lod: LevelOfDetail;
  readonly dots: boolean;
  readonly hovered: Thing | null;
  /** The thing that keys act on; a ring shows it while the canvas has keyboard focus. */
  readonly focused: Thing | null;
  /** Whether keys are used on the canvas right now: it has the focus, and its ring shows. */
  readonly keys: boolean;
  /** The thing whose name is being typed. */
  readonly editing: Thing | null;
  /** Document id of the component or boundary that a connection is being drawn from. */
  readonly connectingFrom: string | null;
  /** The end of a connection that is in the hand. */
  readonly reconnecting: { readonly edge: string; readonly end: 'from' | 'to' } | null;
  /** Where a component in the hand would be put into a connection, canvas units. */
  readonly splice: { readonly edge: string; readonly x: number; readonly y: number } | null;
  /** The boundary that a thing in the hand would belong to after its drop; null while that is no other one. */
  readonly into: string | null;
  readonly caption: Caption | null;
  /** Where things that lie on the paper are drawn, once the drawing stands. */
  readonly layer: HTMLElement | null;
  set(change: Partial<Omit<CanvasUi, 'set'>>): void;
}

/** What the pointer and keys are doing on the canvas: never saved, never undone, gone with the window. */
export const useCanvasUi = create<CanvasUi>()((set) => ({
  lod: 'full', dots: false, hovered: null, focused: null, keys: false, editing: null, connectingFrom: null, reconnecting: null, splice: null, into: null, caption: null, layer: null,
  set: (change) => set(change),
}));

/** Whether a thing is the one in a state. */
export function isThing(thing: Thing | null, kind: SelectableKind, id: string): boolean {
  return thing !== null && thing.kind === kind && thing.id === id;
}
