import { useConnection, useStore } from '@xyflow/react';
import { useSyncExternalStore, type ReactElement } from 'react';
import { useSession } from '../document/session.ts';
import { useDesign } from '../document/workspace.ts';
import { useCounterfactual } from '../evaluation/counterfactual.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';
import { designPx } from '../ui/interface-size.ts';
import { WhatChanges } from '../ui/WhatChanges.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useCanvasUi } from './canvas-ui.ts';
import { HEAT_LIMITS } from '../../../shared/drawing/heat.ts';
import { refusalBetween } from './interaction/connecting.ts';
import { useCanvasModel } from './model/canvas-model.ts';
import { OnPaper } from './OnPaper.tsx';
import styles from './CanvasOverlays.module.css';

/** The scale of heat, bottom left in Evaluate. */
export function Legend(): ReactElement | null {
  const evaluating = useSession((state) => state.mode === 'evaluate');
  const answered = useEvaluation((state) => state.current !== null);
  if (!evaluating || !answered) return null;
  return (
    <div className={styles.legend} role="img" aria-label="Heat: utilisation in seven steps, with limits at 15, 40, 60, 70, 85 and 100 percent">
      <span className={styles.legendWord}>utilisation</span>
      <div className={styles.swatches}>
        {[1, 2, 3, 4, 5, 6, 7].map((step) => <span key={step} className={styles.swatch} data-step={step} style={{ backgroundColor: `var(--heat-${step})` }} />)}
      </div>
      <div className={styles.ticks}>
        {[0, ...HEAT_LIMITS].map((limit, index) => <span key={limit} style={{ left: designPx(index * 16) }}>{Math.round(limit * 100)}{limit === 1 ? ' %' : ''}</span>)}
      </div>
    </div>
  );
}

/** Zoom, bottom right. */
export function ZoomButton(): ReactElement {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  const move = useSession((state) => state.moveCamera);
  const items = [
    { id: 'in', label: 'Zoom in', shortcut: 'Mod++', onSelect: () => move('in') },
    { id: 'out', label: 'Zoom out', shortcut: 'Mod+-', onSelect: () => move('out') },
    { id: '100', label: 'Zoom to 100 %', shortcut: 'Mod+0', onSelect: () => move('100') },
    { id: 'fit', label: 'Fit drawing', shortcut: 'Shift+1', onSelect: () => move('fit') },
    { id: 'selection', label: 'Fit selection', shortcut: 'Shift+2', onSelect: () => move('selection') },
  ];
  return (
    <div className={styles.zoom}>
      <Menu label="Zoom" items={items} trigger={<button type="button" className={styles.zoomButton} aria-label={`Zoom, ${percent} percent`}>{percent} %</button>} />
    </div>
  );
}

/** Space between the parts of a selection and the rectangle around it, canvas units; above them it leaves room for their tabs. */
const BOUNDS_MARGIN = 12;
const BOUNDS_ABOVE = 32;

/** One dashed rectangle around several selected things: the second sign beside their rings. */
export function SelectionBounds(): ReactElement | null {
  const model = useCanvasModel();
  const { nodes } = useSyncExternalStore(model.subscribe, model.view);
  const selected = nodes.nodes.filter((node) => node.selected);
  if (selected.length < 2) return null;
  const left = Math.min(...selected.map((node) => node.position.x)) - BOUNDS_MARGIN;
  const top = Math.min(...selected.map((node) => node.position.y)) - BOUNDS_ABOVE;
  const right = Math.max(...selected.map((node) => node.position.x + (node.width ?? 0))) + BOUNDS_MARGIN;
  const bottom = Math.max(...selected.map((node) => node.position.y + (node.height ?? 0))) + BOUNDS_MARGIN;
  return (
    <OnPaper>
      <div className={styles.bounds} style={{ transform: `translate(${left}px, ${top}px)`, width: right - left, height: bottom - top }} />
    </OnPaper>
  );
}

/** Why the connection in the hand cannot end where the pointer is. */
function useRefusal(): { readonly text: string; readonly x: number; readonly y: number } | null {
  const held = useCanvasUi((state) => state.connectingFrom !== null);
  const target = useConnection((state) => (state.inProgress && state.toNode && state.toNode.id !== state.fromNode.id ? state.toNode.id : null));
  const source = useConnection((state) => (state.inProgress ? state.fromNode.id : null));
  const x = useConnection((state) => (state.inProgress && state.toNode ? Math.round(state.pointer.x) : 0));
  const y = useConnection((state) => (state.inProgress && state.toNode ? Math.round(state.pointer.y) : 0));
  const text = target === null || !held ? null : refusalBetween({ source, target });
  return text === null ? null : { text, x, y };
}

/** The widest that a caption gets, with its distance from the pointer: nearer to the right edge it stands at the left, px. */
const WIDEST = 296;
/** A caption nearer to the lower edge than this stands above the pointer, px. */
const BELOW = 120;

/** Words at the pointer: a reason, or the whole of a cut name. Sixteen to the right and below, on the other side where the canvas ends. */
export function Caption(): ReactElement | null {
  const caption = useCanvasUi((state) => state.caption);
  const refused = useRefusal();
  const asked = useCounterfactual(({ shown }) => (shown?.where === 'canvas' ? shown : null));
  // words of the place where a part would go between others stand right below the pointer
  const splicing = useCanvasUi((state) => state.splice !== null);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const said = refused ?? caption;
  const at = said ?? asked;
  if (!at) return null;
  return (
    <div className={styles.caption} style={{ ...(at.x > Math.max(width / 2, width - WIDEST) ? { right: Math.max(0, width - at.x + 16) } : { left: at.x + 16 }), ...(at.y > height - BELOW ? { bottom: Math.max(0, height - at.y + 16) } : { top: at.y + (splicing ? 72 : 16) }) }}>
      {said?.text}
      {asked !== null && refused === null && <WhatChanges lines={asked.lines} />}
    </div>
  );
}

/** Words for an empty drawing. */
export function EmptyDrawing(): ReactElement | null {
  const empty = useDesign((design) => Object.keys(design.nodes).length === 0 && Object.keys(design.notes).length === 0 && Object.keys(design.boundaries).length === 0);
  if (!empty) return null;
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>Type to draw.</p>
      <p>Try "client &gt; api x3 &gt; postgres", or drag a part from the left.</p>
    </div>
  );
}
