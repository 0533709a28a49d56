import { memo, type MouseEvent, type ReactElement } from 'react';
import type { FindingMark } from '../../../../shared/drawing/finding-marks.ts';
import { useSession } from '../../document/session.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { GLYPHS } from '../../ui/glyphs.ts';
import { designPx } from '../../ui/interface-size.ts';
import { SeverityMark } from '../../ui/SeverityMark.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import type { OutlineRow } from './outline-tree.ts';
import { ROW_SHAPES, rowFacts, rowFigure } from './row-facts.ts';
import styles from './OutlinePanel.module.css';

interface LineProps {
  readonly row: OutlineRow;
  readonly id: string;
  /** Distance from the top of the tree, px. */
  readonly top: number;
  readonly active: boolean;
  readonly mark: FindingMark | undefined;
  readonly onPress: (event: MouseEvent, row: OutlineRow) => void;
  readonly onFold: (row: OutlineRow) => void;
}

const KIND_WORDS: Readonly<Record<Exclude<OutlineRow['kind'], 'node'>, string>> = { boundary: 'boundary', note: 'note', journey: 'journey' };

/** What a line says besides its name. */
function useFacts(row: OutlineRow): { readonly glyph: string; readonly figure: string; readonly spoken: readonly string[] } {
  const node = useDesign((design) => (row.kind === 'node' ? design.nodes[row.id] : undefined));
  const kind = useDesign((design) => (row.kind === 'boundary' ? design.boundaries[row.id]?.kind : undefined));
  const plain = useSession((state) => state.mode === 'whiteboard');
  const result = useEvaluation((state) => (node && !plain ? state.current?.nodes[node.id] : undefined));
  if (row.kind !== 'node') return { glyph: ROW_SHAPES[row.kind], figure: '', spoken: [kind ?? KIND_WORDS[row.kind]] };
  if (!node) return { glyph: GLYPHS.more, figure: '', spoken: [] };
  const facts = rowFacts(node);
  const { figure, spoken } = rowFigure(facts, result);
  return { glyph: facts.glyph, figure, spoken: [facts.title.toLowerCase(), spoken] };
}

function Line({ row, id, top, active, mark, onPress, onFold }: LineProps): ReactElement {
  const { glyph, figure, spoken } = useFacts(row);
  const selected = useSession((state) => (row.kind === 'journey' ? state.selectedJourney === row.id : state.selection[row.kind].includes(row.id)));
  const findings = mark ? `${mark.count} ${mark.count === 1 ? 'finding' : 'findings'}` : '';
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={selected}
      className={styles.row}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-key={row.key}
      style={{ transform: `translateY(${top}px)`, paddingLeft: designPx(4 + (row.level - 1) * 16) }}
      onClick={(event) => onPress(event, row)}
    >
      <span className={styles.fold} onClick={(event) => { if (row.expandable) { event.stopPropagation(); onFold(row); } }}>
        {row.expandable && <Glyph path={row.expanded ? GLYPHS.chevronDown : GLYPHS.chevronRight} size={16} />}
      </span>
      <Glyph path={glyph} size={20} className={styles.glyph} />
      <span className={styles.words} aria-hidden>
        <span className={styles.name} title={row.name}>{row.name}</span>
        <span className={styles.figure}>{figure}</span>
      </span>
      <VisuallyHidden>{[row.name, ...spoken, findings].filter((part) => part !== '').join(', ')}</VisuallyHidden>
      {mark && <span className={styles.mark}><SeverityMark severity={mark.worst} /></span>}
    </div>
  );
}

/** A line of the outline: glyph, name, figure, shape of the worst finding. Renders again when its own content changes. */
export const OutlineLine = memo(Line);
