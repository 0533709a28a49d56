import { useMemo, type ReactElement } from 'react';
import type { ChangeKind } from '../../evaluation/preview-changes.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { usePreview, type Preview } from '../../evaluation/preview-store.ts';
import { ghostCaption } from './ghost-captions.ts';
import styles from './Ghost.module.css';

/** The sign of a change, beside its line and colour. */
const SIGNS: Readonly<Record<ChangeKind, string>> = { add: '+', remove: '−', change: 'Δ' };

/** How a preview changes a component; undefined when it does not. */
export function useNodeGhost(id: string): ChangeKind | undefined {
  return usePreview((state) => state.shown?.changes.nodes.get(id));
}

/** How a preview changes a connection. */
export function useEdgeGhost(id: string): ChangeKind | undefined {
  return usePreview((state) => state.shown?.changes.edges.get(id));
}

function Caption({ preview, id, kind }: { readonly preview: Preview; readonly id: string; readonly kind: ChangeKind }): ReactElement {
  const held = usePreview((state) => state.held?.current?.nodes);
  const current = useEvaluation((state) => (held ? null : state.current?.nodes));
  const text = useMemo(() => ghostCaption(preview, held ?? current ?? {}, id, kind), [preview, held, current, id, kind]);
  return <span className={styles.caption}>{text}</span>;
}

/** The mark in a component's lower left corner, and beneath it what would change. */
export function GhostMark({ id, kind, near }: { readonly id: string; readonly kind: ChangeKind; readonly near: boolean }): ReactElement {
  const preview = usePreview((state) => state.shown);
  return (
    <>
      <span className={styles.mark} data-ghost={kind} aria-hidden>{SIGNS[kind]}</span>
      {near && preview && <Caption preview={preview} id={id} kind={kind} />}
    </>
  );
}

/** The mark on a connection, at a place on its line. */
export function EdgeGhostMark({ kind, x, y }: { readonly kind: ChangeKind; readonly x: number; readonly y: number }): ReactElement {
  return <span className={styles.edgeMark} data-ghost={kind} style={{ transform: `translate(${x - 8}px, ${y - 8}px)` }} aria-hidden>{SIGNS[kind]}</span>;
}
