import type { KeyPlace } from './keymap.ts';

const TEXT_INPUTS: ReadonlySet<string> = new Set(['text', 'search', 'email', 'url', 'tel', 'password', 'number']);

function isTextField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return TEXT_INPUTS.has(element.type);
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable);
}

/**
 * Where a key event falls. Null inside dialogs, menus and lists: they have keys of their own and no command acts
 * beneath them. The canvas counts as focused also while nothing has the focus.
 */
export function placeOf(target: EventTarget | null): KeyPlace | null {
  if (!(target instanceof Element)) return { canvas: true, field: false };
  if (document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"]') !== null) return null;
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null) return null;
  const field = isTextField(target);
  const nothing = target === document.body || target === document.documentElement;
  return { canvas: !field && (nothing || target.closest('[role="application"]') !== null), field };
}
