import { create } from 'zustand';
import { z } from '../../../shared/lib/zod.ts';
import type { Mode } from '../document/session.ts';
import type { WidthClass } from './panel-layout.ts';

const panelsSchema = z.object({
  leftOpen: z.boolean(),
  rightOpen: z.boolean(),
  bottomOpen: z.boolean(),
  left: z.number().nullable(),
  right: z.number().nullable(),
  rightTab: z.enum(['inspector', 'findings', 'scores']),
  bottom: z.number().nullable().default(null),
  leftTab: z.enum(['palette', 'outline']).default('palette'),
  bottomTab: z.enum(['journeys', 'breaking', 'cost', 'simulation']).default('journeys'),
});

/** Panels as one mode in one class of window width remembers them. */
export type Panels = z.infer<typeof panelsSchema>;

/** All memories, keyed by mode and width class. */
export const panelMemorySchema = z.record(z.string(), panelsSchema);
export type PanelMemory = z.infer<typeof panelMemorySchema>;

/** Panels that were never touched: the left one is a rail below the wide class, an overlay starts closed. */
export function defaultPanels(widthClass: WidthClass): Panels {
  return { leftOpen: widthClass === 'wide', rightOpen: widthClass !== 'tiny', bottomOpen: false, left: null, right: null, rightTab: 'inspector', bottom: null, leftTab: 'palette', bottomTab: 'journeys' };
}

/** The key of one memory. */
export function memoryKey(mode: Mode, widthClass: WidthClass): string {
  return `${mode} ${widthClass}`;
}

interface PanelStore {
  readonly memory: PanelMemory;
  remember(key: string, widthClass: WidthClass, change: Partial<Panels>): void;
  restore(memory: PanelMemory): void;
}

/** What the panels look like per mode and width class. Saved with the settings, never in a document. */
export const usePanelStore = create<PanelStore>()((set) => ({
  memory: {},
  remember: (key, widthClass, change) =>
    set((state) => {
      const before = state.memory[key] ?? defaultPanels(widthClass);
      const after = { ...before, ...change };
      const same = (Object.keys(after) as (keyof Panels)[]).every((name) => after[name] === before[name]);
      return same && key in state.memory ? state : { memory: { ...state.memory, [key]: after } };
    }),
  restore: (memory) => set({ memory }),
}));
