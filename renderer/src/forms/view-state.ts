import { create } from 'zustand';

/** How the inspector is looked at: never saved in the document. */
interface InspectorView {
  /** Closed headings as `form/heading`, remembered per component type. */
  readonly closed: ReadonlySet<string>;
  /** Show only values that are assumed. */
  readonly assumedOnly: boolean;
  toggle(heading: string): void;
  showAssumed(only: boolean): void;
}

export const useInspectorView = create<InspectorView>()((set) => ({
  closed: new Set(),
  assumedOnly: false,
  toggle: (heading) =>
    set(({ closed }) => {
      const next = new Set(closed);
      if (!next.delete(heading)) next.add(heading);
      return { closed: next };
    }),
  showAssumed: (assumedOnly) => set({ assumedOnly }),
}));
