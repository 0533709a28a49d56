import { create } from 'zustand';
import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import type { SimulationOptions, SimulationProgress, SimulationResult } from '../../../shared/contracts/simulation.ts';
import type { Design } from '../../../shared/model/design.ts';
import { activeDocument, useWorkspace, type OpenDocument } from '../document/workspace.ts';
import { startSimulation, type SimulationRun } from '../workers/simulation-client.ts';
import { useEvaluation } from './evaluation-store.ts';
import { usePreview } from './preview-store.ts';
import { optionsOf, settingsProblem, settledTimes, USUAL_PACE, USUAL_SETTINGS, type Pace, type SimulationSettings } from './simulation-settings.ts';

/** What a run was of: the drawing by the revision of its meaning, at the dial's load. */
interface Subject { readonly documentId: string; readonly revision: number; readonly multiple: number; readonly design: Design; readonly options: SimulationOptions; readonly settings: SimulationSettings }

/** A run that has ended. */
export interface SimulationOutcome extends Subject {
  readonly result: SimulationResult;
  /** Share of the run that was simulated when the user stopped it; 1 of a whole one. */
  readonly stopped_at: number;
  /** Wall-clock seconds that it took. */
  readonly took_s: number;
}

/** A run that is under way. */
export interface RunningSimulation extends Subject { readonly progress: SimulationProgress | null }

interface SimulationState {
  readonly settings: SimulationSettings;
  readonly running: RunningSimulation | null;
  /** The last run of each open document. */
  readonly outcomes: Readonly<Record<string, SimulationOutcome>>;
  /** Why the last run of a document has no result. */
  readonly errors: Readonly<Record<string, string>>;
  /** Events in a second of computing, as the last run had them. */
  readonly speed: number;
}

/** Simulations of the open documents: derived, disposable, never in a file. */
export const useSimulation = create<SimulationState>()(() => ({ settings: USUAL_SETTINGS, running: null, outcomes: {}, errors: {}, speed: USUAL_PACE.events_per_second }));

/** Whether an outcome is of what is shown: `fresh`, or what has changed since. */
export type Freshness = 'fresh' | 'drawing' | 'load' | 'preview';

let current: SimulationRun | null = null;
let unwatch: () => void = () => undefined;

/** Requests per second of an evaluated drawing at a load, as the simulator makes them. */
export function simulatedRate(base: Evaluation | null, multiple: number): number {
  return Object.values(base?.journeys ?? {}).reduce((sum, journey) => sum + journey.rate_rps, 0) * multiple;
}

/** What the runs before teach about the next one of a document. */
export function paceOf({ outcomes, speed }: Pick<SimulationState, 'outcomes' | 'speed'>, documentId: string | null): Pace {
  const result = documentId === null ? undefined : outcomes[documentId]?.result;
  return { events_per_request: (result && eventsPerRequest(result)) ?? USUAL_PACE.events_per_request, events_per_second: speed };
}

/** Change what is chosen for the next run. */
export function setSimulation(change: Partial<SimulationSettings>): void {
  useSimulation.setState(({ settings }) => ({ settings: { ...settings, ...change } }));
}

/** Whether an outcome still holds for a document at a load. */
export function freshnessOf(outcome: Pick<SimulationOutcome, 'revision' | 'multiple'>, revision: number, multiple: number, previewed: boolean): Freshness {
  if (outcome.revision !== revision) return 'drawing';
  if (outcome.multiple !== multiple) return 'load';
  return previewed ? 'preview' : 'fresh';
}

/** The last run of the document in front, with whether it still holds. */
export function useSimulationOutcome(): { readonly outcome: SimulationOutcome; readonly freshness: Freshness } | null {
  const id = useWorkspace((state) => state.activeId);
  const revision = useWorkspace((state) => (state.activeId === null ? -1 : (state.documents[state.activeId]?.semanticRevision ?? -1)));
  const outcome = useSimulation((state) => (id === null ? undefined : state.outcomes[id]));
  const multiple = useEvaluation((state) => state.multiple);
  const previewed = usePreview((state) => state.pinned);
  return outcome === undefined ? null : { outcome, freshness: freshnessOf(outcome, revision, multiple, previewed) };
}

