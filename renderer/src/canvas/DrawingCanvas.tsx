import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, ConnectionMode, PanOnScrollMode, ReactFlow, ReactFlowProvider, SelectionMode, useKeyPress, useReactFlow, type ReactFlowProps } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent, type PointerEvent, type ReactElement, type RefObject } from 'react';
import { usePathEditing } from '../document/path-editing.ts';
import { useSession } from '../document/session.ts';
import { useDesign, useWorkspace } from '../document/workspace.ts';
import { forgetHand } from '../evaluation/counterfactual.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';
import { endDragHome, followDragHome } from './boundaries/drag-home.ts';
import { TeamFrames } from './boundaries/TeamFrames.tsx';
import { EditRequests } from './boundaries/EditRequests.tsx';
import { Camera } from './Camera.tsx';
import { useCanvasUi, type Thing } from './canvas-ui.ts';
import { Caption, EmptyDrawing, Legend, SelectionBounds, ZoomButton } from './CanvasOverlays.tsx';
import { KeyConnection } from './connect-by-key/KeyConnection.tsx';
import { CanvasMenu } from './context-menu/CanvasMenu.tsx';
import { openMenuAtPointer } from './context-menu/menu-place.ts';
import { considerDrag } from './counterfactual/consider.ts';
import { ConnectQuestion } from './counterfactual/ConnectQuestion.tsx';
import { ConnectionEdge } from './edges/ConnectionEdge.tsx';
import { DraftConnection } from './edges/DraftConnection.tsx';
import { SpliceMark } from './edges/SpliceMark.tsx';
import { OffscreenChips } from './ghosts/OffscreenChips.tsx';
import type { DragHand } from './guides/drag-hand.ts';
import { DragMarks } from './guides/DragMarks.tsx';
import { useDragHand } from './guides/use-drag-hand.ts';
import { FindingFocus } from './highlight/FindingFocus.tsx';
import { FoundThings } from './highlight/FoundThings.tsx';
import { endConnecting, refusalBetween, startConnecting, takeConnection } from './interaction/connecting.ts';
import { onCanvasKey } from './interaction/keys.ts';
import { applySelection, pressPaper, setMarquee } from './interaction/selection.ts';
import { useDropHandlers } from './interaction/use-drop-handlers.ts';
import { usePointerHandlers } from './interaction/use-pointer-handlers.ts';
import { Minimap } from './minimap/Minimap.tsx';
import { CanvasModel, CanvasModelProvider } from './model/canvas-model.ts';
import { fontsReady } from './model/measure-text.ts';
import { BoundaryNode } from './nodes/BoundaryNode.tsx';
import { ComponentNode } from './nodes/ComponentNode.tsx';
import { NoteNode } from './nodes/NoteNode.tsx';
import type { ConnectionFlowEdge, FlowNode } from './projection/flow-types.ts';
import { fromChanges } from './projection/from-changes.ts';
import { PaperViewSource } from './PaperViewSource.tsx';
import { PaperLayer } from './OnPaper.tsx';
import { PathBar } from './path/PathBar.tsx';
import { pressPathEdge } from './path/path-keys.ts';
import { PathMarks } from './path/PathMarks.tsx';
import { FIT, OpeningView, rememberedView } from './OpeningView.tsx';
import { Walker } from './walk/Walker.tsx';
import styles from './DrawingCanvas.module.css';

const NODE_TYPES = { component: ComponentNode, boundary: BoundaryNode, note: NoteNode };
const EDGE_TYPES = { connection: ConnectionEdge };

/** Above this many things only those in view are kept in the page; below it nothing is lost by keeping all. */
const ALWAYS_DRAWN = 250;

const LINES = { gap: 40, dots: 8 } as const;

