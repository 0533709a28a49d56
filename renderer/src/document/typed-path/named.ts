import { create } from 'zustand';

const NONE: ReadonlySet<string> = new Set();

/** Components that the line being typed names: they look as if they were hovered, so that reuse can be seen. */
export const useNamed = create<{ readonly ids: ReadonlySet<string> }>()(() => ({ ids: NONE }));

/** Show which components the line names. */
export function setNamed(ids: readonly string[]): void {
  const before = useNamed.getState().ids;
  if (ids.length === before.size && ids.every((id) => before.has(id))) return;
  useNamed.setState({ ids: ids.length === 0 ? NONE : new Set(ids) });
}