function subjectOf(doc: OpenDocument): Subject {
  const state = useSimulation.getState();
  const { settings } = state;
  const { base, multiple } = useEvaluation.getState();
  const times = settledTimes(settings, simulatedRate(base, multiple), paceOf(state, doc.id));
  return { documentId: doc.id, revision: doc.semanticRevision, multiple, design: doc.design, options: optionsOf(settings, times, doc.design, multiple), settings };
}

/** Why no simulation can begin now, or null. */
export function simulationRefusal(): string | null {
  const state = useSimulation.getState();
  const { settings, running } = state;
  const doc = activeDocument();
  if (doc === undefined) return 'No drawing is open.';
  if (running !== null) return 'A simulation is under way.';
  if (usePreview.getState().pinned) return 'Apply or cancel the preview first.';
  const { base, multiple } = useEvaluation.getState();
  return settingsProblem(settings, settledTimes(settings, simulatedRate(base, multiple), paceOf(state, doc.id)));
}

function without<T>(record: Readonly<Record<string, T>>, open: Readonly<Record<string, unknown>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => id in open));
}

function settle(subject: Subject, change: (state: SimulationState) => Partial<SimulationState>): void {
  current = null;
  unwatch();
  const { documents } = useWorkspace.getState();
  useSimulation.setState((state) => {
    const { [subject.documentId]: _before, ...errors } = state.errors;
    const next = { ...state, errors, running: null, ...change({ ...state, errors }) };
    return { ...next, outcomes: without(next.outcomes, documents), errors: without(next.errors, documents) };
  });
}

/** Events for one request, or null of a run too small to tell. The journeys count what came after the warm-up. */
function eventsPerRequest({ journeys, events, warmup_s, duration_s }: SimulationResult): number | null {
  const counted = Object.values(journeys).reduce((sum, { requests, failed }) => sum + requests + failed, 0);
  return counted < 100 ? null : Math.min(1000, Math.max(1, (events * (1 - warmup_s / duration_s)) / counted));
}

/** Simulate the document in front as it is set. Says nothing when it cannot: ask `simulationRefusal` first. */
export function runSimulation(): void {
  const doc = activeDocument();
  if (doc === undefined || simulationRefusal() !== null) return;
  const subject = subjectOf(doc);
  const began = performance.now();
  useSimulation.setState({ running: { ...subject, progress: null } });
  current = startSimulation({
    design: subject.design,
    options: subject.options,
    progress: (progress) => useSimulation.setState(({ running }) => (running === null ? {} : { running: { ...running, progress } })),
    answer: (answer, stopped) => {
      const took_s = (performance.now() - began) / 1000;
      const share = useSimulation.getState().running?.progress?.share ?? 0;
      settle(subject, ({ outcomes, errors, speed }) => {
        if (!answer.ok) return { errors: { ...errors, [subject.documentId]: answer.error.message } };
        const outcome: SimulationOutcome = { ...subject, result: answer.value, stopped_at: stopped ? share : 1, took_s };
        return { outcomes: { ...outcomes, [subject.documentId]: outcome }, speed: took_s > 0.2 && outcome.result.events > 10_000 ? outcome.result.events / took_s : speed };
      });
    },
  });
  if (useSimulation.getState().running === null) return;
  unwatch = useWorkspace.subscribe(({ documents }) => {
    if (!(subject.documentId in documents)) cancelSimulation();
  });
}

/** End the run without a result; the one before it stays. */
export function cancelSimulation(): void {
  const { running } = useSimulation.getState();
  current?.cancel();
  if (running !== null) settle(running, () => ({}));
}

/** End the run with what was simulated so far. */
export function stopSimulation(): void {
  if (useSimulation.getState().running?.progress == null) cancelSimulation();
  else current?.stop();
}
