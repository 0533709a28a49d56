import { noteBox, placeOf } from '../../../../shared/drawing/places.ts';
import { err, ok, type Result } from '../../../../shared/lib/result.ts';
import { z } from '../../../../shared/lib/zod.ts';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { normaliseDesign, type TypeVocabulary } from '../../../../shared/model/normalise.ts';
import { boundariesInside } from '../edits/membership.ts';
import type { ObjectSet } from '../edits/remove.ts';

/** The clipboard type under which a part of a drawing travels between windows. */
export const FRAGMENT_TYPE = 'application/x-plumbline+json';

/** The form of fragments that this program writes. */
export const FRAGMENT_VERSION = 1;

/** Longest fragment that is read, in characters: about ten thousand components. */
export const FRAGMENT_LIMIT = 5_000_000;

/** A part of a drawing: components, connections between them, boundaries, notes and the data at home in it. */
export interface Fragment {
  /** Id of the open document that it was taken from, or null. */
  readonly from: string | null;
  /** The part as a document of its own; places are those of the drawing it was taken from. */
  readonly design: Design;
  /** How many values could not be taken over as they were. */
  readonly repairs: number;
}

/** The wrapper; what is inside goes through the same repair as a file. */
const envelopeSchema = z.looseObject({
  plumbline: z.literal('fragment'),
  version: z.number().int().min(1),
  from: z.string().max(128).nullish(),
  design: z.record(z.string(), z.unknown()),
});

/** A copy of a part of a document or draft. Documents are JSON, so JSON copies them whole and free of proxies. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** What a selection takes along: a boundary comes with all that stands in it. */
function contents(design: Design, objects: ObjectSet): { readonly nodes: ReadonlySet<string>; readonly boundaries: ReadonlySet<string>; readonly notes: ReadonlySet<string> } {
  const boundaries = new Set((objects.boundary ?? []).flatMap((id) => [id, ...boundariesInside(design, id)]));
  const [nodes, notes] = [new Set(objects.node), new Set(objects.note)];
  if (boundaries.size > 0) {
    for (const node of Object.values(design.nodes)) if (node.boundary != null && boundaries.has(node.boundary)) nodes.add(node.id);
    for (const note of Object.values(design.notes)) if (note.boundary != null && boundaries.has(note.boundary)) notes.add(note.id);
  }
  return { nodes, boundaries, notes };
}

/**
 * The part of a drawing that a selection means: components, notes, boundaries with all that stands in them, every
 * connection between them, and the data at home in them. No journeys (they need the whole way) and no accepted risks
 * (they were accepted for one place). A copy: nothing of it is shared with `design`.
 */
export function fragmentOf(design: Design, objects: ObjectSet): Design {
  const part = emptyDesign();
  const { nodes, boundaries, notes } = contents(design, objects);
  for (const id of boundaries) {
    const boundary = design.boundaries[id];
    const box = design.layout.boundaries[id];
    if (boundary) part.boundaries[id] = plain(boundary);
    if (boundary && box) part.layout.boundaries[id] = plain(box);
  }
  Object.values(design.nodes).forEach((node, index) => {
    if (!nodes.has(node.id)) return;
    const place = design.layout.nodes[node.id];
    part.nodes[node.id] = plain(node);
    part.layout.nodes[node.id] = { ...(place ? plain(place) : {}), ...placeOf(place, index) };
  });
  Object.values(design.notes).forEach((note, index) => {
    if (!notes.has(note.id)) return;
    part.notes[note.id] = plain(note);
    part.layout.notes[note.id] = { ...plain(design.layout.notes[note.id] ?? {}), ...noteBox(design.layout, note.id, index) };
  });
  const ends = new Set([...Object.keys(part.nodes), ...Object.keys(part.boundaries)]);
  for (const edge of Object.values(design.edges)) {
    if (!ends.has(edge.from) || !ends.has(edge.to)) continue;
    part.edges[edge.id] = plain(edge);
    const route = design.layout.edges[edge.id];
    if (route) part.layout.edges[edge.id] = plain(route);
  }
  for (const entity of Object.values(design.entities)) if (nodes.has(entity.home)) part.entities[entity.id] = plain(entity);
  return part;
}

/** Whether a fragment holds anything that stands on the paper. */
export function isEmptyFragment({ nodes, boundaries, notes }: Design): boolean {
  return Object.keys(nodes).length + Object.keys(boundaries).length + Object.keys(notes).length === 0;
}

/** A fragment as it travels. */
export function printFragment(design: Design, from: string | null): string {
  return JSON.stringify({ plumbline: 'fragment', version: FRAGMENT_VERSION, from, design });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Drop what a fragment cannot hold: connections into the void, data without its home, journeys, accepted risks. */
function confined(design: Design): Design {
  const ends = new Set([...Object.keys(design.nodes), ...Object.keys(design.boundaries)]);
  return {
    ...emptyDesign(),
    nodes: design.nodes,
    boundaries: design.boundaries,
    notes: design.notes,
    edges: Object.fromEntries(Object.entries(design.edges).filter(([, edge]) => ends.has(edge.from) && ends.has(edge.to))),
    entities: Object.fromEntries(Object.entries(design.entities).filter(([, entity]) => Object.hasOwn(design.nodes, entity.home))),
    layout: design.layout,
  };
}

const millions = (characters: number): string => `${(characters / 1e6).toFixed(1)} million`;

/**
 * Read what another window, or anything at all, put on the clipboard. It is repaired as a file is: unknown types and
 * keys stay, wrong values are kept aside and counted. The error is a sentence. Never throws.
 *
 * @param vocabulary the catalogue's types, for their spelling
 */
export function readFragment(text: string, vocabulary?: TypeVocabulary): Result<Fragment, string> {
  if (text.length > FRAGMENT_LIMIT) return err(`What was copied is too large to paste: ${millions(text.length)} characters, at most ${millions(FRAGMENT_LIMIT)}.`);
  const envelope = envelopeSchema.safeParse(parse(text));
  if (!envelope.success) return err('What was copied cannot be read. Nothing was pasted.');
  const { version, from, design: raw } = envelope.data;
  if (version > FRAGMENT_VERSION) return err(`This was copied in a newer Plumbline (form ${version}, this one reads ${FRAGMENT_VERSION}). Nothing was pasted.`);
  const { design, problems } = normaliseDesign(raw, vocabulary);
  const refused = problems.find((problem) => problem.level === 'error');
  if (refused) return err(`What was copied cannot be read. ${refused.message}`);
  const kept = confined(design);
  if (isEmptyFragment(kept)) return err('What was copied holds no component, boundary or note.');
  return ok({ from: from ?? null, design: kept, repairs: problems.filter((problem) => problem.level === 'warning').length });
}
