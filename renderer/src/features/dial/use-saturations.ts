import { useEffect, useState } from 'react';
import { useWorkspace } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { NOTHING_TOLD, saturationText, tellNext, type Told } from './saturations.ts';

/** At most one announcement in this time, ms. */
const APART_MS = 1000;

function nameOf(node: string): string {
  const { activeId, documents } = useWorkspace.getState();
  return (activeId === null ? undefined : documents[activeId])?.design.nodes[node]?.name ?? 'A removed part';
}

/** What the live region says: each station once when it saturates, at most one sentence a second. What is saturated when a drawing opens is not news. */
export function useSaturations(): string {
  const [said, setSaid] = useState('');
  const activeId = useWorkspace((state) => state.activeId);
  useEffect(() => {
    let told: Told | null = null;
    let last = -APART_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      timer = undefined;
      if (!told || told.waiting.length === 0) return;
      last = performance.now();
      setSaid(saturationText(told.waiting, nameOf));
      told = { ...told, waiting: [] };
    };
    const look = (): void => {
      const { base, multiple } = useEvaluation.getState();
      if (!base) return;
      const opened = told === null;
      told = tellNext(told ?? NOTHING_TOLD, base.breaks, multiple);
      if (opened) told = { ...told, waiting: [] };
      else if (told.waiting.length > 0) timer ??= setTimeout(say, Math.max(0, APART_MS - (performance.now() - last)));
    };
    look();
    const stop = useEvaluation.subscribe((state, before) => (state.multiple !== before.multiple || state.base !== before.base) && look());
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [activeId]);
  return said;
}
