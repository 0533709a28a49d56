import type { ReactElement } from 'react';
import { chevronPath, chevronWidth, DISC_RADIUS, trianglePath, type LineKind } from '../../../../shared/drawing/edge-figures.ts';
import type { HeadPlace } from '../../../../shared/drawing/routing/path.ts';
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
  if (line === 'async') return <path className={styles.chevron} transform={transform} d={chevronPath(length, width)} strokeWidth={chevronWidth(width)} />;
  if (line === 'replicate') return <circle className={styles.disc} transform={transform} cx={-DISC_RADIUS} r={DISC_RADIUS} />;
  return <path className={styles.head} transform={transform} d={trianglePath(length)} />;
}
