import { create } from 'zustand';

/** Components that what is looked for finds, by document id: their names can be read at every distance. */
export const useFoundNodes = create<{ readonly ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }));
