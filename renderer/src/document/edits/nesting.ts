import type { Boundary, Design } from '../../../../shared/model/design.ts';
import { ancestorsOf } from '../../../../shared/model/graph-queries.ts';
import { boundariesAt, boundariesInside } from './membership.ts';

type Kind = Boundary['kind'];

/** What each kind never stands in, at any depth: a failure unit in one of its own kind, or a wider one in a narrower. */
const NEVER_IN: Readonly<Record<Kind, readonly Kind[]>> = {
  region: ['region', 'zone', 'cluster'],
  zone: ['zone'],
  cluster: ['cluster'],
  group: [],
};

/** Why boundaries of these kinds cannot stand inside boundaries of those, as a sentence; null when they can. */
export function nestingProblem(inner: readonly Kind[], outer: readonly Kind[]): string | null {
  for (const kind of inner) {
    const clash = NEVER_IN[kind].find((never) => outer.includes(never));
    if (clash === kind) return `A ${kind} cannot stand in another ${kind}.`;
    if (clash !== undefined) return `A ${kind} cannot stand in a ${clash}. Draw the ${clash} inside the ${kind}.`;
  }
  return null;
}

/** Kinds of a boundary and of everything around it; none for the paper. */
export function kindsAround(design: Design, id: string | null): readonly Kind[] {
  if (id === null) return [];
  return [id, ...ancestorsOf(design, id)].flatMap((each) => design.boundaries[each]?.kind ?? []);
}

/** Kinds of a boundary and of everything inside it. */
export function kindsInside(design: Design, id: string): readonly Kind[] {
  return [id, ...boundariesInside(design, id)].flatMap((each) => design.boundaries[each]?.kind ?? []);
}

/** Why a boundary cannot become one of another kind where it stands; null when it can. */
export function kindProblem(design: Design, id: string, kind: Kind): string | null {
  const within = boundariesInside(design, id).flatMap((each) => design.boundaries[each]?.kind ?? []);
  const around = ancestorsOf(design, id).flatMap((each) => design.boundaries[each]?.kind ?? []);
  return nestingProblem([kind], around) ?? nestingProblem(within, [kind]);
}

/** Where something belongs: the innermost boundary there, and why not when that one refuses it. */
interface Place { readonly parent: string | null; readonly refused: string | null }

function innermost(design: Design, kinds: readonly Kind[], own: ReadonlySet<string>, x: number, y: number): Place {
  let refused: string | null = null;
  for (const candidate of boundariesAt(design, x, y)) {
    if (own.has(candidate)) continue;
    const problem = nestingProblem(kinds, kindsAround(design, candidate));
    if (problem === null) return { parent: candidate, refused };
    refused ??= problem;
  }
  return { parent: null, refused };
}

/** Where a boundary belongs when its centre is at a point. */
export function parentAt(design: Design, id: string, x: number, y: number): Place {
  return innermost(design, kindsInside(design, id), new Set([id, ...boundariesInside(design, id)]), x, y);
}

/** Where a new, empty boundary would belong with its centre at a point. */
export function parentForNew(design: Design, kind: Kind, x: number, y: number): Place {
  return innermost(design, [kind], new Set(), x, y);
}
