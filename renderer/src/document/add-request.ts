import { create } from 'zustand';

/** A wish to add a part, answered by the canvas, which alone knows where the middle of the view is. */
export interface AddRequest {
  /** Grows with each wish, so that the same part can be asked for twice. */
  readonly id: number;
  /** A component type, or the id of a preset. */
  readonly part: string;
  /** Name for the new part; without it the canvas makes one. */
  readonly name?: string;
}

/** The data transfer type under which the palette drags a part's id. */
export const PART_DRAG_TYPE = 'application/x-plumbline-type';

/** The data transfer types under which the palette drags a boundary: one for each kind, because only types are known before the drop. */
export const BOUNDARY_DRAG_TYPES = {
  region: 'application/x-plumbline-region',
  zone: 'application/x-plumbline-zone',
  cluster: 'application/x-plumbline-cluster',
  group: 'application/x-plumbline-group',
} as const;

let held: string | null = null;

/** A part (its type or preset) is dragged out of the palette, or no longer: only its kind can be read from the drag itself before the drop. */
export function holdPart(part: string | null): void {
  held = part;
}

/** The part that is dragged out of this window's palette; null while none is. */
export function heldPart(): string | null {
  return held;
}

/** The last wish, or null after it was answered. */
export const useAddRequest = create<{ readonly request: AddRequest | null }>()(() => ({ request: null }));

let counter = 0;

/** Ask the canvas to add a part at the middle of its view. */
export function requestAddPart(part: string, name?: string): void {
  useAddRequest.setState({ request: { id: ++counter, part, ...(name === undefined ? {} : { name }) } });
}

/** Take the waiting wish, once. */
export function takeAddRequest(): AddRequest | null {
  const { request } = useAddRequest.getState();
  if (request) useAddRequest.setState({ request: null });
  return request;
}
