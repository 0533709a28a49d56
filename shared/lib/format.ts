/**
 * Figures as a person reads them: at most three significant ones, a space before %, no locale, and no character
 * that the bundled fonts lack (ui 9 and rule 8). Pure and total: a missing or non-finite number becomes a dash or a word.
 */

/** Stands where there is no figure. */
export const NO_FIGURE = '–';

const SUFFIXES = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Smallest magnitude written in digits. */
const SMALLEST = 1e-4;

/** Powers of ten that are exact, so that a product or a quotient with one is off by half a unit of its last place at most. */
const POWERS = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15] as const;

const powerOf = (exponent: number): number => POWERS[exponent] as number;

/** Where a size between 1e-4 and 1e12 has its first figure: -4 to 11. */
function firstPlace(size: number): number {
  let place = -4;
  if (size >= 1) for (place = 0; size >= powerOf(place + 1); ) place += 1;
  else while (size * powerOf(-place - 1) >= 1) place += 1;
  return place;
}

/** Figures after which the rest of a number is so near to one half that only all of its digits tell which way it rounds. */
const HALF = 1e-9;

function round(value: number, digits: number): number {
  // most figures that are counted are this short already
  if (digits >= 3 && value < 1000 && value >= 0 && Number.isInteger(value)) return value;
  if (value >= SMALLEST && value < 1e12 && digits <= 3) {
    const decimals = digits - 1 - firstPlace(value);
    const figures = decimals >= 0 ? value * powerOf(decimals) : value / powerOf(-decimals);
    const whole = Math.round(figures);
    if (Math.abs(Math.abs(figures - whole) - 0.5) > HALF) return decimals >= 0 ? whole / powerOf(decimals) : whole * powerOf(-decimals);
  }
  const rounded = Number(value.toPrecision(digits));
  return Number.isFinite(rounded) ? rounded : Math.sign(value) * 1e308;
}

/** A rounded number with its decimals, which are few: the first count of them that says the same number is the shortest. Null when they are not. */
function withDecimals(value: number): string | null {
  for (let decimals = 1; decimals <= 6; decimals++) {
    const scale = powerOf(decimals);
    const figures = Math.round(value * scale);
    if (figures / scale !== value) continue;
    const whole = Math.floor(value);
    // a one before the decimals keeps their zeros
    return `${whole}.${String(scale + figures - whole * scale).slice(1)}`;
  }
  return null;
}

function plain(value: number): string {
  if (value >= SMALLEST && value < 1000) {
    const text = Number.isInteger(value) ? String(value) : withDecimals(value);
    if (text !== null) return text;
  }
  const text = String(value);
  if (!text.includes('e')) return text;
  return value < 1 ? value.toFixed(8).replace(/\.?0+$/, '') : text.replace(/e\+?/, ' x 10^');
}

function signed(value: number, text: string): string {
  return value < 0 ? `−${text}` : text;
}

function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

/** A bare number to `digits` significant figures with k, M, G, T from a thousand: 20, 1.9k, 2.02k, 0.6. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return NO_FIGURE;
  const size = round(Math.abs(value), digits);
  if (size === 0) return '0';
  if (size < SMALLEST) return 'about 0';
  for (const [scale, suffix] of SUFFIXES) if (size >= scale) return signed(value, `${plain(round(size / scale, digits))}${suffix}`);
  return signed(value, plain(size));
}

/** A number in full with thousands separated, still at most three significant figures: 1,150. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return NO_FIGURE;
  const size = round(Math.abs(value), 3);
  if (size === 0) return '0';
  if (size < SMALLEST || size >= 1e9) return formatNumber(value);
  return signed(value, size < 1000 ? plain(size) : grouped(plain(size)));
}

/** Rates that are counted in longer times than seconds: from so many a second, seconds of the time, its name. */
const RARE = [
  [0.01, 1, ''],
  [1 / 3600, 3600, 'h'],
  [1e-6, 86400, 'day'],
] as const;

