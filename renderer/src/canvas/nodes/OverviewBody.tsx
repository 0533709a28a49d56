import type { ReactElement } from 'react';
import { Glyph } from '../../ui/Glyph.tsx';
import type { BodyProps } from './FullBody.tsx';
import { NodeName } from './NodeName.tsx';
import { OnPaper } from '../OnPaper.tsx';
import styles from './ComponentNode.module.css';

/** A component below zoom 0.45: heat and glyph; a name only where someone looks for one. */
export function OverviewBody({ id, data, label }: BodyProps & { readonly label: { readonly x: number; readonly y: number } | null }): ReactElement {
  return (
    <>
      <Glyph path={data.facts.glyph} size={40} className={styles.overviewGlyph} />
      {label && (
        <OnPaper>
          <span className={styles.screenLabel} style={{ left: label.x, top: label.y }} aria-hidden>{data.node.name}</span>
        </OnPaper>
      )}
      <NodeName id={id} data={data} />
    </>
  );
}
