import { formatMultiple, formatRate } from '../../../../shared/lib/format.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { parseMultiple, parseRate } from '../../evaluation/load-entry.ts';
import { hasWorkload } from '../../evaluation/load-scale.ts';
import { setWorkload } from '../edits/set.ts';
import { useSession } from '../session.ts';
import { activeDocument, useWorkspace } from '../workspace.ts';

/** A line that is a load and no path: "10x", "2.5x", "10k rps". */
const LOAD = /^\s*\d[\d.,]*\s*(?:[kmg]|[kmg]?\s*(?:x|\u00d7|times|rps|req\/s|r\/s|\/s))\s*$/i;

/** What Enter does with a load, or why not. */
export interface LoadLine { readonly words: string; readonly apply: (() => void) | null }

const refuse = (words: string): LoadLine => ({ words, apply: null });

/** Read a line as a load; null when it is a path. The first rate of a drawing is its peak rate, later ones set the dial. */
export function loadLine(text: string): LoadLine | null {
  if (!LOAD.test(text)) return null;
  const design = activeDocument()?.design;
  if (!design) return refuse('No drawing is open.');
  if (!hasWorkload(design)) {
    const rate = parseRate(text);
    if (!rate.ok) return refuse('No load yet. Type a rate first, such as 2k rps.');
    return { words: `Sets the peak rate to ${formatRate(rate.value)}`, apply: () => void useWorkspace.getState().commit('Set peak rate', (draft) => setWorkload(draft, 'peak_rps', rate.value)) };
  }
  if (useSession.getState().mode === 'whiteboard') return refuse('The whiteboard shows no numbers. Switch to Evaluate.');
  const { base, set } = useEvaluation.getState();
  const multiple = parseMultiple(text, base?.total_rps ?? 0);
  return multiple.ok ? { words: `Sets the load to ${formatMultiple(multiple.value)}`, apply: () => set({ multiple: multiple.value }) } : refuse(multiple.error);
}
