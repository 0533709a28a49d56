import type { ArrowKeys, WheelUse } from '../../document/session.ts';
import { isMac } from '../../ui/chord.ts';

/** Keys that the drawing itself reads: they belong to no command. `keys` are chords; `words` stand where a chord cannot say it. */
export interface CanvasKey { readonly label: string; readonly keys: readonly string[]; readonly words?: string }

/** What keys and hands do on the canvas, beside the commands, as the settings have it. */
export function canvasKeys({ arrowKeys, wheel }: { readonly arrowKeys: ArrowKeys; readonly wheel: WheelUse }): readonly CanvasKey[] {
  return [
    { label: 'Draw: type a path', keys: [], words: 'any letter or digit' },
    { label: 'Walk to neighbour', keys: [], words: arrowKeys === 'walk' ? 'arrows' : 'Alt and arrows' },
    { label: 'Extend selection', keys: [], words: 'Shift and arrows' },
    { label: 'Next outgoing, incoming connection', keys: ['Mod+ArrowRight', 'Mod+ArrowLeft'] },
    { label: 'Into, out of boundary', keys: ['Mod+ArrowDown', 'Mod+ArrowUp'] },
    { label: 'Let go, step by step', keys: ['Escape'] },
    { label: 'Pan', keys: [], words: wheel === 'pan' ? 'wheel, Space and drag' : 'Space and drag' },
    { label: 'Zoom', keys: [], words: wheel === 'pan' ? `${isMac() ? 'Cmd' : 'Ctrl'} and wheel` : 'wheel' },
  ];
}
