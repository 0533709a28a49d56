import { useSession } from '../session.ts';
import { defineCommand } from './command.ts';
import { needsDocument } from './conditions.ts';

const FIELD = 'input, textarea, [role="combobox"], [role="switch"], [role="radio"][tabindex="0"]';

/** Frames to wait for the panel to show what is selected. */
const PATIENCE = 20;

function focusFirstField(left: number): void {
  const panel = document.querySelector('[data-region="right"] [data-panel="inspector"]');
  const field = [...(panel?.querySelectorAll<HTMLElement>(FIELD) ?? [])].find((element) => element.getClientRects().length > 0);
  if (field) field.focus();
  else if (left > 0) requestAnimationFrame(() => focusFirstField(left - 1));
}

/** Open the inspector of what is selected with its first field in hand. */
export const showProperties = defineCommand({
  id: 'edit.properties',
  label: 'Show properties',
  menu: 'edit',
  shortcuts: ['Alt+Enter'],
  synonyms: ['inspector', 'parameters'],
  enabled: needsDocument,
  perform: () => {
    useSession.getState().set({ rightOpen: true, rightTab: 'inspector' });
    requestAnimationFrame(() => focusFirstField(PATIENCE));
  },
});
