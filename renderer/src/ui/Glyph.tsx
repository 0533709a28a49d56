import type { ReactElement } from 'react';
import { designPx } from './interface-size.ts';

interface GlyphProps {
  /** SVG path data on a 20 x 20 grid. */
  readonly path: string;
  readonly size?: number;
  readonly className?: string;
}

/** A line drawing in the text's colour; decorative, so it has no accessible name of its own. */
export function Glyph({ path, size = 20, className }: GlyphProps): ReactElement {
  return (
    <svg style={{ width: designPx(size), height: designPx(size) }} viewBox="0 0 20 20" className={className} aria-hidden="true" focusable="false">
      <path d={path} fill="none" stroke="currentColor" strokeWidth={30 / size} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}
