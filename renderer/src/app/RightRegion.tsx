import { memo, type ReactElement } from 'react';
import { AXES, type Evaluation } from '../../../shared/contracts/evaluation.ts';
import { endsText, RANGED } from '../../../shared/drawing/range-figures.ts';
import { openFindings } from '../../../shared/contracts/open-findings.ts';
import { NO_FIGURE } from '../../../shared/lib/format.ts';
import { commandById, runCommand } from '../document/commands/index.ts';
import { useSession, type RightTab } from '../document/session.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';
import { useRangesAt } from '../evaluation/ranges-store.ts';
import { usePreview } from '../evaluation/preview-store.ts';
import { wholeScore } from '../evaluation/axis-titles.ts';
import { ScoreStrip } from '../features/scores/ScoreStrip.tsx';
import { formatChord } from '../ui/chord.ts';
import { GLYPHS } from '../ui/glyphs.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { designPx } from '../ui/interface-size.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { RIGHT } from './panel-layout.ts';
import { RegionBoundary } from './RegionBoundary.tsx';
import { RIGHT_VIEWS, type RightView } from './right-tabs.tsx';
import styles from './RightRegion.module.css';
import { Splitter } from './Splitter.tsx';
import type { PanelControl } from './use-panels.ts';

function hintOf(view: RightView): string | undefined {
  const [chord] = commandById(view.command)?.shortcuts ?? [];
  return chord === undefined ? undefined : formatChord(chord);
}

function countOf(evaluation: Evaluation | null): number | undefined {
  return evaluation === null || evaluation.total_rps === 0 ? undefined : openFindings(evaluation.findings).length;
}

/** How many findings the panel lists: those of the drawing as it is, also while a change is previewed. None without a result or without load. */
function useFindingCount(): number | undefined {
  const held = usePreview((state) => state.held?.current);
  return useEvaluation((state) => countOf(held ?? state.current ?? state.base));
}

/** Six figures that still move with the dial while the panel is away. */
function ScoreCells(): ReactElement {
  const scores = useEvaluation((state) => (state.current ?? state.base)?.scores);
  const ranges = useRangesAt(useEvaluation((state) => (state.current ?? state.base)?.multiple));
  return (
    <ul className={styles.cells} aria-label="Scores">
      {AXES.map((axis) => {
        const value = scores?.[axis].score.value ?? null;
        const name = `${axis.slice(0, 1).toUpperCase()}${axis.slice(1)}`;
        const ends = value === null ? null : endsText(ranges?.scores[axis], RANGED.score);
        const figure = value === null ? NO_FIGURE : (ends ?? String(wholeScore(value)));
        return (
          <Tooltip key={axis} content={value === null ? `${name}, no score yet` : `${name} ${figure}, target 70`} side="left">
            <li className={styles.cell} aria-label={value === null ? `${axis}, no score yet` : `${axis} ${figure}, target 70`}>
              {figure.replace(' to ', '–')}
            </li>
          </Tooltip>
        );
      })}
    </ul>
  );
}

function Rail({ views, numbers }: { readonly views: readonly RightView[]; readonly numbers: boolean }): ReactElement {
  const count = useFindingCount();
  const open = (tab: RightTab): void => useSession.getState().set({ rightOpen: true, rightTab: tab });
  return (
    <div className={styles.rail}>
      {views.map((view) => (
        <span key={view.id} className={styles.railTab}>
          <IconButton label={view.id === 'findings' && count !== undefined ? `${view.label}, ${count}` : view.label} hint={hintOf(view)} icon={view.glyph} size={20} className={styles.railButton} tooltipSide="left" onClick={() => open(view.id)} />
          {view.id === 'findings' && count !== undefined && <span className={styles.railCount} aria-hidden="true">{count}</span>}
        </span>
      ))}
      {numbers && <ScoreCells />}
    </div>
  );
}

/** A panel reads what it shows itself: the counts on the tabs above it do not draw it again. */
const View = memo(function View({ view }: { readonly view: RightView }): ReactElement {
  return (
    <>
      <h2 className={styles.heading}>
        <VisuallyHidden>{view.label}</VisuallyHidden>
      </h2>
      <view.panel />
    </>
  );
});

function Content({ views, numbers }: { readonly views: readonly RightView[]; readonly numbers: boolean }): ReactElement {
  const wanted = useSession((state) => state.rightTab);
  const count = useFindingCount();
  const tab = views.some((view) => view.id === wanted) ? wanted : 'inspector';
  return (
    <>
      {numbers && (
        <div className={styles.scores}>
          <RegionBoundary name="The score strip">
            <ScoreStrip />
          </RegionBoundary>
        </div>
      )}
      <Tabs
        label="Right panel"
        value={tab}
        onChange={(id) => useSession.getState().set({ rightTab: id as RightTab })}
        tabs={views.map((view) => ({ id: view.id, label: view.label, ...(view.id === 'findings' && count !== undefined ? { count } : {}), panel: <View view={view} /> }))}
        actions={<IconButton label="Hide right panel" icon={GLYPHS.panelRight} onClick={() => runCommand('view.toggle-right')} />}
      />
    </>
  );
}

/** Score strip and tabs; collapsed it is a rail with the same views and the six scores. */
export function RightRegion({ panels, onDragging }: { readonly panels: PanelControl; readonly onDragging: (dragging: boolean) => void }): ReactElement {
  const numbers = useSession((state) => state.mode !== 'whiteboard');
  const { right } = panels.layout;
  const wanted = useSession((state) => state.rightTab);
  const views = RIGHT_VIEWS.filter((view) => numbers || view.inWhiteboard || (view.whenAsked === true && view.id === wanted));
  return (
    <aside
      id="right-panel"
      className={styles.region}
      data-region="right"
      data-kind={right.kind}
      aria-label="Details"
      style={right.kind === 'overlay' ? { width: designPx(right.width) } : undefined}
    >
      {right.kind === 'rail' ? <Rail views={views} numbers={numbers} /> : <Content views={views} numbers={numbers} />}
      {right.kind === 'docked' && (
        <Splitter
          label="Width of the right panel"
          controls="right-panel"
          panel="right"
          value={right.width}
          min={RIGHT.min}
          max={right.max}
          onResize={(width) => panels.resize({ right: width })}
          onReset={() => panels.resize({ right: null })}
          onCollapse={() => useSession.getState().set({ rightOpen: false })}
          onDragging={onDragging}
        />
      )}
    </aside>
  );
}
