import { DERIVED_CACHEABLE_FRACTION } from '../../../../shared/contracts/document-params.ts';
import type { Design, Entity, Journey, JourneyStep } from '../../../../shared/model/design.ts';
import type { IdGenerator } from '../../../../shared/model/ids.ts';

/** A journey as the evaluation derived it from the drawing: its rate at 1x. */
export interface DerivedJourney { readonly id: string; readonly name: string; readonly rate_rps: number }

const DERIVED = 'derived:';

/** Split "derived:entry:pick:pick" into ids of connections; an id may itself contain a colon. */
function edgesIn(design: Design, parts: readonly string[]): readonly string[] | null {
  if (parts.length === 0) return [];
  for (let length = 1; length <= parts.length; length += 1) {
    const id = parts.slice(0, length).join(':');
    const rest = Object.hasOwn(design.edges, id) ? edgesIn(design, parts.slice(length)) : null;
    if (rest) return [id, ...rest];
  }
  return null;
}

/** A name that no journey has yet: "Checkout", then "Checkout 2". */
export function uniqueJourneyName(design: Design, wanted: string): string {
  const taken = new Set(Object.values(design.journeys).map((journey) => journey.name.trim().toLowerCase()));
  const base = wanted.trim() === '' ? 'Journey' : wanted.trim();
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base} ${number}`;
  return name;
}

/**
 * Turn the derived journeys into drawn ones: ids that stay, the entry and the turns that each was derived with, its
 * rate. All of them together, since none is derived any more as soon as one is drawn. Returns new ids by derived ones.
 */
export function adoptDerivedJourneys(draft: Design, derived: readonly DerivedJourney[], ids: IdGenerator): ReadonlyMap<string, string> {
  const adopted = new Map<string, string>();
  if (Object.keys(draft.journeys).length > 0) return adopted;
  for (const { id: from, name, rate_rps } of derived) {
    const [entry, ...picks] = edgesIn(draft, from.slice(DERIVED.length).split(':')) ?? [];
    if (!from.startsWith(DERIVED) || entry === undefined) continue;
    const id = ids('j');
    draft.journeys[id] = { id, name: uniqueJourneyName(draft, name), rate_rps, entry, op: 'mixed', cacheable_fraction: DERIVED_CACHEABLE_FRACTION, ...(picks.length > 0 ? { steps: picks.map((edge) => ({ edge })) } : {}) };
    adopted.set(from, id);
  }
  return adopted;
}

/** Add a journey that starts with a connection of a client, or with a client. Its name is made unique. */
export function addJourney(draft: Design, input: { readonly id: string; readonly name: string; readonly entry: string; readonly rate_rps: number }): void {
  draft.journeys[input.id] = { ...input, name: uniqueJourneyName(draft, input.name) };
}

/** Remove a journey. Without any, the drawing derives its own again. */
export function removeJourney(draft: Design, id: string): void {
  delete draft.journeys[id];
}

/** Set several keys of a journey; `undefined` unsets an optional one. */
export function setJourneyFields(draft: Design, id: string, values: Readonly<Partial<Omit<Journey, 'id'>>>): void {
  const journey = draft.journeys[id] as Record<string, unknown> | undefined;
  if (!journey) return;
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) delete journey[key];
    else journey[key] = value;
  }
}

function withSteps(draft: Design, id: string, change: (steps: JourneyStep[]) => JourneyStep[]): void {
  const journey = draft.journeys[id];
  if (!journey) return;
  const steps = change(journey.steps ?? []);
  if (steps.length > 0) journey.steps = steps;
  else delete journey.steps;
}

function listing(steps: readonly JourneyStep[], neutral: readonly JourneyStep[]): JourneyStep[] {
  const listed = new Set(steps.map((step) => step.edge));
  const added = new Map(neutral.filter((step) => !listed.has(step.edge)).map((step) => [step.edge, step]));
  return [...steps, ...[...added.values()].map((step) => ({ ...step }))];
}

/** A step that overrides nothing but the operation it would have anyway. */
function isBare(step: JourneyStep): boolean {
  return Object.keys(step).every((key) => key === 'edge' || key === 'op');
}

/**
 * Override how a journey uses a connection; `undefined` unsets a key. `index` is the step's place, -1 for one that is
 * not listed yet: then the connections beside it are listed with it (`neutral`), so that nothing else changes.
 */
export function setStep(draft: Design, id: string, at: { readonly edge: string; readonly index: number }, change: Readonly<Partial<Omit<JourneyStep, 'edge'>>>, neutral: readonly JourneyStep[]): void {
  withSteps(draft, id, (before) => {
    const steps = at.index < 0 ? listing(before, neutral.some((step) => step.edge === at.edge) ? neutral : [...neutral, { edge: at.edge }]) : before;
    const step = (at.index < 0 ? steps.find((each) => each.edge === at.edge) : steps[at.index]) as Record<string, unknown> | undefined;
    for (const [key, value] of Object.entries(change)) {
      if (!step) break;
      if (value === undefined) delete step[key];
      else step[key] = value;
    }
    return steps;
  });
}

/** State what a journey asks of a component or of a stage; `undefined` unsets it. What states nothing any more is removed. */
export function setDemand(draft: Design, id: string, at: string, key: string, value: unknown): void {
  const journey = draft.journeys[id];
  if (!journey) return;
  const { [key]: _, ...rest } = journey.demands?.[at] ?? {};
  const demand = value === undefined ? rest : { ...rest, [key]: value };
  const { [at]: __, ...others } = journey.demands ?? {};
  const demands = Object.keys(demand).length > 0 ? { ...others, [at]: demand } : others;
  if (Object.keys(demands).length > 0) journey.demands = demands;
  else delete journey.demands;
}

/** Drop what a step overrides: the drawing's own values count again, and the connection keeps its place in the order. */
export function removeStep(draft: Design, id: string, index: number, neutral: JourneyStep): void {
  withSteps(draft, id, (steps) => {
    const doubled = steps.some((step, place) => place !== index && step.edge === steps[index]?.edge);
    return steps.flatMap((step, place) => (place !== index ? [step] : doubled ? [] : [{ ...neutral }]));
  });
}

/** Put the connections that leave one component in this order. */
export function reorderSteps(draft: Design, id: string, neutral: readonly JourneyStep[]): void {
  const place = new Map(neutral.map((step, index) => [step.edge, index]));
  withSteps(draft, id, (before) => {
    const steps = listing(before, neutral);
    const moved = steps.filter((step) => place.has(step.edge)).sort((a, b) => (place.get(a.edge) ?? 0) - (place.get(b.edge) ?? 0));
    return steps.map((step) => (place.has(step.edge) ? (moved.shift() ?? step) : step));
  });
}

/** Leave connections out of a journey: they are called 0 times. */
export function leaveOut(draft: Design, id: string, edges: readonly string[]): void {
  withSteps(draft, id, (before) => {
    const steps = listing(before, edges.map((edge) => ({ edge })));
    for (const step of steps) if (edges.includes(step.edge) && step.push !== true) step.calls = 0;
    return steps;
  });
}

/**
 * Take a connection in again, as the last of those that leave its component. `neutral` lists those taken already with
 * it. Where nothing else from there is listed, it needs no step of its own either.
 */
export function takeIn(draft: Design, id: string, own: JourneyStep, neutral: readonly JourneyStep[]): void {
  withSteps(draft, id, (before) => {
    const kept = before.filter((step) => step.edge === own.edge).map(({ calls, ...rest }): JourneyStep => (calls === 0 || calls === undefined ? rest : { ...rest, calls }));
    const others = before.filter((step) => step.edge !== own.edge);
    const wasLeftOut = kept.length > 0;
    const from = draft.edges[own.edge]?.from;
    if (wasLeftOut && kept.every(isBare) && !others.some((step) => draft.edges[step.edge]?.from === from)) return others;
    return [...listing(others, neutral.filter((step) => step.edge !== own.edge)), ...(wasLeftOut ? kept.map((step) => ({ ...own, ...step })) : [{ ...own }])];
  });
}

/** Forget every override of the way: the journey takes whatever it can reach. */
export function resetPath(draft: Design, id: string): void {
  withSteps(draft, id, () => []);
}

/** Add data that lives in a component. */
export function addEntity(draft: Design, input: { readonly id: string; readonly name: string; readonly home: string }): void {
  const taken = new Set(Object.values(draft.entities).map((entity) => entity.name.trim().toLowerCase()));
  let name = input.name;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${input.name} ${number}`;
  draft.entities[input.id] = { ...input, name };
}

