/** Give the drawing itself the focus, whatever had it last on the canvas. False where no drawing is shown. */
export function focusCanvas(): boolean {
  const canvas = document.querySelector<HTMLElement>('[data-region="canvas"] [role="application"]');
  canvas?.focus({ preventScroll: true });
  return canvas !== null;
}
