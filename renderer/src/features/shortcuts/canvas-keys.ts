/** Keys that the drawing itself reads: they belong to no command. `keys` are chords; `words` stand where a chord cannot say it. */
export interface CanvasKey { readonly label: string; readonly keys: readonly string[]; readonly words?: string }

/** What keys and hands do on the canvas, beside the commands. */
export const CANVAS_KEYS: readonly CanvasKey[] = [
  { label: 'Draw: type a path', keys: [], words: 'any letter or digit' },
  { label: 'Walk to neighbour', keys: [], words: 'arrows' },
  { label: 'Extend selection', keys: [], words: 'Shift and arrows' },
  { label: 'Next outgoing, incoming connection', keys: ['Mod+ArrowRight', 'Mod+ArrowLeft'] },
  { label: 'Into, out of boundary', keys: ['Mod+ArrowDown', 'Mod+ArrowUp'] },
  { label: 'Let go, step by step', keys: ['Escape'] },
  { label: 'Pan', keys: [], words: 'wheel, Space and drag' },
];
