import type { Delta } from '../workers/engine-calls.ts';

/** Which way a delta's number goes. */
export function deltaDirection({ before, after }: Delta): 'up' | 'down' | 'same' {
  if (before === null || after === null || before === after) return 'same';
  return after > before ? 'up' : 'down';
}

/** Whether it is good news; a price that is paid for a gain is neither. */
export function deltaVerdict({ better, kind }: Delta): 'better' | 'worse' | 'neutral' {
  if (better === null || (!better && (kind === 'cost' || kind === 'burden'))) return 'neutral';
  return better ? 'better' : 'worse';
}
