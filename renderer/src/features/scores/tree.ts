import { AXES, type Axis, type AxisScore, type Explanation } from '../../../../shared/contracts/evaluation.ts';
import { AXIS_TITLES } from '../../evaluation/axis-titles.ts';
import { valueText } from '../../evaluation/explanation-text.ts';
import type { ShownExplanations } from '../../evaluation/explanation-wishes.ts';
import type { MoverLine } from './movers.ts';

/** One visible line of the scores' tree. */
export interface TreeItem {
  /** Path from the axis: "latency/0/2". Stable while the explanation keeps its shape. */
  readonly key: string;
  readonly axis: Axis;
  /** 1 for an axis. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** What stands on the line. */
  readonly kind: 'axis' | 'line' | 'sensitivity' | 'ask';
  readonly label: string;
  readonly value: string;
  readonly formula: string | null;
  readonly provenance: Explanation['provenance'] | null;
  readonly target: Explanation['target'] | null;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

function lineItem(axis: Axis, part: Explanation, place: Pick<TreeItem, 'key' | 'level' | 'position' | 'siblings'>, open: ReadonlySet<string>): TreeItem {
  const expandable = (part.inputs?.length ?? 0) > 0;
  return {
    ...place, axis, kind: 'line', label: part.label, value: valueText(part), formula: part.formula ?? null,
    provenance: part.provenance ?? null, target: part.target ?? null, expandable, expanded: expandable && open.has(place.key),
  };
}

function linesOf(axis: Axis, parts: readonly Explanation[], parent: string, level: number, more: number, open: ReadonlySet<string>): TreeItem[] {
  return parts.flatMap((part, index) => {
    const item = lineItem(axis, part, { key: `${parent}/${index}`, level, position: index + 1, siblings: parts.length + more }, open);
    return item.expanded ? [item, ...linesOf(axis, part.inputs ?? [], item.key, level + 1, 0, open)] : [item];
  });
}

/** Key of the line "What moves this most". */
export function sensitivityKey(axis: Axis): string {
  return `${axis}/moves`;
}

function moverItems(axis: Axis, lines: readonly MoverLine[]): TreeItem[] {
  return lines.map(({ asks, ...line }, index) => ({
    ...line, key: `${sensitivityKey(axis)}/${index}`, axis, level: 3, position: index + 1, siblings: lines.length, kind: asks ? 'ask' : 'line',
    provenance: null, expandable: false, expanded: false,
  }));
}

/** What the lines are made of. */
export interface TreeSource {
  readonly scores: Readonly<Record<Axis, AxisScore>>;
  /** Whether anything is behind the scores: without a journey that reaches something there is not. */
  readonly explained: boolean;
  readonly trees: ShownExplanations;
  /** What stands below an open axis whose tree is not known; null while it comes at once, and the axis opens with it. */
  readonly waiting: string | null;
  readonly movers: (axis: Axis) => readonly MoverLine[];
}

function axisItem({ scores, explained, trees, waiting }: TreeSource, axis: Axis, open: ReadonlySet<string>): TreeItem {
  const tree = trees[axis];
  return {
    key: axis, axis, level: 1, position: AXES.indexOf(axis) + 1, siblings: AXES.length, kind: 'axis', label: AXIS_TITLES[axis], value: valueText({ value: scores[axis].score, unit: 'points' }),
    formula: tree?.formula ?? null, provenance: null, target: null, expandable: explained, expanded: explained && open.has(axis) && (tree !== undefined || waiting !== null),
  };
}

/** The lines to show: six axes, beneath each open one its tree and, where it has a score, what moves it most. */
export function visibleItems(source: TreeSource, open: ReadonlySet<string>): readonly TreeItem[] {
  const plain = { level: 2, value: '', formula: null, provenance: null, target: null } as const;
  return AXES.flatMap((axis) => {
    const head = axisItem(source, axis, open);
    if (!head.expanded) return [head];
    const tree = source.trees[axis];
    if (tree === undefined) return [head, { ...plain, key: `${axis}/waits`, axis, position: 1, siblings: 1, kind: 'line', label: source.waiting ?? '', expandable: false, expanded: false }];
    const inputs = tree.inputs ?? [];
    if (source.scores[axis].score.value === null) return [head, ...linesOf(axis, inputs, axis, 2, 0, open)];
    const key = sensitivityKey(axis);
    const count = inputs.length + 1;
    const moves: TreeItem = { ...plain, key, axis, position: count, siblings: count, kind: 'sensitivity', label: 'What moves this most', expandable: true, expanded: open.has(key) };
    return [head, ...linesOf(axis, inputs, axis, 2, 1, open), moves, ...(moves.expanded ? moverItems(axis, source.movers(axis)) : [])];
  });
}

/** The item that an arrow key leads to: null when it only opens or closes, or leads nowhere. */
export function stepFrom(items: readonly TreeItem[], at: number, key: string): { readonly to: number } | { readonly open: boolean } | null {
  const item = items[at];
  if (!item) return null;
  const move = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[key];
  if (move !== undefined) return items[move] ? { to: move } : null;
  if (key === 'ArrowRight') {
    if (!item.expandable) return null;
    return item.expanded ? ((items[at + 1]?.level ?? 0) > item.level ? { to: at + 1 } : null) : { open: true };
  }
  if (key !== 'ArrowLeft') return null;
  if (item.expanded) return { open: false };
  const parent = items.findLastIndex((other, index) => index < at && other.level < item.level);
  return parent < 0 ? null : { to: parent };
}
