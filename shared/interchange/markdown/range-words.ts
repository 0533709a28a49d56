import type { FindingOdds, RangesResult, UncertainInput } from '../../contracts/uncertainty.ts';
import { formatUtilisation } from '../../lib/format.ts';
import { roundKnown } from '../../lib/known-digits.ts';
import type { Design } from '../../model/design.ts';
import type { Provenance } from '../../model/quantity.ts';
import { hasRanges } from '../../model/ranges.ts';
import { unitWords } from './param-words.ts';

const FROM: Readonly<Record<Provenance, string>> = { V: 'read in the source', M: 'published', D: 'derived', A: 'assumed', U: 'stated', X: 'measured' };

/** What a reader must know of the ranges of a document: how its results show them, or that they were not computed. Null without any. */
export function rangesNote(design: Design, ranges: RangesResult | null): string | null {
  if (!hasRanges(design)) return null;
  if (ranges === null) return 'Some inputs are ranges. Ranges of the results were not computed: every figure is that of the likely values.';
  const count = ranges.inputs.length === 1 ? 'One input is uncertain' : `${ranges.inputs.length} inputs are uncertain`;
  return `${count}. A result that they move is followed by its tenth and its ninetieth percentile over ${ranges.runs} runs.`;
}

/** Rows of the uncertain inputs: name, low, likely, high, where they come from. */
export function inputRows({ inputs }: RangesResult): readonly (readonly string[])[] {
  return inputs.map(({ label, unit, low, likely, high, provenance }) => [label, ...[low, likely, high].map((value) => unitWords(unit, value)), provenance === null ? 'stated' : FROM[provenance]]);
}

function share(part: number): string {
  return part >= 0.995 && part < 1 ? 'over 99 %' : part > 0 && part < 0.005 ? 'under 1 %' : formatUtilisation(part);
}

function valueWords(value: number, { unit, low, high }: UncertainInput): string {
  return unitWords(unit, roundKnown(value, high - low));
}

/** "Holds in 62 % of runs; Redis hit ratio decides, above 71 % it is gone"; null where it holds in every run. */
export function oddsWords({ holds, flips: [turn], now }: FindingOdds, { inputs }: RangesResult): string | null {
  if (holds === 1) return null;
  const input = inputs.find(({ key }) => key === turn?.input);
  const where = !turn || !input ? '' : turn.value === null ? `towards its ${turn.end} end` : `${turn.end === 'low' ? 'below' : 'above'} ${valueWords(turn.value, input)}`;
  return `Holds in ${share(holds)} of runs${input ? `; ${input.label} decides, ${where} it ${now ? 'is gone' : 'holds'}` : ''}`;
}
