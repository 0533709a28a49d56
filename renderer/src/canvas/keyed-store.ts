import { useCallback, useSyncExternalStore } from 'react';

/**
 * Values by id, where a listener hears of its own id only: a change of ten figures on a drawing of a thousand
 * components costs ten calls, not a thousand selectors.
 */
export interface KeyedStore<T> {
  get(id: string): T | undefined;
  set(id: string, value: T): void;
  delete(id: string): void;
  /** Take over all values at once; ids that are absent lose theirs. Unchanged values (by identity) are not announced. */
  replace(values: ReadonlyMap<string, T>): void;
  subscribe(id: string, listener: () => void): () => void;
  readonly values: ReadonlyMap<string, T>;
}

/** An empty store. `equal` keeps the previous object where a new one says the same. */
export function createKeyedStore<T>(equal: (a: T, b: T) => boolean = Object.is): KeyedStore<T> {
  const values = new Map<string, T>();
  const listeners = new Map<string, Set<() => void>>();
  const announce = (id: string): void => listeners.get(id)?.forEach((listener) => listener());
  const put = (id: string, value: T): void => {
    const before = values.get(id);
    if (before !== undefined && equal(before, value)) return;
    values.set(id, value);
    announce(id);
  };
  const drop = (id: string): void => {
    if (values.delete(id)) announce(id);
  };
  return {
    get: (id) => values.get(id),
    set: put,
    delete: drop,
    replace: (next) => {
      for (const id of [...values.keys()]) if (!next.has(id)) drop(id);
      for (const [id, value] of next) put(id, value);
    },
    subscribe: (id, listener) => {
      let set = listeners.get(id);
      if (!set) listeners.set(id, (set = new Set()));
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(id) === set) listeners.delete(id);
      };
    },
    values,
  };
}

/** The value of one id; the component renders again only when that value changes. */
export function useKeyed<T>(store: KeyedStore<T>, id: string): T | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribe(id, listener), [store, id]);
  return useSyncExternalStore(subscribe, () => store.get(id));
}

/** Whether two flat objects have the same members. */
export function sameFlat<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}
