import { usePathEditing } from '../../document/path-editing.ts';

/** How a connection stands to the way that is being edited: taken, left out, or undefined while none is edited. */
export function usePathState(edge: string): 'in' | 'out' | undefined {
  return usePathEditing(({ numbers }) => (numbers === null ? undefined : numbers.has(edge) ? 'in' : 'out'));
}
