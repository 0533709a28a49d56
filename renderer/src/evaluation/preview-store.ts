import { create, type StoreApi } from 'zustand';
import type { Evaluation, Sweep } from '../../../shared/contracts/evaluation.ts';
import type { Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import { stopPathEditing } from '../document/path-editing.ts';
import { useSession } from '../document/session.ts';
import { activeDocument, useWorkspace } from '../document/workspace.ts';
import { useEvaluation } from './evaluation-store.ts';
import { bringTo, changesBetween, drawnDesign, type DesignChanges } from './preview-changes.ts';
import { localDay } from './local-day.ts';
import { createWhatIfClient, type Answer, type Basis, type Delta, type FixSequence, type RankedFix, type WhatIf } from './what-if.ts';

/** A fix of a finding. */
export interface FixRef {
  readonly finding: string;
  readonly fix: string;
  readonly title: string;
}

/** A fix among several that are made one after another; without its tick it is passed over. */
export interface PlannedFix extends FixRef { readonly ticked: boolean }

/** The same once it is worked out; `deltas` is null where it is passed over, or where the ones before made it needless. */
export interface PreviewStep extends PlannedFix { readonly deltas: readonly Delta[] | null }

/** What was asked for: one fix, or several in this order. */
interface Asked extends FixRef { readonly plan?: readonly PlannedFix[] }

/** A change that is drawn and not made. */
export interface Preview extends Asked {
  /** The parts of a change that consists of several fixes; null for a single one. */
  readonly steps: readonly PreviewStep[] | null;
  /** Grows with each preview. */
  readonly id: number;
  readonly documentId: string;
  /** The design that it was computed for: when the document is another one, it no longer holds. */
  readonly of: Design;
  readonly multiple: number;
  /** What would be applied. */
  readonly design: Design;
  /** What the canvas draws: the same with what would be removed. */
  readonly drawn: Design;
  readonly changes: DesignChanges;
  readonly before: Evaluation;
  readonly after: Evaluation;
  readonly deltas: readonly Delta[];
}

/** The fixes of every open finding by what they bring for what they ask, for one state of one document at one load. */
export interface Ranking {
  readonly documentId: string;
  readonly revision: number;
  readonly multiple: number;
  /** By finding; null until the first answer. Those of before stay while new ones are computed. */
  readonly fixes: ReadonlyMap<string, readonly RankedFix[]> | null;
  readonly error: string | null;
}

/** The numbers of the drawing as it is, while those of the changed one are shown. */
export interface Held { readonly multiple: number; readonly current: Evaluation | null; readonly base: Evaluation | null; readonly sweep: Sweep | null }

interface PreviewState {
  /** The fix that somebody looks at; its answer may still be computed. */
  readonly asked: Asked | null;
  readonly shown: Preview | null;
  /** Pinned: canvas, dial and scores show the changed design until it is applied or cancelled. */
  readonly pinned: boolean;
  readonly held: Held | null;
  readonly ranking: Ranking | null;
  /** Look at a fix: its ghosts are drawn when it is still looked at after the rest. */
  look(ref: FixRef): void;
  /** Look away: ghosts go, a pinned preview stays. */
  leave(): void;
  pin(ref: FixRef): void;
  /** Pin several fixes as one change, each weighed on what the ones before it left. */
  pinAll(plan: readonly PlannedFix[]): void;
  /** Take a fix into the pinned change or leave it out; the rest is worked out again. */
  tick(step: number, on: boolean): void;
  /** Compute the pinned preview again, for the load as it is now. */
  refresh(): void;
  cancel(): void;
  /** Make the pinned change, as one step. Returns what was applied, or null. */
  apply(): Preview | null;
  /** Ask what the fixes bring; a repeated question for the same drawing and load is not asked again. */
  rank(): void;
}

/** Milliseconds that pointer or focus must rest on a fix before its ghosts are drawn. */
export const REST_MS = 150;
/** Milliseconds after the last step of the dial until a pinned preview's deltas are computed again. */
const SETTLE_MS = 250;

/** One worker each: a preview must not wait until all fixes are weighed. */
const previews = createWhatIfClient();
const rankings = createWhatIfClient();
let counter = 0;
/** The edit that is being made is the previewed one. */
let applying = false;
/** A fix was pressed and its answer is still computed: looking away does not take that back. */
let pinning = false;
let resting: ReturnType<typeof setTimeout> | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;

const sameFix = (a: Asked | null, b: Asked | null): boolean => a !== null && b !== null && a.finding === b.finding && a.fix === b.fix && a.plan === b.plan;
const NOTHING = { asked: null, shown: null, pinned: false, held: null } as const;

function byFinding(fixes: readonly RankedFix[]): ReadonlyMap<string, readonly RankedFix[]> {
  const groups = new Map<string, readonly RankedFix[]>();
  for (const fix of fixes) groups.set(fix.finding, [...(groups.get(fix.finding) ?? []), fix]);
  return groups;
}

interface Access { readonly get: StoreApi<PreviewState>['getState']; readonly set: (change: Partial<PreviewState>) => void }

/** Stands in for the finding and the fix of a change that consists of several. */
const ALL = { finding: '', fix: 'all' } as const;

function askAll(plan: readonly PlannedFix[]): Asked {
  const taken = plan.filter(({ ticked }) => ticked).length;
  return { ...ALL, title: `Fix all, ${taken} ${taken === 1 ? 'change' : 'changes'}`, plan };
}

/** The answers of a sequence, laid beside the plan that they belong to. */
function stepsOf(plan: readonly PlannedFix[], answered: FixSequence['steps']): readonly PreviewStep[] {
  let next = 0;
  return plan.map((fix) => ({ ...fix, deltas: fix.ticked ? (answered[next++]?.deltas ?? null) : null }));
}

type Worked = WhatIf & { readonly steps: readonly PreviewStep[] | null };

/** Ask the worker for one fix or for several. */
function workOut(basis: Basis, { finding, fix, plan }: Asked, answer: Answer<Worked | null>): void {
  if (!plan) previews.previewFix(basis, { finding, fix }, (result) => answer(result.ok && result.value ? { ok: true, value: { ...result.value, steps: null } } : (result as Result<null, string>)));
  else previews.previewFixes(basis, plan.filter(({ ticked }) => ticked).map((each) => ({ finding: each.finding, fix: each.fix })), (result) => answer(result.ok ? { ok: true, value: { ...result.value, steps: stepsOf(plan, result.value.steps) } } : result));
}

/** Ask what a fix does, and show it when it is still looked at by then. */
function compute({ get, set }: Access, ref: Asked, pin: boolean): void {
  const doc = activeDocument();
  if (!doc) return;
  const { multiple } = useEvaluation.getState();
  const { design: of, id: documentId } = doc;
  workOut({ design: of, multiple, today: localDay() }, ref, (result) => {
    if (!sameFix(get().asked, ref) || activeDocument()?.design !== of) return;
    if (pin) pinning = false;
    if (!result.ok || result.value === null) {
      if (ref.plan) get().cancel();
      if (pin && !get().pinned) useSession.getState().notify(result.ok ? 'This finding is gone, and its fix with it.' : result.error, { tone: 'error' });
      if (!get().pinned) set(NOTHING);
      return;
    }
    const { design, before, after, deltas, steps } = result.value;
    const { shown } = get();
    // computed again for another load, or with other ticks, it stays the same preview
    const id = pin && get().pinned && shown ? shown.id : ++counter;
    const { base, sweep } = get().held ?? useEvaluation.getState();
    set({
      shown: { ...ref, steps, id, documentId, of, multiple, design, drawn: drawnDesign(of, design), changes: changesBetween(of, design), before, after, deltas },
      ...(pin ? { pinned: true, held: { multiple, current: before, base, sweep } } : {}),
    });
  });
}

/** Ask what all fixes do. */
function rank({ get, set }: Access): void {
  const doc = activeDocument();
  const { multiple } = useEvaluation.getState();
  const known = get().ranking;
  if (!doc || get().pinned) return;
  const { id: documentId, semanticRevision: revision, design } = doc;
  const same = (ranking: Ranking | null): boolean => ranking?.documentId === documentId && ranking.revision === revision && ranking.multiple === multiple;
  if (same(known)) return;
  set({ ranking: { documentId, revision, multiple, fixes: known?.documentId === documentId ? known.fixes : null, error: null } });
  rankings.rankFixes({ design, multiple, today: localDay() }, null, (result) => {
    if (!same(get().ranking)) return;
    const fixes = result.ok ? byFinding(result.value) : null;
    set({ ranking: { documentId, revision, multiple, fixes, error: result.ok ? null : result.error } });
  });
}

/** Whether the pinned change is being worked out again: what is shown is not yet what is ticked. */
export function isWorking({ asked, shown }: Pick<PreviewState, 'asked' | 'shown'>): boolean {
  return shown !== null && asked?.plan !== shown.plan;
}

/** Pin several fixes as one change. */
function pinAll(access: Access, plan: readonly PlannedFix[]): void {
  stopPathEditing();
  clearTimeout(resting);
  access.get().cancel();
  pinning = true;
  const asked = askAll(plan);
  access.set({ asked });
  compute(access, asked, true);
}

/** Take a fix in or leave it out: its tick shows at once, what it brings when that is worked out. */
function tick(access: Access, step: number, on: boolean): void {
  const { shown, pinned, asked } = access.get();
  if (!pinned || !shown?.steps || !asked?.plan) return;
  const next = askAll(asked.plan.map((fix, index) => (index === step ? { ...fix, ticked: on } : fix)));
  access.set({ asked: next, shown: { ...shown, title: next.title, steps: shown.steps.map((each, index) => (index === step ? { ...each, ticked: on } : each)) } });
  compute(access, next, true);
}

/** Make the pinned change as one step, unless it is being worked out or the document is another one. */
function apply({ get }: Access, end: () => void): Preview | null {
  const { shown, pinned } = get();
  if (!shown || !pinned || isWorking(get()) || activeDocument()?.design !== shown.of) return null;
  const title = `Apply: ${shown.title.slice(0, 1).toLowerCase()}${shown.title.slice(1)}`;
  applying = true;
  const applied = useWorkspace.getState().commit(title, (draft) => bringTo(draft, shown.design));
  applying = false;
  // after the edit, so that no question about the old drawing comes in between
  end();
  return applied ? shown : null;
}

/** The one preview there can be, and what is known about fixes: derived, disposable, never in the document. */
export const usePreview = create<PreviewState>()((set, get) => {
  const access: Access = { get, set };
  const end = (): void => {
    pinning = false;
    clearTimeout(resting);
    clearTimeout(settling);
    if (get().shown === null) previews.cancel();
    if (get().asked !== null || get().shown !== null) set(NOTHING);
  };
  return {
    ...NOTHING,
    ranking: null,
    look: (ref) => {
      if (pinning || get().pinned || sameFix(get().asked, ref)) return;
      clearTimeout(resting);
      set({ asked: ref, shown: null });
      resting = setTimeout(() => compute(access, ref, false), REST_MS);
    },
    leave: () => {
      if (!pinning && !get().pinned) end();
    },
    pin: (ref) => {
      const { shown, pinned } = get();
      if (pinned && sameFix(shown, ref)) return;
      stopPathEditing();
      clearTimeout(resting);
      if (!pinned && sameFix(shown, ref) && shown?.multiple === useEvaluation.getState().multiple) {
        const { base, sweep } = useEvaluation.getState();
        set({ asked: ref, pinned: true, held: { multiple: shown.multiple, current: shown.before, base, sweep } });
        return;
      }
      get().cancel();
      pinning = true;
      set({ asked: ref });
      compute(access, ref, true);
    },
    pinAll: (plan) => pinAll(access, plan),
    tick: (step, on) => tick(access, step, on),
    refresh: () => {
      const { asked, shown, pinned } = get();
      if (asked && shown && pinned) compute(access, asked, true);
    },
    cancel: () => {
      const { held, pinned } = get();
      end();
      if (!pinned || !held) return;
      // the numbers of before stand at once; the worker then confirms them
      const { multiple, ...numbers } = held;
      const { current: _current, ...others } = numbers;
      useEvaluation.getState().set(multiple === useEvaluation.getState().multiple ? numbers : others);
    },
    apply: () => apply(access, end),
    rank: () => rank(access),
  };
});

/** A preview is of one state of one document: any other edit, and any change of the document, ends it. */
function followDocument(): () => void {
  return useWorkspace.subscribe((state, before) => {
    const now = state.activeId === null ? undefined : state.documents[state.activeId];
    const then = before.activeId === null ? undefined : before.documents[before.activeId];
    if (applying || now?.design === then?.design) return;
    const { asked, shown, pinned } = usePreview.getState();
    if (now?.id !== then?.id) {
      pinning = false;
      previews.cancel();
      rankings.cancel();
      usePreview.setState({ ...NOTHING, ranking: null });
    } else if (asked || shown) {
      pinning = false;
      usePreview.setState(NOTHING);
      if (pinned) useSession.getState().notify('The preview ended: the drawing was changed.');
    }
  });
}

/** Another load means other deltas: they are computed again once the dial rests. */
function followDial(): () => void {
  return useEvaluation.subscribe((state, before) => {
    if (state.multiple === before.multiple || !usePreview.getState().pinned) return;
    clearTimeout(settling);
    settling = setTimeout(() => usePreview.getState().refresh(), SETTLE_MS);
  });
}

/** Keep previews in step with the document and the dial. Returns the way to stop. */
export function followPreviews(): () => void {
  const stops = [followDocument(), followDial()];
  return () => stops.forEach((stop) => stop());
}
