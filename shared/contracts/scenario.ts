import type { Demand, Design, Entity, Journey, Settings, Targets, Workload } from '../model/design.ts';
import { likely, type Quantity } from '../model/quantity.ts';
import { STAGE_KEYS, type Stage } from '../model/stages.ts';
import type { Evaluation, JourneyResult } from './evaluation.ts';
import type { HazardKind } from './hazard.ts';

/** Key of a document's settings that says which scenario is drawn. Unknown keys of settings survive. */
export const SCENARIO_KEY = 'scenario';

/** A journey that the scenario asks for: its rate and targets, not its path. */
export type ScenarioJourney = Pick<Journey, 'id' | 'name' | 'op' | 'read_fraction' | 'importance' | 'done_target_s' | 'done_quantile' | 'done_availability_target' | 'cacheable'> & {
  readonly rate_rps: number;
  readonly p99_target_ms: number;
  readonly availability_target: number;
};

/** A data entity of the scenario; where it lives is for the candidate to decide. */
export type ScenarioEntity = Pick<
  Entity,
  'id' | 'name' | 'keys' | 'item_kb' | 'zipf_s' | 'requirement' | 'bound_s' | 'loss_tolerance_s' | 'duplicate_tolerance' | 'ordering' | 'money' | 'public_ids' | 'miss_nonexistent_fraction' |
  'row_bytes' | 'rows_per_write' | 'initial_rows' | 'retention_days' | 'durable_ack' | 'geo_weights'
>;

/**
 * A service demand that is given, so that two solutions can be compared. `stage` says where it binds in whatever is drawn
 * (semantics 13): the first code of the journey, its first consumer, or a read or write where the data lives.
 */
export interface ScenarioDemand {
  readonly title: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'count';
  readonly stage: Stage;
  /** What it takes the place of: processor time, own waits, or pages of a write. */
  readonly field: 'cpu_ms' | 'io_ms' | 'write_iops';
  /** Journeys that ask it; without them all do. */
  readonly journeys?: readonly string[];
}

/** A target that has no model: shown for the person to judge, never as met. */
export interface JudgedTarget { readonly id: string; readonly title: string; readonly wanted: string }

/** A target that counts hazards of some kinds: met when there is none. */
export interface HazardTarget { readonly id: string; readonly title: string; readonly hazards: readonly HazardKind[] }

/** What the candidate is told: everything but the solution. */
export interface ScenarioBrief {
  readonly id: string;
  readonly title: string;
  readonly minutes: 35 | 45 | 60;
  /** One sentence for lists. */
  readonly summary: string;
  readonly statement: string;
  /** What the system must do. */
  readonly asked: readonly string[];
  /** Facts and figures that are given beside the workload. */
  readonly given: readonly string[];
  readonly workload: Workload;
  readonly targets: Targets;
  readonly settings: Settings;
  readonly journeys: readonly ScenarioJourney[];
  readonly entities: readonly ScenarioEntity[];
  readonly demands: readonly ScenarioDemand[];
  readonly hazardTargets: readonly HazardTarget[];
  readonly judged: readonly JudgedTarget[];
  /** Times that are judged one by one, each with a load, targets and a budget of its own; the brief itself is the last of them. */
  readonly phases?: readonly ScenarioPhase[];
}

/** One time of a scenario: what then differs from its brief. */
export interface ScenarioPhase {
  readonly id: string;
  readonly title: string;
  readonly workload: Workload;
  readonly targets: Targets;
  /** Of every journey by its id. */
  readonly journeys: Readonly<Record<string, Pick<ScenarioJourney, 'rate_rps' | 'availability_target'>>>;
  readonly judged: readonly JudgedTarget[];
}

/** A worked solution: drawn, laid out, and measured against the targets. */
export interface ReferenceDesign {
  readonly design: Design;
  /** Dollars a month that the scenario was calibrated with, and why the drawing costs otherwise where it does by over a tenth. */
  readonly stated_usd_month: number;
  readonly cost_departure?: string;
  /** Decisions that the drawing cannot show, in sentences. */
  readonly notes: readonly string[];
}

/** An interview exercise with its targets, its rubric and one solution. */
export interface Scenario extends ScenarioBrief {
  /** Rules that catch the usual mistakes. */
  readonly traps: readonly string[];
  readonly rubric: { readonly strong: readonly string[]; readonly weak: readonly string[] };
  /** What the candidate starts from when it is not an empty sheet. */
  readonly start?: Design;
  readonly reference: ReferenceDesign;
  /** Targets that the reference design misses, by the id of `scenarioTargets`, and why that is right; of one phase or of all. */
  readonly misses: readonly { readonly target: string; readonly why: string; readonly phase?: string }[];
}

export type TargetUnit = 'ms' | 's' | 'ratio' | 'usd_month' | 'fte' | 'times' | 'count';
export type TargetState = 'met' | 'missed' | 'unknown' | 'judge';

