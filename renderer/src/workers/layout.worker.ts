import { arrangeDrawing } from '../../../shared/interchange/layout/arrange.ts';
import { createElkLayouter } from '../../../shared/interchange/layout/elk-layouter.ts';
import { err, ok } from '../../../shared/lib/result.ts';
import { loadElk } from '../layout/load-elk.ts';
import type { LayoutMessage, LayoutOrder } from './layout-calls.ts';

/** Up to this many parts are laid out in layers: more than at an import, since who waits here can stop it. */
const LAYERED = 1000;

/** The part of a dedicated worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<LayoutOrder>) => void) | null;
  postMessage(message: LayoutMessage): void;
}

const scope = globalThis as unknown as WorkerScope;

async function answer({ id, drawing, chosen }: LayoutOrder): Promise<void> {
  try {
    const layouter = createElkLayouter(await loadElk(), { layered: LAYERED });
    scope.postMessage({ type: 'done', id, result: ok(await arrangeDrawing(drawing, chosen, layouter)) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scope.postMessage({ type: 'done', id, result: err({ level: 'error', code: 'failed', message: `The layout failed (${reason}). Nothing was moved.` }) });
  }
}

await loadElk().catch(() => undefined);
scope.onmessage = ({ data }) => void answer(data);
scope.postMessage({ type: 'ready' });
