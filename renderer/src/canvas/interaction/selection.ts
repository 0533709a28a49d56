import { useSession, type SelectableKind } from '../../document/session.ts';
import { useCanvasUi, type Thing } from '../canvas-ui.ts';
import { parseFlowId } from '../projection/flow-types.ts';

type Selection = Readonly<Record<SelectableKind, readonly string[]>>;

function change(selection: Selection, thing: Thing, selected: boolean): Selection {
  const ids = selection[thing.kind];
  if (ids.includes(thing.id) === selected) return selection;
  return { ...selection, [thing.kind]: selected ? [...ids, thing.id] : ids.filter((id) => id !== thing.id) };
}

/** A marquee with Shift adds to what was selected when it began. */
let kept: Selection | null = null;
let marquee = false;

/** A marquee may begin: remember the selection if it is to be added to. */
export function pressPaper(additive: boolean): void {
  kept = additive ? useSession.getState().selection : null;
}

/** A marquee has begun or ended. */
export function setMarquee(active: boolean): void {
  marquee = active;
  if (!active) kept = null;
}

/** Take over what React Flow selected or deselected. A marquee selects boxes; their connections come along by meaning. */
export function applySelection(changes: ReadonlyMap<string, boolean>, what: 'box' | 'edge'): void {
  if (changes.size === 0) return;
  const before = useSession.getState().selection;
  let next = before;
  let focused: Thing | null = null;
  for (const [key, selected] of changes) {
    if (what === 'edge' && marquee && selected) continue;
    const thing: Thing = what === 'edge' ? { kind: 'edge', id: key } : parseFlowId(key);
    if (!selected && marquee && kept?.[thing.kind].includes(thing.id)) continue;
    next = change(next, thing, selected);
    if (selected) focused = thing;
  }
  if (marquee && kept) {
    for (const kind of ['node', 'edge', 'boundary', 'note'] as const) for (const id of kept[kind]) next = change(next, { kind, id }, true);
  }
  if (focused) useCanvasUi.getState().set({ focused });
  if (next !== before) useSession.getState().select(next);
}

/** Select one thing and nothing else. */
export function selectOnly(thing: Thing): void {
  useCanvasUi.getState().set({ focused: thing });
  const only = onlySelected(useSession.getState().selection);
  if (only?.kind !== thing.kind || only.id !== thing.id) useSession.getState().select({ [thing.kind]: [thing.id] });
}

/** The single thing that is selected, or null. */
export function onlySelected(selection: Selection): Thing | null {
  const things = (['node', 'edge', 'boundary', 'note'] as const).flatMap((kind) => selection[kind].map((id): Thing => ({ kind, id })));
  return things.length === 1 ? (things[0] ?? null) : null;
}
