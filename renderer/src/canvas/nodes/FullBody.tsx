import { memo, useLayoutEffect, useRef, type ReactElement } from 'react';
import { Glyph } from '../../ui/Glyph.tsx';
import { isThing, useCanvasUi } from '../canvas-ui.ts';
import { NO_TEXT } from '../../../../shared/drawing/node-figures.ts';
import { DEFAULT_KNEE, type HeatStep } from '../../../../shared/drawing/heat.ts';
import { useKeyed } from '../keyed-store.ts';
import { useCanvasModel } from '../model/canvas-model.ts';
import type { ComponentData } from '../projection/flow-types.ts';
import { NodeName } from './NodeName.tsx';
import { RenameField } from './RenameField.tsx';
import styles from './ComponentNode.module.css';

/** What all three levels of detail are given. */
export interface BodyProps {
  readonly id: string;
  readonly data: ComponentData;
  readonly step: HeatStep | 0;
  /** Whiteboard: no load anywhere. */
  readonly plain: boolean;
}

/** The two figures in their fixed slots. Renders alone when the text changes. */
const Figures = memo(function Figures({ id, step, load }: { readonly id: string; readonly step: HeatStep | 0; readonly load: boolean }): ReactElement {
  const text = useKeyed(useCanvasModel().feed.texts, id) ?? NO_TEXT;
  return (
    <div className={styles.figures} aria-hidden>
      <span className={step === 7 ? styles.word : styles.metric}>{text.metric}</span>
      {load && <span className={styles.figure}>{text.figure}</span>}
    </div>
  );
});

/** The bar: its length follows the load without rendering, its colour changes with the heat step. */
function LoadBar({ id, width, knee }: { readonly id: string; readonly width: number; readonly knee: number }): ReactElement {
  const { bars } = useCanvasModel().feed;
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const write = (): void => {
      const share = bars.get(id);
      bar.current?.style.setProperty('--load', String(share ?? 0));
      bar.current?.toggleAttribute('data-empty', share === undefined);
    };
    write();
    return bars.subscribe(id, write);
  }, [bars, id]);
  const track = width - 24;
  return (
    <div ref={bar} className={styles.bar} style={{ '--track': `${track}px` } as React.CSSProperties}>
      <div className={styles.track} />
      <div className={styles.fill} />
      <div className={styles.needle} />
      <div className={styles.knee} style={{ left: Math.round(track * knee) }} />
    </div>
  );
}

/** A component from zoom 0.85 up: glyph, name, two figures, bar. */
export function FullBody({ id, data, step, plain, knee }: BodyProps & { readonly knee?: number | undefined }): ReactElement {
  const editing = useCanvasUi((state) => isThing(state.editing, 'node', id));
  const { facts } = data;
  const second = facts.silhouette === 'unknown' || plain;
  const load = facts.silhouette !== 'client';
  return (
    <>
      <Glyph path={facts.glyph} size={20} className={styles.glyph} />
      {editing ? <RenameField kind="node" id={id} value={data.node.name} className={styles.rename} /> : <span className={styles.name} aria-hidden>{data.shown}</span>}
      <NodeName id={id} data={data} />
      {second ? <div className={styles.type} aria-hidden>{facts.title}</div> : <Figures id={id} step={step} load={load} />}
      {!second && load && <LoadBar id={id} width={data.width} knee={knee ?? DEFAULT_KNEE} />}
    </>
  );
}
