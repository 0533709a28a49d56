/** Sizes that fixes suggest: whole, with at most two figures, so that titles stay readable. */

/** The next whole number up; above 100 the next one with two figures (1 234 becomes 1 300). */
export function roundUp(value: number): number {
  // a hair below the next step is the step itself
  const whole = Math.max(1, Math.ceil(value - 1e-9));
  if (whole <= 100) return whole;
  const step = 10 ** (Math.floor(Math.log10(whole)) - 1);
  return Math.ceil(whole / step) * step;
}

/** Gigabytes rounded up to two figures: 0.2, 1.6, 24. */
export function roundUpGb(value: number): number {
  if (!(value > 0)) return 0.1;
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2));
}

/** A whole number as a title writes it: 2,700. */
export function inTitle(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
