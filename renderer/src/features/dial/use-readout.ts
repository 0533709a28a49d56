import { useEffect, useState } from 'react';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { READABLE_MS } from '../../evaluation/readable.ts';

/** The multiple to write: the dial's own at rest, at most fifteen values a second during a drag. `dragging` must keep its identity. */
export function useReadout(dragging: () => boolean): number {
  const [shown, setShown] = useState(() => useEvaluation.getState().multiple);
  useEffect(() => {
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      clearTimeout(timer);
      timer = undefined;
      last = performance.now();
      setShown(useEvaluation.getState().multiple);
    };
    const stop = useEvaluation.subscribe((state, before) => {
      if (state.multiple === before.multiple) return;
      const wait = dragging() ? READABLE_MS - (performance.now() - last) : 0;
      if (wait <= 0) show();
      else timer ??= setTimeout(show, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [dragging]);
  return shown;
}
