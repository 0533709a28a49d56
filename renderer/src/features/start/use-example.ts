import { useEffect, useMemo, useRef, useState } from 'react';
import type { Evaluation, Sweep } from '../../../../shared/contracts/evaluation.ts';
import { formatMultiple, formatUtilisation } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { createEvaluationClient, type EngineWorker, type EvaluationClient } from '../../evaluation/client.ts';
import { localDay } from '../../evaluation/local-day.ts';
import { MIN_MULTIPLE } from '../../evaluation/load-scale.ts';
import { spawnWorker } from '../../workers/spawn.ts';

/** Milliseconds after which the figures are asked for although the page is still busy. */
const PATIENCE_MS = 1000;

interface Answers { readonly evaluation: Evaluation | null; readonly sweep: Sweep | null }

/** A drawing that is shown and not open: its figures at a load that can be moved. */
export interface Example extends Answers {
  readonly multiple: number;
  readonly load: (multiple: number) => void;
}

/** Evaluates a drawing with a worker of its own, once the page is at rest; the worker ends with the component. */
export function useExample(design: Design): Example {
  const client = useRef<EvaluationClient | null>(null);
  const [answers, setAnswers] = useState<Answers>({ evaluation: null, sweep: null });
  const [multiple, setMultiple] = useState(MIN_MULTIPLE);
  useEffect(() => {
    const created = createEvaluationClient({
      spawn: () => spawnWorker('engine') as unknown as EngineWorker,
      publish: ({ current, sweep }) => setAnswers((before) => ({ evaluation: current ?? before.evaluation, sweep: sweep ?? before.sweep })),
      today: () => localDay(),
    });
    client.current = created;
    const waiting = requestIdleCallback(() => created.show({ document: 'example', semanticRevision: 0, design }), { timeout: PATIENCE_MS });
    return () => {
      cancelIdleCallback(waiting);
      created.dispose();
      client.current = null;
    };
  }, [design]);
  return useMemo(
    () => ({
      ...answers,
      multiple,
      load: (next: number) => {
        setMultiple(next);
        client.current?.setMultiple(next);
      },
    }),
    [answers, multiple],
  );
}

/** Which part goes first: the busiest one, until one is saturated; then the one that was saturated first, and when. */
export function firstToGo(design: Design, evaluation: Evaluation, sweep: Pick<Sweep, 'breaks'> | null): string {
  const name = (id: string): string => design.nodes[id]?.name ?? id;
  const first = [...(sweep?.breaks ?? [])].sort((a, b) => a.multiple - b.multiple)[0];
  if (first && first.multiple <= evaluation.multiple) return `${name(first.node)} went first, at ${formatMultiple(first.multiple)}`;
  const busiest = Object.values(evaluation.nodes).reduce<(typeof evaluation.nodes)[string] | null>((most, node) => ((node.utilisation ?? -1) > (most?.utilisation ?? -1) ? node : most), null);
  return busiest === null || busiest.utilisation === null ? 'Nothing is loaded' : `${name(busiest.id)} is busiest, ${formatUtilisation(busiest.utilisation)}`;
}
