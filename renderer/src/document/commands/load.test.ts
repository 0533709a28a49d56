import { describe, expect, it } from 'vitest';
import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { neighbouringBreak, steppedMultiple } from './load.ts';

const breaks: readonly BreakPoint[] = [4.2, 0.8, 6.8, 140].map((multiple) => ({ node: 'n1', resource: 'cpu', multiple, rps: multiple }));

describe('steppedMultiple', () => {
  it('reaches the ends exactly and comes back to where it was', () => {
    expect(steppedMultiple(1, 100)).toBe(10);
    expect(steppedMultiple(90, 10)).toBe(100);
    expect(steppedMultiple(1.1, -10)).toBe(1);
    expect(steppedMultiple(steppedMultiple(2.6, 10), -10)).toBeCloseTo(2.6, 9);
  });
});

describe('neighbouringBreak', () => {
  it('walks the breaks on the scale and stops at the ends', () => {
    expect(neighbouringBreak(breaks, 1, 1)).toBe(4.2);
    expect(neighbouringBreak(breaks, 4.2, 1)).toBe(6.8);
    expect(neighbouringBreak(breaks, 6.8, 1)).toBeNull();
    expect(neighbouringBreak(breaks, 6.8, -1)).toBe(4.2);
    expect(neighbouringBreak(breaks, 4.2, -1)).toBeNull();
  });
});
