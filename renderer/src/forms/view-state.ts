import { create } from 'zustand';

/** How the inspector is looked at: never saved in the document. */
interface InspectorView {
  /** Closed headings as `form/heading`, remembered per component type. */
  readonly closed: ReadonlySet<string>;
  /** Show only values that are assumed. */
  readonly assumedOnly: boolean;
  /** Key of the parameter that a link asks to see. */
  readonly wanted: string | null;
  toggle(heading: string): void;
  showAssumed(only: boolean): void;
  want(param: string | null): void;
  /** Open a heading, and show what the filter hides. */
  uncover(heading: string): void;
}

export const useInspectorView = create<InspectorView>()((set) => ({
  closed: new Set(),
  assumedOnly: false,
  wanted: null,
  toggle: (heading) =>
    set(({ closed }) => {
      const next = new Set(closed);
      if (!next.delete(heading)) next.add(heading);
      return { closed: next };
    }),
  showAssumed: (assumedOnly) => set({ assumedOnly }),
  want: (wanted) => set({ wanted }),
  uncover: (heading) => set(({ closed }) => ({ closed: new Set([...closed].filter((other) => other !== heading)), assumedOnly: false, wanted: null })),
}));
