import { useEffect, useState } from 'react';
import type { BreakPoint } from '../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../shared/model/design.ts';
import { useDesign } from '../document/workspace.ts';
import { sameMeaning } from './counterfactual.ts';
import { localDay } from './local-day.ts';
import { usePreview } from './preview-store.ts';
import { createWhatIfClient, type BreakFix, type WhatIfClient } from './what-if.ts';

/** Milliseconds that the drawing rests before its breaks are asked about. */
const REST_MS = 400;

/** The next fix of each break by component: null where no fix moves it, absent while it is not worked out. */
export type NextFixes = ReadonlyMap<string, BreakFix | null>;

const NONE: NextFixes = new Map();

/** Ask about one break after the other, in their order; `told` hears what is known after each. Returns the way to stop. */
export function askInTurn(client: Pick<WhatIfClient, 'nextFix' | 'cancel'>, design: Design, breaks: readonly BreakPoint[], told: (fixes: NextFixes) => void): () => void {
  let fixes = NONE;
  let stopped = false;
  const ask = (index: number): void => {
    const point = breaks[index];
    if (!point || stopped) return;
    const { node, multiple } = point;
    client.nextFix({ design, multiple, today: localDay() }, { node, multiple }, (result) => {
      if (stopped) return;
      fixes = new Map([...fixes, [node, result.ok ? result.value : null]]);
      told(fixes);
      ask(index + 1);
    });
  };
  ask(0);
  return () => {
    stopped = true;
    client.cancel();
  };
}

/** The drawing that the numbers are of; the same object until it means something else. */
function useMeant(): Design {
  const drawn = useDesign((design) => design);
  const previewed = usePreview(({ pinned, shown }) => (pinned && shown?.of === drawn ? shown.design : null));
  const shown = previewed ?? drawn;
  const [meant, setMeant] = useState(shown);
  if (meant === shown || sameMeaning(meant, shown)) return meant;
  setMeant(shown);
  return shown;
}

/** Where the next fix moves each of these breaks. Computed while somebody looks, by a worker of its own. */
export function useNextFixes(breaks: readonly BreakPoint[]): NextFixes {
  const design = useMeant();
  const [client] = useState(() => createWhatIfClient());
  const [known, setKnown] = useState<{ readonly of: Design; readonly fixes: NextFixes }>({ of: design, fixes: NONE });
  useEffect(() => {
    if (breaks.length === 0) return undefined;
    let stop = (): void => undefined;
    const timer = setTimeout(() => (stop = askInTurn(client, design, breaks, (fixes) => setKnown({ of: design, fixes }))), REST_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, design, breaks]);
  useEffect(() => () => client.dispose(), [client]);
  return known.of === design ? known.fixes : NONE;
}
