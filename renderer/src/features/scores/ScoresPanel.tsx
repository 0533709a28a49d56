import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { AXES, type Axis, type Evaluation } from '../../../../shared/contracts/evaluation.ts';
import type { Spread } from '../../../../shared/contracts/uncertainty.ts';
import { RANGED, rangeText } from '../../../../shared/drawing/range-figures.ts';
import { formatFixedMultiple, NO_FIGURE } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { scoreRangeText } from '../../evaluation/range-text.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { useExplanations } from '../../evaluation/use-explanations.ts';
import type { ShownExplanations } from '../../evaluation/explanation-wishes.ts';
import { NoLoadYet } from '../../forms/NoLoadYet.tsx';
import { revealParam } from '../../forms/reveal.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { wholeScore } from '../../evaluation/axis-titles.ts';
import { moverLines } from './movers.ts';
import { Radar } from './Radar.tsx';
import type { ScoreEnds } from './radar-geometry.ts';
import styles from './ScoresPanel.module.css';
import { useScoresView } from './scores-view.ts';
import { TreeLine } from './TreeLine.tsx';
import { sensitivityKey, stepFrom, visibleItems, type TreeItem } from './tree.ts';

const COUNT_WORDS = ['none', 'one', 'two', 'three', 'four', 'five', 'six'] as const;

/** Whether the drawing states any target: of the whole design, or of a journey. */
export function statesTargets(design: Design): boolean {
  const stated = (value: unknown): boolean => value !== undefined && value !== null;
  if (Object.values(design.targets).some(stated)) return true;
  return Object.values(design.journeys).some((journey) => stated(journey['p99_target_ms']) || stated(journey['availability_target']));
}

function Overall({ evaluation }: { readonly evaluation: Evaluation }): ReactElement {
  const { overall, scores } = evaluation;
  const ranges = useRangesAt(evaluation.multiple);
  const range = ranges && rangeText(ranges.overall, RANGED.score);
  const counted = AXES.filter((axis) => scores[axis].score.value !== null && scores[axis].weight > 0).length;
  return (
    <p className={styles.overall}>
      <span>Overall</span>
      <b>{overall.value === null ? NO_FIGURE : (range?.figure ?? wholeScore(overall.value))}</b>
      <span className={styles.mean}>{overall.value === null ? 'without a score' : `${range ? `${range.ends}, ` : ''}geometric mean of ${COUNT_WORDS[counted] ?? counted}`}</span>
    </p>
  );
}

/** Both ends of a score that differ as they are written. */
function scoreEnds(spread: Spread): ScoreEnds {
  const { p10, p90 } = spread;
  return p10.value === null || p90.value === null || rangeText(spread, RANGED.score) === null ? null : [p10.value, p90.value];
}

/** The line that keys act on: the last one that had the focus, else the first. */
function useWalk(items: readonly TreeItem[], ask: (axis: Axis) => void) {
  const tree = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>(AXES[0]);
  const toggle = useScoresView((state) => state.toggle);
  const current = Math.max(0, items.findIndex((item) => item.key === active));
  const focusAt = (index: number): void => {
    const item = items[index];
    if (!item) return;
    setActive(item.key);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[index]?.focus();
  };
  const act = (item: TreeItem): void => {
    setActive(item.key);
    if (item.target) revealParam(item.target);
    else if (item.kind === 'ask') ask(item.axis);
    else if (item.expandable) toggle(item.key, !item.expanded);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const item = items[current];
    if (!item || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLButtonElement) return;
    if (event.key === 'Enter') act(item);
    else if (event.key === ' ') toggle(item.key, item.expandable && !item.expanded);
    else {
      const step = stepFrom(items, current, event.key);
      if (!step) return;
      if ('to' in step) focusAt(step.to);
      else toggle(item.key, step.open);
    }
    event.preventDefault();
  };
  return { tree, active: items[current]?.key ?? null, onKeyDown, setActive, act };
}

/** What moves the axes whose line is open: asked for when it is opened, and again only on request. */
function useMovers(multiple: number) {
  const design = useDesign((current) => current);
  const open = useScoresView((state) => state.open);
  const movers = useScoresView((state) => state.movers);
  const askFor = useScoresView((state) => state.ask);
  const ask = useCallback((axis: Axis) => askFor(axis, design, multiple), [askFor, design, multiple]);
  useEffect(() => {
    for (const axis of AXES) if (open.has(axis) && open.has(sensitivityKey(axis)) && !movers[axis]) ask(axis);
  }, [open, movers, ask]);
  const lines = useCallback((axis: Axis) => moverLines(movers[axis], design, multiple), [movers, design, multiple]);
  return { lines, ask };
}

