import type { ReactElement } from 'react';
import { DOTS_WIDTH, multiplicityText, TAB_INSIDE, tabWidth } from '../../../../shared/drawing/component-facts.ts';
import styles from './ComponentNode.module.css';

interface NodeTabProps { readonly units: number; readonly zones: number | null; readonly plates: number }

/** The tab on the outermost plate: multiplicity and zones used of three. */
export function NodeTab({ units, zones, plates }: NodeTabProps): ReactElement | null {
  const width = tabWidth(units, zones);
  if (width === 0) return null;
  return (
    <div className={styles.tab} style={{ width, right: 10 - plates, top: -17 - plates }} aria-hidden>
      {units > 1 && <span>{multiplicityText(units)}</span>}
      {zones !== null && (
        <svg width={DOTS_WIDTH} height="6" viewBox={`0 0 ${DOTS_WIDTH} 6`}>
          {[0, 1, 2].map((zone) => (
            <circle key={zone} cx={TAB_INSIDE.dot / 2 + zone * TAB_INSIDE.pitch} cy="3" r="2.25" fill={zone < zones ? 'var(--ink-2)' : 'none'} stroke="var(--ink-2)" strokeWidth="1" />
          ))}
        </svg>
      )}
    </div>
  );
}
