import type { KeyboardEvent, MouseEvent } from 'react';
import { create } from 'zustand';
import { activeDocument } from '../../document/workspace.ts';
import { useSession } from '../../document/session.ts';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { selectOnly } from '../interaction/selection.ts';
import { parseFlowId } from '../projection/flow-types.ts';
import { standingOn } from '../walk/go.ts';

/** Where the canvas's context menu is open, in client coordinates; null while it is closed. */
export const useMenuPlace = create<{ readonly at: { readonly x: number; readonly y: number } | null }>()(() => ({ at: null }));

/** The system asks for a menu after the same key once more: that wish has been answered. */
let byKey = false;

function openAt(x: number, y: number): void {
  useCanvasUi.getState().set({ caption: null });
  useMenuPlace.setState({ at: { x, y } });
}

/** The element of the thing that keys stand on, else of the first selected one. */
function elementOf(canvas: Element): Element | null {
  const id = canvas.getAttribute('aria-activedescendant');
  return (id === null ? null : document.getElementById(id)) ?? canvas.querySelector('[data-selected]');
}

/** Shift+F10 and the menu key open the menu at what keys stand on. */
export function openMenuAtFocus(event: KeyboardEvent): boolean {
  byKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
  if (!byKey) return false;
  const design = activeDocument()?.design;
  const at = design ? standingOn(design) : null;
  if (at && !useSession.getState().selection[at.kind].includes(at.id)) selectOnly(at);
  const canvas = event.currentTarget.getBoundingClientRect();
  const box = (elementOf(event.currentTarget) ?? event.currentTarget).getBoundingClientRect();
  const inside = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
  openAt(inside(box.left + Math.min(box.width / 2, 24), canvas.left, canvas.right - 8), inside(box.top + Math.min(box.height, 48), canvas.top, canvas.bottom - 8));
  return true;
}

/** The thing under the pointer, or null on the paper. */
function thingAt(target: Element): Thing | null {
  const node = target.closest('.react-flow__node')?.getAttribute('data-id');
  const edge = target.closest('.react-flow__edge')?.getAttribute('data-id');
  return node != null ? parseFlowId(node) : edge != null ? { kind: 'edge', id: edge } : null;
}

/** A press with the other button: the menu of what lies there. What is not selected is selected first; paper lets go. */
export function openMenuAtPointer(event: MouseEvent): void {
  const target = event.target as Element;
  if (target.closest('input, textarea') !== null) return;
  event.preventDefault();
  const answered = byKey && event.button !== 2;
  byKey = false;
  if (answered) return;
  const thing = thingAt(target);
  const { selection, select } = useSession.getState();
  if (thing === null) select({});
  else if (selection[thing.kind].includes(thing.id)) useCanvasUi.getState().set({ focused: thing });
  else selectOnly(thing);
  openAt(event.clientX, event.clientY);
}
