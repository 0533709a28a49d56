import { clampMultiple } from './load-scale.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';

const SCALES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };
const ENTRY = /^([\d.,]+)\s*([kmg]?)\s*(x|×|times|rps|req\/s|r\/s|\/s)?$/i;

function figure(text: string): number {
  const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text);
  return Number(grouped ? text.replaceAll(',', '') : text.replace(',', '.'));
}

/** A rate in requests per second: "2000", "2k", "10k rps". */
export function parseRate(text: string): Result<number, string> {
  const [, digits = '', scale = '', unit = ''] = ENTRY.exec(text.trim()) ?? [];
  const value = figure(digits) * (SCALES[scale.toLowerCase()] ?? Number.NaN);
  if (digits === '' || /x|×|times/i.test(unit) || !Number.isFinite(value) || value <= 0) return err('Type a rate such as 2000 or 2k.');
  return ok(value);
}

/** A multiple of the load at 1x: "4.2", "4.2x", "10k rps" (`baseRps` is the rate at 1x). Held in the dial's range. */
export function parseMultiple(text: string, baseRps: number): Result<number, string> {
  const refused = err('Type a multiple such as 4.2x, or a rate such as 10k rps.');
  const [, digits = '', scale = '', unit = ''] = ENTRY.exec(text.trim()) ?? [];
  const value = figure(digits) * (SCALES[scale.toLowerCase()] ?? Number.NaN);
  if (digits === '' || !Number.isFinite(value) || value <= 0) return refused;
  const isRate = scale !== '' || /rps|req|r\/s|\/s/i.test(unit);
  if (!isRate) return ok(clampMultiple(value));
  return /x|×|times/i.test(unit) || baseRps <= 0 ? refused : ok(clampMultiple(value / baseRps));
}