/** One target of a scenario. `wanted` is a number of `unit`, or words for a person to judge. */
export interface ScenarioTarget {
  readonly id: string;
  readonly title: string;
  readonly unit: TargetUnit | null;
  readonly wanted: number | string;
  readonly compare: 'at_most' | 'at_least';
}

/** A target with what the drawing reaches. Unknown: the drawing does not say yet. */
export interface TargetResult extends ScenarioTarget {
  readonly state: TargetState;
  readonly value: Quantity | null;
}

/** Key of a document's settings that says which phase of its scenario is judged. */
export const PHASE_KEY = 'scenario_phase';

/** Key of a document's settings under which changes of the mode are noted while the clock runs. */
const SWITCHES_KEY = 'scenario_switches';

/** One change of the mode: minutes of the task that had passed, and the mode that it changed to. */
export interface ModeSwitch { readonly minute: number; readonly mode: string }

/** Changes of the mode that a document notes, in their order; entries of another form are passed over. */
export function switchesOf(settings: Settings): readonly ModeSwitch[] {
  const noted: unknown = settings[SWITCHES_KEY];
  const isSwitch = (entry: Partial<ModeSwitch> | null): entry is ModeSwitch => typeof entry?.minute === 'number' && typeof entry.mode === 'string';
  return Array.isArray(noted) ? (noted as readonly (Partial<ModeSwitch> | null)[]).filter(isSwitch) : [];
}

/** Note one more change of the mode in a draft of the settings. */
export function noteSwitch(settings: Settings, noted: ModeSwitch): void {
  settings[SWITCHES_KEY] = [...switchesOf(settings), noted];
}

/** Demands of one journey by stage, as the document keeps them; undefined where none is given. */
export function stageDemands({ demands }: Pick<ScenarioBrief, 'demands'>, journey: string): Record<string, Demand> | undefined {
  const stages: Record<string, Demand> = {};
  for (const { stage, field, value, unit, journeys } of demands) {
    if (journeys !== undefined && !journeys.includes(journey)) continue;
    const key = STAGE_KEYS[stage];
    stages[key] = { ...stages[key], [field]: unit === 's' ? value * 1000 : value };
  }
  return Object.keys(stages).length > 0 ? stages : undefined;
}

/** The phase that a document's settings choose: the last one unless they name another. Null for a scenario of one time. */
export function phaseOf({ phases = [] }: Pick<ScenarioBrief, 'phases'>, settings: Settings): ScenarioPhase | null {
  return phases.find(({ id }) => id === settings[PHASE_KEY]) ?? phases.at(-1) ?? null;
}

/** A brief as it is in one of its phases; null leaves it as it is. */
export function atPhase<T extends ScenarioBrief>(brief: T, phase: ScenarioPhase | null): T {
  if (phase === null) return brief;
  const { workload, targets, judged } = phase;
  return {
    ...brief, workload: { ...brief.workload, ...workload }, targets: { ...brief.targets, ...targets }, judged,
    journeys: brief.journeys.map((journey) => ({ ...journey, ...phase.journeys[journey.id] })),
  };
}

/**
 * Put a draft of a document into a phase of its scenario: load, targets, and the rates and targets of the journeys that it knows
 * by id or name. What else it says stays.
 */
export function enterPhase(draft: Design, scenario: ScenarioBrief, phase: ScenarioPhase): void {
  const { journeys } = atPhase(scenario, phase);
  Object.assign(draft.workload, phase.workload);
  Object.assign(draft.targets, phase.targets);
  draft.settings[PHASE_KEY] = phase.id;
  for (const journey of Object.values(draft.journeys)) {
    const known = journeys.find(({ id, name }) => id === journey.id || name.toLowerCase() === journey.name.trim().toLowerCase());
    if (known !== undefined) Object.assign(journey, { rate_rps: known.rate_rps, availability_target: known.availability_target });
  }
}

/** Where the value of a target stands in an evaluation; null where the drawing has nothing to measure. */
type Reader = (evaluation: Evaluation, design: Design) => Quantity | null;
interface Measured { readonly target: ScenarioTarget; readonly read: Reader }

const number = (value: number): Quantity => ({ value, state: 'ok' });

function journeyIn(evaluation: Evaluation, { id, name }: ScenarioJourney): JourneyResult | null {
  const all = Object.values(evaluation.journeys);
  const wanted = [id.toLowerCase(), name.toLowerCase()];
  return evaluation.journeys[id] ?? all.find((other) => wanted.includes(other.name.trim().toLowerCase())) ?? null;
}

