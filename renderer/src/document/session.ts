import { create } from 'zustand';
import type { InterfaceSize } from '../ui/interface-size.ts';

/** What a thing on the canvas is. */
export type SelectableKind = 'node' | 'edge' | 'boundary' | 'note';

/** The three ways to work; switching changes what is visible, never where things are. */
export type Mode = 'whiteboard' | 'evaluate' | 'review';
export type ThemeChoice = 'system' | 'light' | 'dark' | 'light-contrast' | 'dark-contrast';
export type RightTab = 'inspector' | 'findings' | 'scores';
export type BottomTab = 'journeys' | 'breaking' | 'cost' | 'simulation';
export type LeftTab = 'palette' | 'outline';

/** What bare arrows do on the canvas; with Alt they do the other. */
export type ArrowKeys = 'walk' | 'nudge';

/** What the wheel does on the canvas; with Ctrl it always zooms. */
export type WheelUse = 'pan' | 'zoom';

/** One line that says what happened, with an optional way back. Replaced by the next; never the only copy of a fact. */
export interface Notice { readonly id: number; readonly text: string; readonly tone: 'status' | 'error'; readonly action?: { readonly label: string; readonly run: () => void } }

/** Where the camera goes: a way of looking, or components by their ids; `reveal` moves it only when one of them is not wholly in view. */
export type CameraTarget = 'fit' | 'selection' | '100' | 'in' | 'out' | readonly string[] | { readonly reveal: readonly string[] };

interface Session {
  readonly selection: Readonly<Record<SelectableKind, readonly string[]>>;
  readonly mode: Mode;
  readonly theme: ThemeChoice;
  /** Size of the interface, percent; the paper has its own zoom. */
  readonly interfaceSize: InterfaceSize;
  readonly arrowKeys: ArrowKeys;
  readonly wheel: WheelUse;
  readonly rightTab: RightTab;
  readonly bottomTab: BottomTab;
  readonly leftTab: LeftTab;
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  readonly bottomOpen: boolean;
  readonly palette: boolean;
  /** Whether the map of a large drawing is wanted. */
  readonly minimap: boolean;
  /** Commands and parts used last, the latest first: remembered for the next start. */
  readonly recentCommands: readonly string[];
  readonly recentParts: readonly string[];
  /** Lines that were typed on the canvas, the latest first: remembered for the next start. */
  readonly recentLines: readonly string[];
  /** The typed path, open with this text; `from` starts it at a thing other than the selection, `at` says where on the paper the line was dropped. */
  readonly quickAdd: { readonly text: string; readonly from?: { readonly kind: 'node' | 'boundary'; readonly id: string }; readonly at?: { readonly x: number; readonly y: number } } | null;
  /** What is looked for on the canvas, or null while the field is closed. */
  readonly find: string | null;
  /** Keys of the findings whose targets are highlighted on the canvas. */
  readonly focusedFindings: readonly string[];
  readonly selectedJourney: string | null;
  /** Which connections carry a label: where it says most, all with room for one, or none. */
  readonly edgeLabels: 'usual' | 'all' | 'none';
  /** Whether the connections that carry traces and migrations are drawn unasked. */
  readonly platformEdges: boolean;
  readonly notice: Notice | null;
  /** Name of the open dialog, or null. */
  readonly dialog: { readonly name: string; readonly data?: unknown } | null;
  /** A camera request the canvas answers: it moves only on a command. */
  readonly camera: { readonly id: number; readonly to: CameraTarget } | null;
  select(selection: Partial<Record<SelectableKind, readonly string[]>>): void;
  set(change: Partial<Omit<Session, 'set' | 'select' | 'notify' | 'moveCamera'>>): void;
  notify(text: string, options?: { readonly tone?: Notice['tone']; readonly action?: Notice['action'] }): void;
  moveCamera(to: CameraTarget): void;
}

const NOTHING = { node: [], edge: [], boundary: [], note: [] } as const;
let counter = 0;

/** Selection, panels and notices: never saved in the document, never undone. */
export const useSession = create<Session>()((set) => ({
  selection: NOTHING,
  mode: 'evaluate',
  theme: 'system',
  interfaceSize: 100,
  arrowKeys: 'walk',
  wheel: 'pan',
  rightTab: 'inspector',
  bottomTab: 'journeys',
  leftTab: 'palette',
  leftOpen: true,
  rightOpen: true,
  bottomOpen: false,
  palette: false,
  minimap: true,
  recentCommands: [],
  recentParts: [],
  recentLines: [],
  quickAdd: null,
  find: null,
  focusedFindings: [],
  selectedJourney: null,
  edgeLabels: 'usual',
  platformEdges: false,
  notice: null,
  dialog: null,
  camera: null,
  select: (selection) => set({ selection: { ...NOTHING, ...selection } }),
  set: (change) => set(change),
  notify: (text, options) => set({ notice: { id: ++counter, text, tone: options?.tone ?? 'status', ...(options?.action ? { action: options.action } : {}) } }),
  moveCamera: (to) => set({ camera: { id: ++counter, to } }),
}));
