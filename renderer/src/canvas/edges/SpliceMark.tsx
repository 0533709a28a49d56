import type { ReactElement } from 'react';
import { useDesign } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { OnPaper } from '../OnPaper.tsx';
import styles from './EdgeHands.module.css';

/** Where the component in the hand would cut a connection, and between what it would stand. */
export function SpliceMark(): ReactElement | null {
  const cut = useCanvasUi((state) => state.splice);
  const design = useDesign((current) => current);
  const edge = cut && design.edges[cut.edge];
  if (!edge) return null;
  const name = (id: string): string => design.nodes[id]?.name ?? design.boundaries[id]?.name ?? 'nothing';
  return (
    <OnPaper>
      <div className={styles.cut} style={{ transform: `translate(${cut.x}px, ${cut.y}px)` }} data-cut={cut.edge}>
        <span className={styles.between}>{`Between ${name(edge.from)} and ${name(edge.to)}`}</span>
      </div>
    </OnPaper>
  );
}
