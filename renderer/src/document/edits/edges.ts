import type { Design, JourneyStep } from '../../../../shared/model/design.ts';

/** A place on the paper, canvas units. */
interface Place { readonly x: number; readonly y: number }

/** Hold a connection's route at these bends; without any it finds its own way again. */
export function holdRoute(draft: Design, id: string, bends: readonly Place[]): void {
  if (!Object.hasOwn(draft.edges, id)) return;
  if (bends.length === 0) delete draft.layout.edges[id];
  else draft.layout.edges[id] = { ...draft.layout.edges[id], points: bends.map(({ x, y }) => ({ x, y })) };
}

/** Let connections find their own way again. */
export function resetRoutes(draft: Design, ids: readonly string[]): void {
  for (const id of ids) delete draft.layout.edges[id];
}

/**
 * Take held bends along where both ends of their connection are about to move by the same way. `moves` are new top left
 * corners by id of components and boundaries; call it before they are made.
 */
export function carryRoutes(draft: Design, moves: Readonly<Record<string, Place>>): void {
  const shift = (id: string): Place | null => {
    const [to, from] = [moves[id], draft.layout.nodes[id] ?? draft.layout.boundaries[id]];
    return to && from && Number.isFinite(to.x) && Number.isFinite(to.y) ? { x: to.x - from.x, y: to.y - from.y } : null;
  };
  for (const [id, held] of Object.entries(draft.layout.edges)) {
    const edge = draft.edges[id];
    const [a, b] = edge ? [shift(edge.from), shift(edge.to)] : [null, null];
    if (!a || !b || a.x !== b.x || a.y !== b.y || (a.x === 0 && a.y === 0)) continue;
    held.points = held.points.map((point) => ({ ...point, x: point.x + a.x, y: point.y + a.y }));
  }
}

/** What a call says about the thing that it ends at: it goes along with the second half. */
function splitStep(step: JourneyStep, second: string): readonly [JourneyStep, JourneyStep] {
  const { queries, ...first } = step;
  return [first, { edge: second, ...(step.op === undefined ? {} : { op: step.op }), ...(queries === undefined ? {} : { queries }), ...(step.push === undefined ? {} : { push: step.push }) }];
}

/** Steps with both halves of a split connection in the order in which they are travelled. One that is left out stays left out. */
function splitSteps(steps: readonly JourneyStep[], edge: string, second: string): JourneyStep[] {
  return steps.flatMap((step) => {
    if (step.edge !== edge || step.calls === 0) return [step];
    const [first, then] = splitStep(step, second);
    // a push runs against the drawn direction
    return step.push === true ? [then, first] : [first, then];
  });
}

/**
 * Put a component into a connection: A to B becomes A to N, which keeps its id, and N to B under a new id. A stated kind
 * and the data that the calls are about belong to the old target and go with the second half; journeys take both.
 */
export function spliceNode(draft: Design, input: { readonly edge: string; readonly node: string; readonly second: string }): void {
  const first = draft.edges[input.edge];
  if (!first || !Object.hasOwn(draft.nodes, input.node) || first.from === input.node || first.to === input.node) return;
  const { entity, ...params } = first.params;
  draft.edges[input.second] = { id: input.second, from: input.node, to: first.to, params: entity === undefined ? {} : { entity }, ...(first.kind === undefined ? {} : { kind: first.kind }) };
  first.to = input.node;
  if (entity !== undefined) first.params = params;
  delete first.kind;
  delete draft.layout.edges[input.edge];
  for (const journey of Object.values(draft.journeys)) {
    if (journey.steps?.some((step) => step.edge === input.edge)) journey.steps = splitSteps(journey.steps, input.edge, input.second);
  }
}