/** Remove data and what journeys say of it. */
export function removeEntity(draft: Design, id: string): void {
  delete draft.entities[id];
  for (const journey of Object.values(draft.journeys)) {
    if (journey.reads?.some((read) => read.entity === id)) journey.reads = journey.reads.filter((read) => read.entity !== id);
    if (journey.writes?.some((write) => write.entity === id)) journey.writes = journey.writes.filter((write) => write.entity !== id);
  }
  for (const edge of Object.values(draft.edges)) if (edge.params['entity'] === id) delete edge.params['entity'];
}

/** State whether a journey reads or writes data. */
export function setUse(draft: Design, journey: string, use: 'reads' | 'writes', entity: string, on: boolean): void {
  const object = draft.journeys[journey];
  if (!object) return;
  const rest = (object[use] ?? []).filter((each) => each.entity !== entity);
  const next = on ? [...rest, { entity }] : rest;
  if (next.length > 0) object[use] = next;
  else delete object[use];
}

/** State what a journey's reads of an entity must be able to rely on; `undefined` means what the entity says. */
export function setReadRequirement(draft: Design, journey: string, entity: string, requirement: Entity['requirement']): void {
  const read = draft.journeys[journey]?.reads?.find((each) => each.entity === entity);
  if (!read) return;
  if (requirement === undefined) delete read.requirement;
  else read.requirement = requirement;
}
