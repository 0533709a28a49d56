/**
 * How many digits an interval lets know. The rule is that of the Particle Data Group (Review of Particle Physics,
 * Introduction 5.3): where the three leading digits of the width lie between 100 and 354, two of its digits count, else
 * one; every figure of the interval ends at that place. On top of it stand this program's three significant figures.
 */

/** Leading digits of a width up to which two of them count. */
const TWO_DIGITS_BELOW = 3.55;
/** No figure has more, known or not. */
const MOST = 3;

const exponentOf = (size: number): number => Math.floor(Math.log10(size) + 1e-12);

/** Significant digits, 1 to 3, that a figure may show when it lies in an interval this wide. Without a width all three. */
export function knownDigits(value: number, width: number): number {
  if (!(width > 0) || !Number.isFinite(width) || value === 0) return MOST;
  const exponent = exponentOf(width);
  const place = width / 10 ** exponent < TWO_DIGITS_BELOW ? exponent - 1 : exponent;
  return Math.min(MOST, Math.max(1, exponentOf(Math.abs(value)) - place + 1));
}

/** A figure without the digits that nobody knows: never nothing of what is more than nothing. */
export function roundKnown(value: number, width: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(knownDigits(value, width))) : value;
}

/** The same away from zero: of what is missing to a promise never less is said than there is. */
export function roundKnownUp(value: number, width: number): number {
  if (!(value > 0)) return value;
  const step = 10 ** (exponentOf(value) - knownDigits(value, width) + 1);
  return Number((Math.ceil(value / step - 1e-6) * step).toPrecision(MOST));
}
