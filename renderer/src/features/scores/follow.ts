import type { Explanation } from '../../../../shared/contracts/evaluation.ts';
import { useSession } from '../../document/session.ts';

type Target = NonNullable<Explanation['target']>;

/** Frames to wait for the inspector to show what was selected. */
const PATIENCE = 20;
const FIELD = 'input, textarea, select, button, [role="combobox"], [tabindex="0"]';

function fieldOf(names: readonly string[]): HTMLElement | null {
  const labels = document.querySelectorAll<HTMLElement>('[data-region="right"] [aria-label="Inspector"] label');
  const found = [...labels].find((element) => names.includes(element.textContent ?? ''));
  return found?.parentElement?.querySelector<HTMLElement>(FIELD) ?? null;
}

function focusField(names: readonly string[], left = PATIENCE): void {
  const field = fieldOf(names);
  if (field) {
    field.focus();
    field.scrollIntoView({ block: 'center' });
  } else if (left > 0) requestAnimationFrame(() => focusField(names, left - 1));
}

/** What the field may be called: a choice carries its option after a colon, a mover the name of its component before one. */
function fieldNames(label: string): readonly string[] {
  return [label, ...label.split(': ')];
}

function selectTarget(target: Target): boolean {
  const { select, set } = useSession.getState();
  const { kind, id } = target;
  if ((kind === 'node' || kind === 'edge') && id !== undefined) {
    select({ [kind]: [id] });
    return true;
  }
  if (kind === 'journey' && id !== undefined) {
    set({ selectedJourney: id, bottomOpen: true, bottomTab: 'journeys' });
    return false;
  }
  select({});
  return kind === 'workload' || kind === 'targets' || kind === 'settings';
}

/** Go to what a line is about: select the component or connection, and stand in the field that holds the value. */
export function followTarget(target: Target, label: string): void {
  const editable = selectTarget(target);
  if (!editable || target.param === undefined) return;
  useSession.getState().set({ rightOpen: true, rightTab: 'inspector' });
  focusField(fieldNames(label));
}

/** Where targets are typed: the whole design's settings. */
export function showTargets(): void {
  useSession.getState().select({});
  useSession.getState().set({ rightOpen: true, rightTab: 'inspector' });
  focusField(['Budget']);
}
