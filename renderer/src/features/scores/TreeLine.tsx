import type { MouseEvent, ReactElement } from 'react';
import type { AxisScore } from '../../../../shared/contracts/evaluation.ts';
import { formatUtilisation, NO_FIGURE } from '../../../../shared/lib/format.ts';
import { revealParam } from '../../forms/reveal.ts';
import { classes } from '../../ui/classes.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { designPx } from '../../ui/interface-size.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { TARGET, wholeScore } from '../../evaluation/axis-titles.ts';
import { PROVENANCE_WORDS } from '../../evaluation/explanation-text.ts';
import { ScoreBar } from './ScoreBar.tsx';
import styles from './ScoresPanel.module.css';
import type { TreeItem } from './tree.ts';

/** Indent of a level, px, and the level after which lines stop moving to the right: depth is never cut, width is finite. */
const INDENT = 12;
const DEEPEST = 8;

interface LineProps {
  readonly item: TreeItem;
  readonly score: AxisScore;
  readonly before: number | null;
  /** p10 to p90 and what decides, in words, where an input is uncertain; the score is then written to the digits that are known. */
  readonly range: string | null;
  readonly known: string | null;
  readonly stale: boolean;
  readonly active: boolean;
  readonly onFocus: () => void;
  /** A click that is not on a link. */
  readonly onPress: () => void;
}

function Chevron({ item }: { readonly item: TreeItem }): ReactElement {
  return <span className={styles.chevron}>{item.expandable && <Glyph path={item.expanded ? GLYPHS.chevronDown : GLYPHS.chevronRight} size={16} />}</span>;
}

function AxisLine({ item, score, before, range, known, stale }: LineProps): ReactElement {
  const value = score.score.value;
  return (
    <>
      <div className={styles.axis}>
        <Chevron item={item} />
        <span className={styles.axisName}>
          {item.label}
          <VisuallyHidden>, </VisuallyHidden>
        </span>
        {value === null ? <span /> : <ScoreBar score={value} before={before} stale={stale} />}
        <span className={styles.score}>
          {value === null ? NO_FIGURE : (known ?? wholeScore(value))}
          <VisuallyHidden>{`, target ${TARGET}, weight `}</VisuallyHidden>
        </span>
        <span className={styles.weight}>{formatUtilisation(score.weight)}</span>
      </div>
      {range !== null && <p className={styles.note}>{range}</p>}
      {(item.expanded || value === null) && score.note !== null && <p className={styles.note}>{score.note}</p>}
      {item.expanded && item.formula !== null && <p className={styles.formula} data-axis>{item.formula}</p>}
    </>
  );
}

function Tag({ letter }: { readonly letter: NonNullable<TreeItem['provenance']> }): ReactElement {
  const words = PROVENANCE_WORDS[letter];
  return (
    <>
      <VisuallyHidden>{`, ${words}`}</VisuallyHidden>
      <Tooltip content={`${words.slice(0, 1).toUpperCase()}${words.slice(1)}`} side="left">
        <span className={styles.tag} data-letter={letter} aria-hidden="true">{letter}</span>
      </Tooltip>
    </>
  );
}

function ExplanationLine({ item }: { readonly item: TreeItem }): ReactElement {
  const { target } = item;
  const follow = (event: MouseEvent): void => {
    event.stopPropagation();
    if (target) revealParam(target);
  };
  return (
    <div className={styles.line}>
      <Chevron item={item} />
      <div className={styles.words}>
        <p className={styles.name}>
          {item.value !== '' && (
            <span className={styles.value}>
              {item.value}
              <VisuallyHidden>, </VisuallyHidden>
            </span>
          )}
          {target ? <button type="button" className={styles.link} tabIndex={-1} onClick={follow}>{item.label}</button> : <span className={classes(item.kind === 'ask' && styles.asks)}>{item.label}</span>}
        </p>
        {item.formula !== null && <p className={styles.formula}>{item.formula}</p>}
      </div>
      {item.provenance && <Tag letter={item.provenance} />}
    </div>
  );
}

/** One line of the tree: an axis, a value with its formula, or what moves the axis most. Named by what stands on it. */
export function TreeLine(props: LineProps): ReactElement {
  const { item, active, onFocus, onPress } = props;
  return (
    <div
      role="treeitem"
      aria-level={item.level}
      aria-posinset={item.position}
      aria-setsize={item.siblings}
      aria-expanded={item.expandable ? item.expanded : undefined}
      aria-selected={active}
      tabIndex={active ? 0 : -1}
      className={classes(styles.item, item.kind === 'axis' && styles.top, (item.expandable || item.kind === 'ask') && styles.opens)}
      style={item.level > 1 ? { paddingLeft: designPx(12 + INDENT * (Math.min(item.level, DEEPEST) - 1)) } : undefined}
      onFocus={(event) => event.target === event.currentTarget && onFocus()}
      onClick={onPress}
    >
      {item.kind === 'axis' ? <AxisLine {...props} /> : <ExplanationLine item={item} />}
    </div>
  );
}