function journeyTargets(journey: ScenarioJourney): Measured[] {
  const { id, name } = journey;
  const of = (read: (result: JourneyResult) => Quantity): Reader => (evaluation) => {
    const result = journeyIn(evaluation, journey);
    return result === null || result.nodes.length === 0 ? null : read(result);
  };
  const all: Measured[] = [
    { target: { id: `p99:${id}`, title: `${name}: p99`, unit: 'ms', wanted: journey.p99_target_ms, compare: 'at_most' }, read: of((result) => result.p99_ms) },
    { target: { id: `availability:${id}`, title: `${name}: availability`, unit: 'ratio', wanted: journey.availability_target, compare: 'at_least' }, read: of((result) => result.availability) },
  ];
  if (journey.done_target_s) {
    const quantile = Math.round((journey.done_quantile ?? 0.95) * 100);
    all.push({ target: { id: `done:${id}`, title: `${name}: done, p${quantile}`, unit: 's', wanted: journey.done_target_s, compare: 'at_most' }, read: of((result) => result.done_s) });
  }
  if (journey.done_availability_target) {
    all.push({ target: { id: `done_availability:${id}`, title: `${name}: done in time`, unit: 'ratio', wanted: journey.done_availability_target, compare: 'at_least' }, read: of((result) => result.done_availability) });
  }
  return all;
}

/** Largest share of the importance that one bad deploy takes. */
const deployBlast: Reader = ({ blast }) => number(blast.reduce((most, { kind, share_lost }) => (kind === 'deploy' ? Math.max(most, share_lost) : most), 0));

function wholeTargets({ targets, workload }: ScenarioBrief): Measured[] {
  const all: Measured[] = [];
  const push = (id: string, title: string, unit: TargetUnit, wanted: number | null | undefined, read: Reader, compare: ScenarioTarget['compare'] = 'at_most'): void => {
    if (wanted !== null && wanted !== undefined) all.push({ target: { id, title, unit, wanted, compare }, read });
  };
  // headroom counts from the evaluated load, growth from the drawn one
  push('growth', 'Load it can grow to', 'times', likely(workload.growth_target ?? 0) || null, ({ headroom, multiple }) => (headroom.auto.value === null ? headroom.auto : number(headroom.auto.value * multiple)), 'at_least');
  push('budget', 'Cost', 'usd_month', targets.budget_usd_month, ({ cost }) => number(cost.usd_month));
  push('burden', 'Operational burden', 'fte', targets.obi_budget, ({ burden }) => number(burden.index));
  push('deploy', 'Hit by one bad deploy', 'ratio', targets.bad_deploy_blast_max, deployBlast);
  return all;
}

function entityTargets({ id, name, requirement, bound_s }: ScenarioEntity): Measured[] {
  if (requirement === undefined || requirement === 'eventual') return [];
  const words = { bounded: `at most ${bound_s ?? 60} s old`, read_your_writes: 'users see their own writes', strong: 'always current' }[requirement];
  const read: Reader = (evaluation, design) => {
    const named = Object.values(design.entities).find((other) => other.id === id || other.name.trim().toLowerCase() === name.toLowerCase());
    const met = named === undefined ? null : (evaluation.entities[named.id]?.met ?? null);
    return met === null ? null : number(met ? 0 : 1);
  };
  return [{ target: { id: `entity:${id}`, title: `${name}: ${words}`, unit: 'count', wanted: 0, compare: 'at_most' }, read }];
}

function hazardTarget({ id, title, hazards }: HazardTarget): Measured {
  return { target: { id, title, unit: 'count', wanted: 0, compare: 'at_most' }, read: (evaluation) => number(evaluation.hazards.filter(({ kind }) => hazards.includes(kind)).length) };
}

function measured(brief: ScenarioBrief): Measured[] {
  return [...brief.journeys.flatMap(journeyTargets), ...wholeTargets(brief), ...brief.entities.flatMap(entityTargets), ...brief.hazardTargets.map(hazardTarget)];
}

/** The targets of a scenario in the order in which they are shown: journeys, whole, data, and those for a person to judge. */
export function scenarioTargets(brief: ScenarioBrief): readonly ScenarioTarget[] {
  return [...measured(brief).map(({ target }) => target), ...brief.judged.map(judgedTarget)];
}

function judgedTarget({ id, title, wanted }: JudgedTarget): ScenarioTarget {
  return { id, title, unit: null, wanted, compare: 'at_most' };
}

function stateOf({ wanted, compare }: ScenarioTarget, value: Quantity | null): TargetState {
  if (value === null || value.state === 'not_applicable' || value.state === 'not_modelled') return 'unknown';
  // without a bound is good for what may grow, and bad for what should end
  if (value.value === null) return value.state === 'unbounded' && compare === 'at_least' ? 'met' : 'missed';
  return (compare === 'at_most' ? value.value <= Number(wanted) : value.value >= Number(wanted)) ? 'met' : 'missed';
}

/**
 * What a drawing reaches of a scenario's targets. Journeys and entities are found by id or, in a drawing of one's own, by name.
 * Nothing drawn, or nothing that a journey passes, is unknown: never met.
 */
export function judgeTargets(brief: ScenarioBrief, design: Design, evaluation: Evaluation): readonly TargetResult[] {
  const drawn = Object.values(evaluation.nodes).some(({ connected, resources }) => connected && resources.length > 0);
  return [
    ...measured(brief).map(({ target, read }): TargetResult => {
      const value = drawn ? read(evaluation, design) : null;
      return { ...target, value, state: stateOf(target, value) };
    }),
    ...brief.judged.map((judged): TargetResult => ({ ...judgedTarget(judged), value: null, state: 'judge' })),
  ];
}
