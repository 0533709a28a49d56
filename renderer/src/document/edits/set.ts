import { noteHeight } from '../../../../shared/drawing/note-figures.ts';
import type { Boundary, Design, DesignNode, EdgeKind, Entity, ParamValue, Targets, Workload } from '../../../../shared/model/design.ts';
import { growBoundaries } from './boundaries.ts';

/** What carries generated parameters: a component or a connection. */
export type ParamTarget = { readonly kind: 'node' | 'edge'; readonly id: string };

/** Set one stored parameter; `undefined` unsets it, so that its default counts again. */
export function setParam(draft: Design, target: ParamTarget, key: string, value: ParamValue | undefined): void {
  const params = (target.kind === 'node' ? draft.nodes : draft.edges)[target.id]?.params;
  if (!params) return;
  if (value === undefined) delete params[key];
  else params[key] = value;
}

/** Set several parameters of several things as one step: answers, presets, multi-selection. */
export function setParams(draft: Design, targets: readonly ParamTarget[], values: Readonly<Record<string, ParamValue | undefined>>): void {
  for (const target of targets) for (const [key, value] of Object.entries(values)) setParam(draft, target, key, value);
}

function assign<T extends object>(object: T | undefined, key: keyof T, value: T[keyof T] | undefined): void {
  if (!object) return;
  if (value === undefined) delete object[key];
  else object[key] = value;
}

/** Set one key of the design's workload; `undefined` unsets it. */
export function setWorkload<K extends keyof Workload>(draft: Design, key: K, value: Workload[K] | undefined): void {
  assign(draft.workload, key, value);
}

/** Set one key of the design's targets; `undefined` unsets it. */
export function setTarget<K extends keyof Targets>(draft: Design, key: K, value: Targets[K] | undefined): void {
  assign(draft.targets, key, value);
}

/** Set a key of an entity other than its id; `undefined` unsets an optional one. */
export function setEntity<K extends Exclude<keyof Entity, 'id'>>(draft: Design, id: string, key: K, value: Entity[K] | undefined): void {
  assign(draft.entities[id], key, value);
}

/** Set a property that every component has, whatever its type: zones, team, deployable group, managed. */
export function setNodeProperty<K extends 'zone_spread' | 'team' | 'deployable_group' | 'managed' | 'guessed'>(draft: Design, id: string, key: K, value: DesignNode[K] | undefined): void {
  assign(draft.nodes[id], key, value);
}

/** Change what kind of place a boundary is. */
export function setBoundaryKind(draft: Design, id: string, kind: Boundary['kind']): void {
  const boundary = draft.boundaries[id];
  if (boundary) boundary.kind = kind;
}

/** Change a component's type. Parameters stay: a key that the new type does not know is kept and has no effect. */
export function setType(draft: Design, id: string, type: string): void {
  const node = draft.nodes[id];
  if (!node) return;
  node.type = type;
  delete node.guessed;
}

/** State a connection's kind; `undefined` returns to inferring it from its ends. */
export function setEdgeKind(draft: Design, id: string, kind: EdgeKind | undefined): void {
  const edge = draft.edges[id];
  if (!edge) return;
  if (kind === undefined) delete edge.kind;
  else edge.kind = kind;
}

/** Swap the ends of a connection. A held route belongs to the old direction and is dropped. */
export function reverseEdge(draft: Design, id: string): void {
  const edge = draft.edges[id];
  if (!edge) return;
  [edge.from, edge.to] = [edge.to, edge.from];
  delete draft.layout.edges[id];
}

/** Attach a connection to other ends; an end that is not given stays. */
export function reconnect(draft: Design, id: string, ends: { readonly from?: string; readonly to?: string }): void {
  const edge = draft.edges[id];
  if (!edge) return;
  edge.from = ends.from ?? edge.from;
  edge.to = ends.to ?? edge.to;
  delete draft.layout.edges[id];
}

/** Replace a note's text. The note becomes as high as the text needs, and its boundary grows with it. */
function setNoteText(draft: Design, id: string, text: string): void {
  const note = draft.notes[id];
  if (!note) return;
  note.text = text;
  const box = draft.layout.notes[id];
  if (box) box.h = noteHeight(text, box.w);
  growBoundaries(draft, [note.boundary]);
}

/** Rename a component, boundary or journey, or replace a note's text. A stored width belongs to the old name and goes. */
export function renameObject(draft: Design, kind: 'node' | 'boundary' | 'note' | 'journey', id: string, name: string): void {
  if (kind === 'note') {
    setNoteText(draft, id, name);
    return;
  }
  const object = kind === 'node' ? draft.nodes[id] : kind === 'boundary' ? draft.boundaries[id] : draft.journeys[id];
  if (object && object.name !== name) object.name = name;
  if (kind !== 'node') return;
  delete draft.layout.nodes[id]?.w;
  growBoundaries(draft, [draft.nodes[id]?.boundary]);
}

/** Rename the drawing. */
export function renameDesign(draft: Design, name: string): void {
  draft.name = name;
}
