import type { Edge, Node } from '@xyflow/react';
import type { Boundary, DesignEdge, DesignNode, Note } from '../../../../shared/model/design.ts';
import type { ComponentFacts } from '../../../../shared/drawing/component-facts.ts';
import type { SelectableKind } from '../../document/session.ts';

/** What a drawn component holds; replaced only when something that it shows without load has changed. */
export type ComponentData = {
  readonly node: DesignNode;
  readonly facts: ComponentFacts;
  /** The name as drawn, cut to its slot. */
  readonly shown: string;
  readonly width: number;
  readonly zones: number | null;
};

export type BoundaryData = { readonly boundary: Boundary; readonly depth: number; readonly count: number; readonly w: number; readonly h: number };
export type NoteData = { readonly note: Note; readonly w: number; readonly h: number };
export type ConnectionData = { readonly edge: DesignEdge };

export type ComponentFlowNode = Node<ComponentData, 'component'>;
export type BoundaryFlowNode = Node<BoundaryData, 'boundary'>;
export type NoteFlowNode = Node<NoteData, 'note'>;
export type FlowNode = ComponentFlowNode | BoundaryFlowNode | NoteFlowNode;
export type ConnectionFlowEdge = Edge<ConnectionData, 'connection'>;

/** The kinds that are boxes on the canvas. */
export type BoxKind = Exclude<SelectableKind, 'edge'>;

/** Every thing has one end for lines that leave and one for lines that arrive; where on its border is the router's. */
export const SOURCE_HANDLE = 'out';
export const TARGET_HANDLE = 'in';

/** Characters that would break out of the attribute selector in which React Flow looks for a handle. */
const UNSAFE = /[%"\\\n\r\f]/g;

/** One namespace for the canvas: a component, a boundary and a note may share an id in a file written by hand. */
export function flowId(kind: BoxKind, id: string): string {
  return `${kind}:${id.replace(UNSAFE, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
}

/** The kind and id behind a canvas id. */
export function parseFlowId(flow: string): { readonly kind: BoxKind; readonly id: string } {
  const at = flow.indexOf(':');
  const id = flow.slice(at + 1).replace(/%([0-9a-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return { kind: flow.slice(0, at) as BoxKind, id };
}
