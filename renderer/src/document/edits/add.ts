import type { Design, EdgeKind, Params } from '../../../../shared/model/design.ts';
import { NOTE, noteHeight } from '../../../../shared/drawing/note-figures.ts';
import { growBoundaries } from './boundaries.ts';
import { boundaryAt, boundaryForComponent } from './membership.ts';
import { uniqueName } from './names.ts';

/** Where the top left corner of a thing stands, canvas units. */
export interface At { readonly x: number; readonly y: number }

/** Add a component. Its name is made unique; the boundary under its centre becomes its own. */
export function addNode(draft: Design, input: { readonly id: string; readonly type: string; readonly name: string; readonly at: At; readonly params?: Params }): void {
  const boundary = boundaryForComponent(draft, input.at);
  const name = uniqueName(draft, input.name);
  draft.nodes[input.id] = { id: input.id, type: input.type, name, params: structuredClone(input.params ?? {}), ...(boundary === null ? {} : { boundary }) };
  draft.layout.nodes[input.id] = { x: input.at.x, y: input.at.y };
  growBoundaries(draft, [boundary]);
}

/** Size of an empty note, canvas units (ui 3.1). */
export const NOTE_SIZE = { w: NOTE.w, h: NOTE.least } as const;

/** Add a note, as high as its text needs. */
export function addNote(draft: Design, input: { readonly id: string; readonly text: string; readonly at: At }): void {
  const boundary = boundaryAt(draft, input.at.x + NOTE_SIZE.w / 2, input.at.y + NOTE_SIZE.h / 2);
  draft.notes[input.id] = { id: input.id, text: input.text, ...(boundary === null ? {} : { boundary }) };
  draft.layout.notes[input.id] = { x: input.at.x, y: input.at.y, w: NOTE.w, h: noteHeight(input.text) };
  growBoundaries(draft, [boundary]);
}

/** Connect two things. The kind stays unset, and so inferred, unless one is given. */
export function connect(draft: Design, input: { readonly id: string; readonly from: string; readonly to: string; readonly kind?: EdgeKind; readonly params?: Params }): void {
  const { id, from, to, kind } = input;
  draft.edges[id] = { id, from, to, ...(kind === undefined ? {} : { kind }), params: structuredClone(input.params ?? {}) };
}
