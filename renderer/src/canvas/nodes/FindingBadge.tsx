import type { ReactElement } from 'react';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { useKeyed } from '../keyed-store.ts';
import type { LevelOfDetail } from '../level-of-detail.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import styles from './ComponentNode.module.css';

/** Size of the mark alone, canvas units, where there is no room for a number. */
const BARE_SIZE = { compact: 20, overview: 28 } as const;

/** Findings on a component, top left: the worst shape and their number; farther away the shape alone. */
export function FindingBadge({ id, lod }: { readonly id: string; readonly lod: LevelOfDetail }): ReactElement | null {
  const mark = useKeyed(useCanvasModel().feed.findings, id);
  if (!mark) return null;
  if (lod !== 'full') return <span className={styles.bareBadge}><SeverityMark severity={mark.worst} size={BARE_SIZE[lod]} /></span>;
  return (
    <span className={styles.badge} data-severity={mark.worst} aria-hidden>
      <SeverityMark severity={mark.worst} size={14} />
      {mark.count > 99 ? '99+' : mark.count}
    </span>
  );
}
