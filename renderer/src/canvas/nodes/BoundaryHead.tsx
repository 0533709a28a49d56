import { useStore } from '@xyflow/react';
import type { ReactElement } from 'react';
import { blastFigure, BOUNDARY_GLYPHS } from '../../../../shared/drawing/boundary-figures.ts';
import type { Boundary } from '../../../../shared/model/design.ts';
import { useSession } from '../../document/session.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { useRanges } from '../../evaluation/ranges-store.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { useCanvasUi } from '../canvas-ui.ts';
import { OnPaper } from '../OnPaper.tsx';
import styles from './BoundaryNode.module.css';

/** Width on screen from which a boundary shows its name in the overview, px. */
const NAMED_FROM = 120;

/** Part of the traffic that the boundary takes along when it fails; nothing without a result, and nothing on the whiteboard. */
function Blast({ id }: { readonly id: string }): ReactElement | null {
  const ranges = useRanges((state) => state.result);
  const figure = useEvaluation((state) => blastFigure(state.current ?? state.base, ranges, id));
  const plain = useSession((state) => state.mode === 'whiteboard');
  return figure === null || plain ? null : <span className={styles.blast}>{figure}</span>;
}

interface BoundaryHeadProps {
  readonly boundary: Boundary;
  /** How many boundaries are around it. */
  readonly depth: number;
  /** Its corner and its width, canvas units. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  /** The name is being edited in its own place. */
  readonly editing: boolean;
  readonly dimmed: boolean;
}

/** Glyph, name and figure of a boundary. They lie over the connections that cross the header, each on a piece of its floor. */
export function BoundaryHead({ boundary, depth, x, y, w, editing, dimmed }: BoundaryHeadProps): ReactElement | null {
  const lod = useCanvasUi((state) => state.lod);
  const named = useStore((state) => lod !== 'overview' || w * state.transform[2] > NAMED_FROM);
  if (editing || !named) return null;
  return (
    <OnPaper>
      <div className={styles.head} data-lod={lod} data-depth={depth} data-dimmed={dimmed || undefined} style={{ transform: `translate(${x}px, ${y}px)`, width: w }} aria-hidden>
        <span className={styles.title}>
          {lod === 'full' && <Glyph path={BOUNDARY_GLYPHS[boundary.kind]} size={14} className={styles.glyph} />}
          <span className={styles.name}>{boundary.name}</span>
        </span>
        {lod === 'full' && <Blast id={boundary.id} />}
      </div>
    </OnPaper>
  );
}
