import { useEffect } from 'react';
import { activeDocument, useWorkspace } from '../document/workspace.ts';
import { spawnWorker } from '../workers/spawn.ts';
import { createEvaluationClient, type EngineWorker, type EvaluationClient } from './client.ts';
import { useEvaluation } from './evaluation-store.ts';

let running: EvaluationClient | null = null;

function connect(): () => void {
  const client = createEvaluationClient({
    spawn: () => spawnWorker('engine') as unknown as EngineWorker,
    publish: (change) => useEvaluation.getState().set(change),
  });
  running = client;
  const show = (): void => {
    const doc = activeDocument();
    client.show(doc ? { document: doc.id, semanticRevision: doc.semanticRevision, design: doc.design } : null);
  };
  client.setMultiple(useEvaluation.getState().multiple);
  show();
  const stopDocument = useWorkspace.subscribe(show);
  const stopDial = useEvaluation.subscribe((state, before) => {
    if (state.multiple !== before.multiple) client.setMultiple(state.multiple);
  });
  return () => {
    stopDocument();
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
