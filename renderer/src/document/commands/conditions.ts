import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { openFindings } from '../../../../shared/contracts/open-findings.ts';
import { useSession } from '../session.ts';
import { activeDocument } from '../workspace.ts';

/** What `enabled` of a command returns: true, or the reason why not. */
export type Availability = true | string;

/** A document is in front. */
export function needsDocument(): Availability {
  return activeDocument() === undefined ? 'No drawing is open.' : true;
}

/** A document is in front and can be changed. */
export function needsEditable(): Availability {
  const doc = activeDocument();
  if (doc === undefined) return 'No drawing is open.';
  return doc.readOnly ?? true;
}

/** Something is selected in a document that can be changed. */
export function needsSelection(): Availability {
  const editable = needsEditable();
  if (editable !== true) return editable;
  return selectionSize() === 0 ? 'Nothing is selected.' : true;
}

/** A document with at least one component or note. */
export function needsDrawing(): Availability {
  const doc = activeDocument();
  if (doc === undefined) return 'No drawing is open.';
  const { nodes, notes, boundaries } = doc.design;
  return Object.keys(nodes).length + Object.keys(notes).length + Object.keys(boundaries).length > 0 ? true : 'Nothing is drawn yet.';
}

/** Numbers are shown: a document in Evaluate. */
export function needsEvaluate(): Availability {
  const document = needsDocument();
  if (document !== true) return document;
  return useSession.getState().mode === 'whiteboard' ? 'The whiteboard shows no numbers. Switch to Evaluate.' : true;
}

/** A drawing that carries load. */
export function needsLoad(): Availability {
  const evaluate = needsEvaluate();
  if (evaluate !== true) return evaluate;
  const { base, current } = useEvaluation.getState();
  return ((current ?? base)?.total_rps ?? 0) > 0 ? true : 'Set a peak rate to load this drawing.';
}

/** A finding that is listed. */
export function needsFinding(): Availability {
  const load = needsLoad();
  if (load !== true) return load;
  return openFindings((useEvaluation.getState().current ?? useEvaluation.getState().base)?.findings ?? []).length > 0 ? true : 'There are no findings.';
}

/** How many things are selected. */
export function selectionSize(): number {
  return Object.values(useSession.getState().selection).reduce((sum, ids) => sum + ids.length, 0);
}