/** How React Flow behaves here, whatever is drawn: keys, focus, deletion and stacking are this program's own. */
const BEHAVIOUR = {
  nodeTypes: NODE_TYPES, edgeTypes: EDGE_TYPES, connectionLineComponent: DraftConnection,
  minZoom: 0.1, maxZoom: 4, fitViewOptions: FIT,
  connectionMode: ConnectionMode.Strict, connectionRadius: 1, connectOnClick: false,
  nodesFocusable: false, edgesFocusable: false, disableKeyboardA11y: true,
  deleteKeyCode: null, selectionKeyCode: null, multiSelectionKeyCode: 'Shift',
  selectionOnDrag: true, selectionMode: SelectionMode.Partial, panOnDrag: [1], panOnScroll: true, panOnScrollMode: PanOnScrollMode.Free, zoomOnDoubleClick: false,
  zIndexMode: 'manual', elevateNodesOnSelect: false, elevateEdgesOnSelect: false,
  nodeDragThreshold: 3, paneClickDistance: 3,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps<FlowNode, ConnectionFlowEdge>;

/** What React Flow reports while something is drawn, dragged or selected. */
function handlersFor(model: CanvasModel, hand: DragHand, toPaper: (at: { readonly x: number; readonly y: number }) => { readonly x: number; readonly y: number }): Pick<ReactFlowProps<FlowNode, ConnectionFlowEdge>, 'onNodesChange' | 'onEdgesChange' | 'onEdgeClick' | 'onNodeDrag' | 'onNodeDragStop' | 'onSelectionStart' | 'onSelectionEnd' | 'onConnect' | 'onConnectStart' | 'onConnectEnd' | 'isValidConnection'> {
  return {
    onNodesChange: (changes) => {
      const { moves, select } = fromChanges(changes);
      applySelection(select, 'box');
      if (moves.size > 0) hand.step(moves);
    },
    onEdgesChange: (changes) => {
      if (usePathEditing.getState().journey === null) applySelection(fromChanges(changes).select, 'edge');
    },
    onEdgeClick: (_event, edge) => void pressPathEdge(edge.id),
    onNodeDrag: (event, node) => {
      if (hand.cancelled()) return;
      followDragHome(model, event, node.id);
      considerDrag(hand, event);
    },
    onNodeDragStop: () => {
      forgetHand();
      endDragHome(hand.cancelled());
      hand.drop();
    },
    onSelectionStart: () => setMarquee(true),
    onSelectionEnd: () => setMarquee(false),
    onConnect: takeConnection,
    onConnectStart: (_event, from) => startConnecting(from.nodeId),
    onConnectEnd: (event, state) => endConnecting(event, state, toPaper),
    isValidConnection: (connection) => refusalBetween(connection) === null,
  };
}

/** Focus of the drawing as a whole. Only keys show its ring; a press on the paper gives it focus silently. */
function useFocus(): { readonly ref: RefObject<HTMLDivElement | null>; readonly onPointerDownCapture: (event: PointerEvent) => void; readonly onKeyDownCapture: (event: KeyboardEvent) => void; readonly onFocus: () => void; readonly onBlur: () => void } {
  const ref = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  // a drawing that is closed under the focus or the pointer tells of neither leaving
  useEffect(() => () => useCanvasUi.getState().set({ keys: false, hovered: null }), []);
  return useMemo(() => {
    const showKeys = (keys: boolean): void => useCanvasUi.getState().set({ keys });
    return {
      ref,
      onPointerDownCapture: (event) => {
        pressed.current = true;
        ref.current?.removeAttribute('data-keys');
        if ((event.target as HTMLElement).closest('input, textarea, button') === null) ref.current?.focus({ preventScroll: true });
        pressed.current = false;
        showKeys(false);
        pressPaper(event.shiftKey);
      },
      onKeyDownCapture: (event) => {
        ref.current?.setAttribute('data-keys', '');
        // letting go hides what was shown about the place of the keys; the place itself stays
        showKeys(event.key !== 'Escape');
      },
      onFocus: () => {
        if (pressed.current || !ref.current?.matches(':focus-visible')) return;
        ref.current.setAttribute('data-keys', '');
        showKeys(true);
      },
      onBlur: () => showKeys(false),
    };
  }, []);
}

/** Id of the element that speaks for a thing. */
function elementId(thing: Thing | null): string | undefined {
  return thing === null ? undefined : `${thing.kind === 'node' ? 'component' : thing.kind === 'edge' ? 'connection' : thing.kind}-${thing.id}`;
}

/** What the drawing is called: "url-shortener, 8 components, 3 findings". */
function useDrawingName(title: string): string {
  const count = useDesign((design) => Object.keys(design.nodes).length);
  const findings = useEvaluation((state) => state.base?.findings.filter((finding) => finding.kind === 'finding').length ?? 0);
  return [title, `${count} ${count === 1 ? 'component' : 'components'}`, ...(findings > 0 ? [`${findings} ${findings === 1 ? 'finding' : 'findings'}`] : [])].join(', ');
}

/** The model follows the stores while its drawing is shown. */
function useModel(documentId: string): CanvasModel {
  const [model] = useState(() => new CanvasModel(documentId));
  useEffect(() => model.start(), [model]);
  useEffect(() => {
    let shown = true;
    void fontsReady().then(() => shown && model.remeasure());
    return () => void (shown = false);
  }, [model]);
  return model;
}

/** Grid lines every 40, and the 8 px grid as dots where it can be seen. */
function Paper(): ReactElement {
  const dots = useCanvasUi((state) => state.dots);
  const far = useCanvasUi((state) => state.lod === 'overview');
  return (
    <>
      {!far && <Background id="lines" variant={BackgroundVariant.Lines} gap={LINES.gap} color="var(--grid)" lineWidth={1} />}
      {dots && <Background id="dots" variant={BackgroundVariant.Dots} gap={LINES.dots} size={1} color="var(--hair)" />}
    </>
  );
}

/** Everything that is drawn beside the things themselves, or follows them. */
function Extras({ documentId, fit }: { readonly documentId: string; readonly fit: boolean }): ReactElement {
  return (
    <>
      <Paper />
      <PaperLayer />
      <Camera />
      <OpeningView documentId={documentId} fit={fit} />
      <TeamFrames />
      <SelectionBounds />
      <FindingFocus />
      <SpliceMark />
      <FoundThings />
      <Walker />
      <KeyConnection />
      <PathMarks />
      <DragMarks />
      <OffscreenChips />
      <EditRequests />
      <EmptyDrawing />
      <Legend />
      <ZoomButton />
      <Minimap />
      <PaperViewSource />
      <ConnectQuestion />
      <Caption />
    </>
  );
}

function Drawing({ documentId, title }: { readonly documentId: string; readonly title: string }): ReactElement {
  const model = useModel(documentId);
  const { nodes, edges } = useSyncExternalStore(model.subscribe, model.view);
  const locked = useWorkspace((state) => (state.documents[documentId]?.readOnly ?? null) !== null);
  const review = useSession((state) => state.mode === 'review');
  const focused = useCanvasUi((state) => state.focused);
  const stale = useEvaluation((state) => state.stale);
  const platform = useSession((state) => state.platformEdges);
  const wheelZooms = useSession((state) => state.wheel === 'zoom');
  const label = useDrawingName(title);
  const focus = useFocus();
  const { screenToFlowPosition } = useReactFlow();
  const hand = useDragHand(model);
  const [handlers] = useState(() => handlersFor(model, hand, screenToFlowPosition));
  const pointer = usePointerHandlers();
  const drop = useDropHandlers(model);
  const [view] = useState(() => rememberedView(documentId));
  const [fit] = useState(nodes.nodes.length > 0 && !view);
  const editable = !locked && !review;
  const panning = useKeyPress('Space', { target: window });
  return (
    <CanvasModelProvider value={model}>
      <ReactFlow<FlowNode, ConnectionFlowEdge>
        {...focus}
        className={styles.canvas}
        tabIndex={0}
        aria-label={label}
        aria-roledescription="architecture drawing"
        aria-activedescendant={elementId(focused)}
        data-region-focus
        data-stale={stale || undefined}
        data-panning={panning || undefined}
        data-platform-edges={platform || undefined}
        nodes={nodes.nodes as FlowNode[]}
        edges={edges.edges as ConnectionFlowEdge[]}
        {...handlers}
        onKeyDown={onCanvasKey}
        onContextMenu={openMenuAtPointer}
        {...pointer}
        {...drop}
        {...BEHAVIOUR}
        panOnScroll={!wheelZooms}
        zoomOnScroll={wheelZooms}
        nodesConnectable={editable}
        nodesDraggable={editable}
        onlyRenderVisibleElements={nodes.nodes.length > ALWAYS_DRAWN}
        fitView={fit}
        {...(view ? { defaultViewport: view } : {})}
      >
        <Extras documentId={documentId} fit={fit} />
      </ReactFlow>
      <PathBar />
      <CanvasMenu />
    </CanvasModelProvider>
  );
}

/** The drawing of the active document. Nothing while no document is open. */
export function DrawingCanvas(): ReactElement | null {
  const id = useWorkspace((state) => state.activeId);
  const title = useWorkspace((state) => (state.activeId === null ? undefined : state.documents[state.activeId]?.title));
  if (id === null || title === undefined) return null;
  return (
    <ReactFlowProvider key={id}>
      <Drawing documentId={id} title={title} />
    </ReactFlowProvider>
  );
}