/** The time in which a rate reads well; null for seconds. A hair below one an hour is one an hour. */
function rareScale(perSecond: number): { readonly scale: number; readonly time: string } | null {
  const size = Math.abs(perSecond) * (1 + 1e-9);
  const found = RARE.find(([from]) => size >= from);
  return found === undefined || found[1] === 1 ? null : { scale: found[1], time: found[2] };
}

/** A rate: "1.9k rps", a rare one "1/h" or "2/day", or with another unit "20 writes/s". */
export function formatRate(perSecond: number, unit = 'rps'): string {
  if (!Number.isFinite(perSecond)) return NO_FIGURE;
  const rare = unit === 'rps' ? rareScale(perSecond) : null;
  return rare ? `${formatNumber(perSecond * rare.scale)}/${rare.time}` : `${formatNumber(perSecond)} ${unit}`;
}

/** A load multiple: "4.2x". */
export function formatMultiple(multiple: number): string {
  return Number.isFinite(multiple) ? `${formatNumber(multiple)}x` : NO_FIGURE;
}

/** The dial's multiple, held in 1 to 100, always in three figures so that a readout keeps its width: 1.00x, 10.0x, 100x. */
export function formatFixedMultiple(multiple: number): string {
  return Number.isFinite(multiple) ? `${Math.min(100, Math.max(1, multiple)).toPrecision(3)}x` : NO_FIGURE;
}

const TIMES = [
  [365 * 86400, 2 * 365 * 86400, 'years'],
  [86400, 48 * 3600, 'days'],
  [3600, 7200, 'h'],
  [60, 120, 'min'],
  [1, 1, 's'],
  [1e-3, 1e-4, 'ms'],
  [1e-6, 0, 'µs'],
] as const;

function timeScale(seconds: number): { readonly scale: number; readonly unit: string } {
  const size = round(Math.abs(seconds), 3);
  const found = size === 0 ? undefined : TIMES.find(([, from]) => size >= from);
  return found ? { scale: found[0], unit: found[2] } : { scale: 1e-3, unit: 'ms' };
}

/** Longer than anyone plans for, seconds: the number of years says nothing any more. */
const LONGEST_S = 100 * 365 * 86400;

/** A time given in seconds: "38 ms", "1.3 s", "4.2 min". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_FIGURE;
  if (Math.abs(seconds) > LONGEST_S) return signed(seconds, 'over 100 years');
  const { scale, unit } = timeScale(seconds);
  return `${formatNumber(seconds / scale)} ${unit}`;
}

/** A time given in milliseconds. */
export function formatMs(milliseconds: number): string {
  return formatDuration(milliseconds / 1000);
}

/** Low to high in one unit, chosen by the high end: "30 to 52 ms". Input in seconds. */
export function formatDurationRange(low: number, high: number): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return NO_FIGURE;
  const { scale, unit } = timeScale(high);
  return `${formatNumber(low / scale)} to ${formatNumber(high / scale)} ${unit}`;
}

/** Low to high of any figure: "10 to 20", with `unit` after it. */
export function formatRange(low: number, high: number, unit = ''): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return NO_FIGURE;
  return `${formatNumber(low)} to ${formatNumber(high)}${unit === '' ? '' : ` ${unit}`}`;
}

/** A share given as a fraction, three figures: 0.354 is "35.4 %". */
export function formatPercent(fraction: number): string {
  return Number.isFinite(fraction) ? `${formatCount(fraction * 100)} %` : NO_FIGURE;
}

/** Utilisation as the canvas shows it: whole percent, "62 %", "108 %"; below one percent one figure. */
export function formatUtilisation(fraction: number): string {
  if (!Number.isFinite(fraction)) return NO_FIGURE;
  const percent = fraction * 100;
  const shown = Math.abs(percent) < 0.95 ? round(percent, 1) : Math.round(percent);
  return `${Math.abs(shown) < 0.1 && shown !== 0 ? 'under 0.1' : formatCount(shown)} %`;
}

/** Decimals of a percentage that keep two significant figures of what is missing to 100. */
function availabilityDecimals(missingPercent: number): number {
  return Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(round(missingPercent, 2)))));
}

