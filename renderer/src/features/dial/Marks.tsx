import { memo, useId, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { breakKey } from '../../../../shared/contracts/uncertainty.ts';
import { RANGED, ranged } from '../../../../shared/drawing/range-figures.ts';
import { formatMultiple } from '../../../../shared/lib/format.ts';
import { useDesign } from '../../document/workspace.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';
import { clampMultiple, MAX_MULTIPLE, MIN_MULTIPLE, positionOf } from '../../evaluation/load-scale.ts';
import { useRangesAt } from '../../evaluation/ranges-store.ts';
import { RESOURCE_WORDS } from '../../evaluation/resource-words.ts';
import { markAt, MARK_HALF, placeLabel, type Mark } from './dial-layout.ts';
import { designPx } from '../../ui/interface-size.ts';
import styles from './Marks.module.css';
import { useWidth, wordsWidth } from './use-width.ts';

/** Which mark is pointed at or focused, and how. */
interface Pointed {
  readonly index: number;
  readonly focused: boolean;
}

type NameOf = (point: BreakPoint) => string;

/** The multiple of a break; where it is uncertain with its ends. */
function useFigure(): (point: BreakPoint) => string {
  const ranges = useRangesAt(useEvaluation((state) => state.multiple));
  return (point) => ranged(ranges?.breaks[breakKey(point)]?.multiple, RANGED.multiple, formatMultiple(point.multiple));
}

function useBreakName(): NameOf {
  const nodes = useDesign((design) => design.nodes);
  return ({ node, resource }) => `${nodes[node]?.name ?? 'a removed part'}, ${RESOURCE_WORDS[resource]}`;
}

/** The words of a mark: every break that it stands for, a multiple that several share once. */
function MarkWords({ mark, nameOf, figureOf }: { readonly mark: Mark; readonly nameOf: NameOf; readonly figureOf: (point: BreakPoint) => string }): ReactNode {
  return mark.breaks.map((point, index) => {
    const figure = figureOf(point);
    const before = mark.breaks[index - 1];
    const shared = before !== undefined && figureOf(before) === figure;
    return (
      <span key={`${point.node} ${point.resource}`}>
        {index > 0 && '; '}
        {!shared && point.multiple < MIN_MULTIPLE && 'breaks at '}
        {!shared && <b>{`${figure} `}</b>}
        {nameOf(point)}
      </span>
    );
  });
}

interface LabelProps {
  /** px of the design from the ruler's left end. */
  readonly x: number;
  readonly width: number;
  /** What the label is measured anew for. */
  readonly text: string;
  readonly children: ReactNode;
}

/** Words in the top lane, out of the way of the bob. Follows the bob without drawing itself anew until it has to move. */
function Label({ x, width, text, children }: LabelProps): ReactElement {
  const own = useRef<HTMLSpanElement>(null);
  const size = useWidth(own, wordsWidth, text);
  const { left, room } = useEvaluation(useShallow(({ multiple }) => placeLabel({ x, size, width, bob: positionOf(multiple) * width })));
  return (
    <span ref={own} className={styles.label} style={{ left: designPx(left), maxWidth: size === 0 ? undefined : designPx(room) }} data-testid="dial-label" aria-hidden="true">
      {children}
    </span>
  );
}

/** Triangles in their lane, the first break filled. */
const Triangles = memo(function Triangles({ marks, width }: { readonly marks: readonly Mark[]; readonly width: number }): ReactElement {
  return (
    <svg className={styles.marks} style={{ width: designPx(width), height: designPx(8) }} viewBox={`0 0 ${width} 8`} aria-hidden="true">
      {marks.map(({ x, breaks }, index) => (
        <g key={x} data-testid="dial-mark" data-first={index === 0 || undefined} transform={`translate(${x} 0)`}>
          <path d={`M${-MARK_HALF + 0.5} .5h${2 * MARK_HALF - 1}L0 7.5z`} />
          {breaks.length > 1 && <text data-own-scale x={MARK_HALF + 2} y={9}>{breaks.length}</text>}
        </g>
      ))}
    </svg>
  );
});

interface MarksProps {
  readonly marks: readonly Mark[];
  /** Width of the ruler, px. */
  readonly width: number;
}

/** Where stations reach 100 %, with the words of the first break, or of the mark that is pointed at or under the bob. */
export function Marks({ marks, width, pointed, onPoint }: MarksProps & { readonly pointed: Pointed | null; readonly onPoint: (pointed: Pointed | null) => void }): ReactElement {
  const nameOf = useBreakName();
  const figureOf = useFigure();
  const under = useEvaluation(({ multiple }) => markAt(marks, multiple));
  const shown = marks[pointed?.index ?? under] ?? marks[0];
  const many = shown !== undefined && (pointed !== null || under >= 0);
  const told = shown === undefined || many ? shown : { ...shown, breaks: [shown.breaks[0]] as const };
  return (
    <>
      <Triangles marks={marks} width={width} />
      {marks.map(({ x }, index) => (
        <span key={x} className={styles.hit} style={{ left: designPx(x) }} aria-hidden="true" onPointerEnter={() => onPoint({ index, focused: false })} onPointerLeave={() => onPoint(null)} />
      ))}
      {width > 0 && told !== undefined && (
        <Label x={told.x} width={width} text={told.breaks.map((point) => `${point.multiple} ${figureOf(point)} ${nameOf(point)}`).join()}>
          <MarkWords mark={told} nameOf={nameOf} figureOf={figureOf} />
          {pointed?.focused === true && '. Enter: set load here'}
        </Label>
      )}
      {width > 0 && marks.length === 0 && (
        <Label x={width} width={width} text="">
          {`holds to ${MAX_MULTIPLE}x`}
        </Label>
      )}
    </>
  );
}

interface MarkListProps {
  readonly id: string;
  readonly marks: readonly Mark[];
  readonly onPoint: (pointed: Pointed | null) => void;
  /** Set the dial to a multiple. */
  readonly onSet: (multiple: number) => void;
}

/** The marks as a list that describes the slider. Its buttons are no stops of the Tab key: on the slider, Shift and the Page keys walk the same places. */
export function MarkList({ id, marks, onPoint, onSet }: MarkListProps): ReactElement {
  const nameOf = useBreakName();
  const hint = useId();
  return (
    <div className={styles.list}>
      <ul id={id} aria-label="Breaks">
        {marks.flatMap(({ breaks }, index) =>
          breaks.map((point) => (
            <li key={`${point.node} ${point.resource}`}>
              <button
                type="button"
                tabIndex={-1}
                aria-describedby={hint}
                onFocus={() => onPoint({ index, focused: true })}
                onBlur={() => onPoint(null)}
                onClick={() => onSet(clampMultiple(point.multiple))}
              >
                {`${formatMultiple(point.multiple).replace('x', ' times')}, ${nameOf(point)}.`}
              </button>
            </li>
          )),
        )}
      </ul>
      <span id={hint}>Enter: set load here</span>
    </div>
  );
}

/** What is pointed at; forgotten when the marks change. */
export function usePointed(marks: readonly Mark[]): readonly [Pointed | null, (pointed: Pointed | null) => void] {
  const [held, setHeld] = useState<{ readonly marks: readonly Mark[]; readonly pointed: Pointed | null }>({ marks, pointed: null });
  return [held.marks === marks ? held.pointed : null, (pointed) => setHeld({ marks, pointed })];
}
