import { useSession } from '../document/session.ts';
import { useInspectorView } from './view-state.ts';

/** What a link is about: a part of the drawing or of the design's settings, and one of its parameters. */
export interface RevealTarget {
  readonly kind: 'node' | 'edge' | 'note' | 'journey' | 'entity' | 'workload' | 'targets' | 'settings';
  readonly id?: string;
  /** Key of the parameter; a member of a group as "autoscale.max". */
  readonly param?: string;
}

/** Frames to wait for the panel to show what was selected. */
const PATIENCE = 20;
const FIELDS = ['input, textarea', '[role="combobox"]', '[role="radio"][tabindex="0"]', 'button[aria-pressed]', 'button'] as const;

function fieldOf(region: string, param: string): HTMLElement | null {
  const [group = ''] = param.split('.');
  for (const key of [param, group]) {
    const row = document.querySelector<HTMLElement>(`[data-region="${region}"] [data-param="${CSS.escape(key)}"]`);
    for (const selector of row ? FIELDS : []) {
      const field = row?.querySelector<HTMLElement>(selector);
      if (field) return field;
    }
  }
  return null;
}

function focusField(region: string, param: string, left = PATIENCE): void {
  requestAnimationFrame(() => {
    const field = fieldOf(region, param);
    if (!field) {
      if (left > 0) focusField(region, param, left - 1);
      else useInspectorView.getState().want(null);
      return;
    }
    field.focus();
    field.scrollIntoView({ block: 'center' });
  });
}

/** Select what a link is about. Returns the region in which its fields stand, or null where it has none. */
function selectTarget({ kind, id }: RevealTarget): 'right' | 'bottom' | null {
  const { select, set } = useSession.getState();
  if ((kind === 'node' || kind === 'edge' || kind === 'note') && id !== undefined) {
    select({ [kind]: [id] });
    return 'right';
  }
  if (kind === 'journey' && id !== undefined) {
    set({ selectedJourney: id, bottomOpen: true, bottomTab: 'journeys' });
    return 'bottom';
  }
  if (kind === 'entity') {
    set({ bottomOpen: true, bottomTab: 'journeys' });
    return null;
  }
  select({});
  return 'right';
}

/** Go to what a link is about: select it and, where it names a parameter, open its heading and stand in its field. */
export function revealParam(target: RevealTarget): void {
  const region = selectTarget(target);
  if (region === null || target.param === undefined) return;
  if (region === 'right') {
    useSession.getState().set({ rightOpen: true, rightTab: 'inspector' });
    if (target.kind !== 'note') useInspectorView.getState().want(target.param);
  }
  focusField(region, target.param);
}