/**
 * A missing percentage to two significant figures and nine decimals, never less than it is; what lies below the noise of
 * arithmetic is nothing.
 */
function roundedUp(missingPercent: number): number {
  if (missingPercent < 1e-11) return 0;
  const step = Math.max(1e-9, 10 ** (Math.floor(Math.log10(missingPercent)) - 1));
  return Math.min(100, Math.ceil(missingPercent / step - 1e-6) * step);
}

/** Availability to two significant figures of the unavailability, cut off, never rounded up: 0.9946 is "99.46 %", 0.99445 is "99.44 %". */
export function formatAvailability(fraction: number): string {
  if (!Number.isFinite(fraction)) return NO_FIGURE;
  const clamped = Math.min(1, Math.max(0, fraction));
  const missing = roundedUp((1 - clamped) * 100);
  if (missing === 0) return '100 %';
  const text = (100 - missing).toFixed(availabilityDecimals(missing));
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} %`;
}

/** Nines of an availability: 0.999 is "3 nines". */
export function formatNines(fraction: number): string {
  if (!Number.isFinite(fraction)) return NO_FIGURE;
  if (fraction >= 1) return 'no limit';
  return `${formatNumber(-Math.log10(1 - Math.max(0, fraction)), 2)} nines`;
}

/** Dollars: "$74", "$1,150", "$0.42", "$1.2M". */
export function formatMoney(usd: number): string {
  if (!Number.isFinite(usd)) return NO_FIGURE;
  const size = Math.abs(usd);
  if (size >= 999_500) return signed(usd, `$${formatNumber(size).replace('G', 'B')}`);
  if (size >= 9.995) return signed(Math.round(usd), `$${formatCount(Math.round(size))}`);
  if (size < 0.005) return size < SMALLEST ? '$0' : signed(usd, `$${plain(round(size, 2))}`);
  const text = size.toFixed(2).replace(/\.00$/, '');
  return signed(usd, `$${text}`);
}

/** Dollars a month: "$74/month". */
export function formatMonthly(usd: number): string {
  return Number.isFinite(usd) ? `${formatMoney(usd)}/month` : NO_FIGURE;
}

/** A change with its sign always written: "+$74/month", "−2 ms", "0". `format` writes the size. */
export function formatDelta(change: number, format: (size: number) => string = formatNumber): string {
  if (!Number.isFinite(change)) return NO_FIGURE;
  const text = format(Math.abs(change));
  return change === 0 ? text : `${change < 0 ? '−' : '+'}${text}`;
}

const SIZES = [
  [1e15, 'PB'],
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'KB'],
] as const;

/** A size given in bytes, decimal prefixes: "1.5 GB". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_FIGURE;
  const size = round(Math.abs(bytes), 3);
  const found = SIZES.find(([scale]) => size >= scale);
  return found ? `${formatNumber(bytes / found[0])} ${found[1]}` : `${formatNumber(bytes)} B`;
}

/** A result as the evaluation gives it: a number, or null with the state that says why there is none. */
interface Stated {
  readonly value: number | null;
  readonly state: string;
}

/** A result with its state: the figure, or the word or dash that stands for it (semantics 1.2). */
export function formatQuantity(quantity: Stated, format: (value: number) => string = formatNumber): string {
  if (quantity.value !== null) return format(quantity.value);
  if (quantity.state === 'saturated') return 'Saturated';
  if (quantity.state === 'unbounded') return 'no limit';
  return NO_FIGURE;
}

const SPOKEN = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
] as const;

/** A rate as a screen reader should say it: "5.25 thousand requests per second". */
export function speakRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return 'unknown rate';
  const size = round(Math.abs(perSecond), 3);
  const found = SPOKEN.find(([scale]) => size >= scale);
  const rare = found ? null : rareScale(perSecond);
  if (rare) {
    const count = formatNumber(Math.abs(perSecond) * rare.scale);
    return `${count} ${count === '1' ? 'request' : 'requests'} per ${rare.time === 'h' ? 'hour' : rare.time}`;
  }
  return `${found ? `${plain(round(size / found[0], 3))} ${found[1]}` : formatNumber(size)} requests per second`;
}
