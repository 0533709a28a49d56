import type { ReactElement } from 'react';
import type { LineKind } from '../figures/edge-figures.ts';
import type { HeadPlace } from '../routing/path.ts';
import styles from './ConnectionEdge.module.css';

interface EdgeHeadProps {
  readonly place: HeadPlace;
  readonly line: LineKind;
  /** Canvas units. */
  readonly length: number;
  readonly width: number;
}

/** The head of a connection: a filled triangle waits for an answer, an open chevron does not, a disc copies. */
export function EdgeHead({ place, line, length, width }: EdgeHeadProps): ReactElement {
  const transform = `translate(${place.x} ${place.y}) rotate(${place.angle})`;
  const half = length * 0.46;
  if (line === 'async') return <path className={styles.chevron} transform={transform} d={`M${-length} ${-half - 1}L${-width * 0.4} 0L${-length} ${half + 1}`} strokeWidth={Math.max(1.5, Math.min(2.5, width * 0.7))} />;
  if (line === 'replicate') return <circle className={styles.disc} transform={transform} cx={-4} r={4} />;
  return <path className={styles.head} transform={transform} d={`M${-length} ${-half}L0 0L${-length} ${half}z`} />;
}
