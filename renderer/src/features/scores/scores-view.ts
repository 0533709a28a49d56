import { create } from 'zustand';
import type { Axis } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { createSensitivityClient } from '../../evaluation/sensitivity.ts';
import { spawnEngine } from '../../evaluation/engine-workers.ts';
import { usePrices } from '../../evaluation/prices-store.ts';
import type { Sensitivity } from '../../evaluation/sensitivity.ts';

/** What moves an axis most, for one state of the drawing at one load. */
export interface Movers {
  readonly design: Design;
  readonly multiple: number;
  /** Null while it is being computed. */
  readonly found: readonly Sensitivity[] | null;
  readonly error: string | null;
}

interface ScoresView {
  /** Keys of open lines. */
  readonly open: ReadonlySet<string>;
  readonly movers: Readonly<Partial<Record<Axis, Movers>>>;
  toggle(key: string, open: boolean): void;
  /** Ask the engine what moves an axis; a repeated question for the same drawing and load is not asked again. */
  ask(axis: Axis, design: Design, multiple: number): void;
}

const client = createSensitivityClient(spawnEngine);

/** Axes that wait for the one worker, in the order in which they were asked. */
const waiting: Axis[] = [];
let busy = false;

/** How the scores are looked at: never saved, kept while the window is open. */
export const useScoresView = create<ScoresView>()((set, get) => {
  const put = (axis: Axis, movers: Movers): void => set((state) => ({ movers: { ...state.movers, [axis]: movers } }));
  const work = (): void => {
    const axis = busy ? undefined : waiting.shift();
    const question = axis === undefined ? undefined : get().movers[axis];
    if (axis === undefined || !question) return;
    busy = true;
    const { design, multiple } = question;
    client.ask({ design, axis, multiple }, (result) => {
      busy = false;
      const asked = get().movers[axis];
      if (asked?.design === design && asked.multiple === multiple) put(axis, { design, multiple, found: result.ok ? result.value : null, error: result.ok ? null : result.error });
      work();
    });
  };
  return {
    open: new Set(),
    movers: {},
    toggle: (key, open) =>
      set((state) => {
        const next = new Set(state.open);
        if (open) next.add(key);
        else next.delete(key);
        return { open: next };
      }),
    ask: (axis, design, multiple) => {
      const known = get().movers[axis];
      if (known?.design === design && known.multiple === multiple && known.error === null) return;
      put(axis, { design, multiple, found: null, error: null });
      if (!waiting.includes(axis)) waiting.push(axis);
      work();
    },
  };
});

// what moves a score most depends on what things cost
usePrices.subscribe((state, before) => {
  if (state.prices !== before.prices) useScoresView.setState({ movers: {} });
});
