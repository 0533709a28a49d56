import { memo, useMemo, type ReactElement } from 'react';
import { teamBracket, type TeamFrame } from '../../../../shared/drawing/team-frames.ts';
import { useDesign } from '../../document/workspace.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { OnPaper } from '../OnPaper.tsx';
import { framesOf } from './frames-of.ts';
import styles from './TeamFrames.module.css';

function Frame({ frame: { team, rect }, named }: { readonly frame: TeamFrame; readonly named: boolean }): ReactElement {
  const [w, h] = [rect.right - rect.left, rect.bottom - rect.top];
  return (
    <div className={styles.frame} style={{ transform: `translate(${rect.left}px, ${rect.top}px)`, width: w, height: h }} data-team={team} aria-hidden>
      <svg className={styles.lines} width={w} height={h}>
        <rect x={0.5} y={0.5} width={w - 1} height={h - 1} rx={5.5} strokeDasharray="2 4" />
        <path d={teamBracket(h)} />
      </svg>
      {named && <span className={styles.name}>{team}</span>}
    </div>
  );
}

/** Which components belong to a team, as frames around those that stand together (ui 3.3). They follow when the hand lets go. */
export const TeamFrames = memo(function TeamFrames(): ReactElement | null {
  const design = useDesign((current) => current);
  const named = useCanvasUi((state) => state.lod !== 'overview');
  const frames = useMemo(() => framesOf(design), [design]);
  if (frames.length === 0) return null;
  return (
    <OnPaper>
      {frames.map((frame) => <Frame key={`${frame.team} ${frame.nodes[0]}`} frame={frame} named={named} />)}
    </OnPaper>
  );
});