/** Milliseconds after which an axis opens without its tree, to say that it comes. */
const TREE_WITHIN_MS = 150;

/** The trees of the open axes, and what is said of those that take their time. */
function useTrees(explained: boolean): { readonly trees: ShownExplanations; readonly waiting: string | null } {
  const open = useScoresView((state) => state.open);
  const failed = useEvaluation((state) => state.error !== null);
  const axes = explained ? AXES.filter((axis) => open.has(axis)) : [];
  const trees = useExplanations(axes);
  const missing = axes.some((axis) => trees[axis] === undefined);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!missing) return undefined;
    const timer = setTimeout(() => setLate(true), TREE_WITHIN_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [missing]);
  return { trees, waiting: !late ? null : failed ? 'Not computed, as the evaluation stopped' : 'Computing how it comes about' };
}

function Tree({ evaluation, base, multiple }: { readonly evaluation: Evaluation; readonly base: Evaluation['scores'] | null; readonly multiple: number }): ReactElement {
  const { scores } = evaluation;
  const open = useScoresView((state) => state.open);
  const toggle = useScoresView((state) => state.toggle);
  const stale = useEvaluation((state) => state.stale);
  const { lines, ask } = useMovers(multiple);
  const explained = useMemo(() => Object.values(evaluation.journeys).some(({ nodes }) => nodes.length > 0), [evaluation]);
  const { trees, waiting } = useTrees(explained);
  const items = useMemo(() => visibleItems({ scores, explained, trees, waiting, movers: lines }, open), [scores, explained, trees, waiting, lines, open]);
  const ranges = useRangesAt(multiple);
  const walk = useWalk(items, ask);
  return (
    <div ref={walk.tree} role="tree" aria-label="Scores and how they come about" aria-busy={waiting !== null} className={styles.tree} onKeyDown={walk.onKeyDown}>
      {items.map((item) => (
        <TreeLine
          key={item.key}
          item={item}
          score={scores[item.axis]}
          range={ranges === null ? null : scoreRangeText(item.axis, ranges)}
          known={ranges === null ? null : (rangeText(ranges.scores[item.axis], RANGED.score)?.figure ?? null)}
          before={base === null ? null : base[item.axis].score.value}
          stale={stale}
          active={item.key === walk.active}
          onFocus={() => walk.setActive(item.key)}
          onPress={() => (item.kind === 'ask' ? walk.act(item) : item.expandable && toggle(item.key, !item.expanded))}
        />
      ))}
    </div>
  );
}

function AtLoad({ multiple }: { readonly multiple: number }): ReactElement {
  return (
    <p className={styles.load}>
      {`At ${formatFixedMultiple(multiple)} load`}
      <Button variant="quiet" onClick={() => useEvaluation.getState().set({ multiple: 1 })}>Back to 1x</Button>
    </p>
  );
}

/** The six scores: their shape, their rows with the whole explanation behind each, and Overall, in this order. */
export function ScoresPanel(): ReactElement {
  const evaluation = useEvaluation((state) => state.current ?? state.base);
  const base = useEvaluation((state) => state.base);
  const multiple = useEvaluation((state) => state.multiple);
  const targets = useDesign(statesTargets);
  const ranges = useRangesAt(evaluation?.multiple);
  if (evaluation === null) return <EmptyState title="No result yet.">The first evaluation of this drawing is under way.</EmptyState>;
  if (evaluation.total_rps === 0) return <NoLoadYet />;
  const { scores } = evaluation;
  const ends = ranges === null ? undefined : (Object.fromEntries(AXES.map((axis) => [axis, scoreEnds(ranges.scores[axis])])) as Record<Axis, ScoreEnds>);
  const values = Object.fromEntries(AXES.map((axis) => [axis, scores[axis].score.value])) as Record<Axis, number | null>;
  return (
    <section className={styles.panel} aria-label="Scores">
      {multiple !== 1 && <AtLoad multiple={multiple} />}
      {!targets && (
        <EmptyState title="No targets yet." action={<Button onClick={() => revealParam({ kind: 'targets', param: 'budget_usd_month' })}>Add targets</Button>}>
          Scores compare with targets. Add them, or start from a scenario.
        </EmptyState>
      )}
      <Radar scores={values} ends={ends} />
      <div className={styles.head} aria-hidden="true">
        <span>Axis</span>
        <span>Score</span>
        <span>Weight</span>
      </div>
      <Tree evaluation={evaluation} base={multiple === 1 ? null : (base?.scores ?? null)} multiple={multiple} />
      <Overall evaluation={evaluation} />
    </section>
  );
}
