import type { Explanation } from '../../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../../shared/model/design.ts';
import type { Sensitivity } from '../../evaluation/sensitivity.ts';
import { formatIn, pointsChange } from '../../evaluation/explanation-text.ts';
import type { Movers } from './scores-view.ts';
import { unitOf } from './unit-of.ts';

/** A line beneath "What moves this most": a field with its effect, words, or the way to compute it again. */
export interface MoverLine {
  readonly label: string;
  readonly value: string;
  readonly formula: string | null;
  readonly target: Explanation['target'] | null;
  readonly asks: boolean;
}

const words = (label: string, asks = false): MoverLine => ({ label, value: '', formula: null, target: null, asks });

/** A field with its owner: components are named by the engine, connections by their ends here. */
function labelOf(design: Design, { target, label }: Sensitivity): string {
  const edge = target.kind === 'edge' ? design.edges[target.id ?? ''] : undefined;
  if (!edge) return label;
  const end = (id: string): string => design.nodes[id]?.name ?? design.boundaries[id]?.name ?? 'a removed part';
  return `${end(edge.from)} to ${end(edge.to)}: ${label}`;
}

function moverLine(design: Design, mover: Sensitivity): MoverLine {
  const { target, param, value, tried, down, up, effect } = mover;
  const unit = unitOf(design, target, param);
  const tell = (to: number, change: number): string => `${formatIn(unit, to)}: ${pointsChange(change)}`;
  return { label: labelOf(design, mover), value: pointsChange(effect), formula: `now ${formatIn(unit, value)}; ${tell(tried.down, down)}; ${tell(tried.up, up)}`, target: { ...target, param }, asks: false };
}

/** The lines for what is known about an axis; `design` and `multiple` are the present ones. */
export function moverLines(known: Movers | undefined, design: Design, multiple: number): readonly MoverLine[] {
  if (!known) return [words('Computing: each field 10 % down and up')];
  const old = known.design !== design || known.multiple !== multiple;
  if (known.error !== null) return [words(known.error), words('Compute again', true)];
  if (known.found === null) return [words('Computing: each field 10 % down and up')];
  const lines = known.found.length === 0 ? [words('No field moves this score by itself')] : known.found.map((mover) => moverLine(design, mover));
  return old ? [...lines, words('From before the last change. Compute again', true)] : lines;
}
