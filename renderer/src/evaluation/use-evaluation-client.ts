import { useEffect } from 'react';
import { activeDocument, useWorkspace } from '../document/workspace.ts';
import { createEvaluationClient, type EvaluationClient } from './client.ts';
import { spawnEngine } from './engine-workers.ts';
import { useEvaluation } from './evaluation-store.ts';
import { localDay } from './local-day.ts';
import { usePreview } from './preview-store.ts';
import { usePrices } from './prices-store.ts';
import { useWantedExplanations } from './use-explanations.ts';

let running: EvaluationClient | null = null;

function connect(): () => void {
  const client = createEvaluationClient({
    spawn: spawnEngine,
    publish: (change) => useEvaluation.getState().set(change),
    today: () => localDay(),
  });
  running = client;
  const show = (): void => {
    const doc = activeDocument();
    const { shown, pinned } = usePreview.getState();
    // a pinned preview is evaluated in the document's place; below zero no document has a revision
    if (doc && pinned && shown?.of === doc.design) client.show({ document: doc.id, semanticRevision: -shown.id, design: shown.design });
    else client.show(doc ? { document: doc.id, semanticRevision: doc.semanticRevision, design: doc.design } : null);
  };
  client.setMultiple(useEvaluation.getState().multiple);
  client.explain(useWantedExplanations.getState().axes);
  show();
  const stopDocument = useWorkspace.subscribe(show);
  const stopPreview = usePreview.subscribe((state, before) => {
    if (state.pinned !== before.pinned || state.shown?.id !== before.shown?.id) show();
  });
  const stopDial = useEvaluation.subscribe((state, before) => {
    if (state.multiple !== before.multiple) client.setMultiple(state.multiple);
  });
  const stopWishes = useWantedExplanations.subscribe(({ axes }) => client.explain(axes));
  const stopPrices = usePrices.subscribe((state, before) => {
    if (state.prices !== before.prices) client.refresh();
  });
  return () => {
    stopPrices();
    stopWishes();
    stopDocument();
    stopPreview();
    stopDial();
    client.dispose();
    running = null;
  };
}

/** Keep the evaluation store in step with the active document and the dial. Call it once, in the shell. */
export function useEvaluationClient(): void {
  useEffect(connect, []);
}

/** Ask again after an evaluation that failed. */
export function retryEvaluation(): void {
  running?.retry();
}
