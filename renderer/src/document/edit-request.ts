import { create } from 'zustand';

/** A thing whose words are to be typed in their own place. */
export interface Editable { readonly kind: 'node' | 'boundary' | 'note'; readonly id: string }

/** A wish to type a name or a note in its own place, answered by the canvas once the thing is drawn. */
export const useEditRequest = create<{ readonly thing: Editable | null }>()(() => ({ thing: null }));

/** Ask for the words of a thing to be typed in their own place. */
export function requestEditing(thing: Editable): void {
  useEditRequest.setState({ thing });
}

/** Take the waiting wish, once. */
export function takeEditRequest(): Editable | null {
  const { thing } = useEditRequest.getState();
  if (thing) useEditRequest.setState({ thing: null });
  return thing;
}
