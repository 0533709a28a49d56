import { memo, type ReactElement } from 'react';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import type { BodyProps } from './FullBody.tsx';
import { NodeName } from './NodeName.tsx';
import styles from './ComponentNode.module.css';

const CompactFigure = memo(function CompactFigure({ id }: { readonly id: string }): ReactElement {
  const text = useKeyed(useCanvasModel().feed.texts, id);
  return <span className={styles.compactFigure}>{text?.figure ?? ''}</span>;
});

/** A component from zoom 0.45 to 0.85: heat band and name; from step 6 up the figure takes the second line. */
export function CompactBody({ id, data, step }: BodyProps): ReactElement {
  return (
    <>
      {step > 0 && <div className={styles.band} />}
      <div className={styles.compact} aria-hidden>
        <span className={styles.compactName} data-lines={step >= 6 ? 1 : 2}>{data.node.name}</span>
        {step >= 6 && <CompactFigure id={id} />}
      </div>
      <NodeName id={id} data={data} />
    </>
  );
}
