/** A part of the paper, canvas units. */
export interface PaperRect { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** What the canvas knows about the view and commands need: asked at the moment of use, never stored. */
export interface PaperView {
  /** What can be seen now. */
  seen(): PaperRect;
  /** Where the pointer is on the paper; null while it is elsewhere. */
  pointer(): { readonly x: number; readonly y: number } | null;
  /** Screen px per canvas unit. */
  zoom(): number;
}

let shown: PaperView | null = null;

/** The canvas tells how it is looked at, while it is shown. Returns how to stop. */
export function providePaperView(view: PaperView): () => void {
  shown = view;
  return () => {
    if (shown === view) shown = null;
  };
}

/** The view of the drawing in front, or null while none is shown. */
export function paperView(): PaperView | null {
  return shown;
}
