import type { Explanation, Finding } from '../../../shared/contracts/evaluation.ts';
import { valueText } from './explanation-text.ts';

/** How a figure of a finding comes about: "p99 212 ms", its formula in words, and the numbers that go into it. */
export interface FindingFormula {
  readonly label: string;
  readonly value: string;
  readonly formula: string;
  readonly inputs: readonly { readonly label: string; readonly value: string }[];
}

/** Formulas that a card shows. */
const MOST = 3;
/** Inputs of a formula that a card shows; the rest is in the scores. */
const INPUTS = 4;
/** Lines that are looked at before the search ends: a card opens at once even on a large drawing. */
const LOOKED_AT = 20_000;

/** Figures of one finding in the scales in which a tree may hold them: seconds as milliseconds, a share as what is missing. */
function figuresOf({ data }: Finding): readonly number[] {
  return Object.values(data).flatMap((value) => (typeof value === 'number' && value !== 0 && value !== 1 ? [value, value / 1000, value * 1000, 1 - value] : []));
}

const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));

interface Found { readonly line: Explanation; readonly rank: number; readonly order: number }

/** Lines with a formula in the trees of the axes that the finding is about: those with a figure of the finding before those that are only about what it is about. */
function linesOf(finding: Finding, trees: readonly Explanation[]): readonly Found[] {
  const targets = new Set(finding.targets.map(({ kind, id }) => `${kind} ${id}`));
  const figures = figuresOf(finding);
  const found: Found[] = [];
  let looked = 0;
  const search = (line: Explanation, inside: boolean): void => {
    if (++looked > LOOKED_AT) return;
    const about = inside || targets.has(`${line.target?.kind ?? ''} ${line.target?.id ?? ''}`);
    const { value } = line.value;
    if (about && line.formula !== undefined && value !== null) {
      const shown = figures.some((figure) => same(figure, value));
      if (shown || !inside) found.push({ line, rank: shown ? 0 : 1, order: found.length });
    }
    for (const input of line.inputs ?? []) search(input, about);
  };
  for (const tree of trees) search(tree, false);
  return found.sort((a, b) => a.rank - b.rank || a.order - b.order);
}

/** The formulas behind a finding with the numbers put in, from the trees of its axes in their order; none where they hold none. */
export function formulasOf(finding: Finding, trees: readonly Explanation[]): readonly FindingFormula[] {
  const lines = linesOf(finding, trees);
  // what shows the finding's own figure explains it; other lines about the same part only where there is none
  const best = lines.filter(({ rank }) => rank === lines[0]?.rank);
  const seen = new Map(best.map(({ line }) => [`${line.label} ${line.formula ?? ''}`, line]));
  return [...seen.values()].slice(0, MOST).map(({ inputs = [], ...line }) => ({
    label: line.label, value: valueText(line), formula: line.formula ?? '',
    inputs: inputs.map((input) => ({ label: input.label, value: valueText(input) })).filter(({ value }) => value !== '').slice(0, INPUTS),
  }));
}
