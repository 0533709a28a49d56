import { expect, it } from 'vitest';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { clampTo, rangeAround, refusalOf, relativeChange, stepSize, stepValue, typedChange } from './numbers.ts';

const field = (change: Partial<ParamField>): ParamField => ({ key: 'x', kind: 'number', label: 'X', group: 'capacity', help: 'Help.', provenance: 'A', default: 5, ...change });
const typing = (change: Partial<ParamField>) => ({ field: field(change), many: false, allowsRange: true, shown: 5 });

it('refuses with a sentence that names the limits in the unit of the field', () => {
  expect(refusalOf(1.2, field({ min: 0, max: 1, unit: 'ratio' }))).toBe('Use a value from 0 % to 100 %.');
  expect(refusalOf(-1, field({ min: 0, unit: 'ms' }))).toBe('Use at least 0 ms.');
  expect(refusalOf(2.5, field({ integer: true }))).toBe('Use a whole number.');
  expect(refusalOf({ low: 1, likely: 2, high: 99 }, field({ max: 10 }))).toBe('Use at most 10.');
  expect(refusalOf(3, field({ min: 0, max: 10, integer: true }))).toBeNull();
});

it('reads relative changes', () => {
  expect([relativeChange('+2')?.(10), relativeChange('*2')?.(10), relativeChange('-10%')?.(10), relativeChange('+50 %')?.(10)]).toEqual([12, 20, 9, 15]);
  expect([relativeChange('2'), relativeChange('/0'), relativeChange('x')]).toEqual([null, null, null]);
});

it('changes each of many by itself, and one absolutely', () => {
  const many = typedChange('+2', { ...typing({}), many: true });
  expect(many.ok && [many.value(1), many.value(undefined)]).toEqual([3, 7]);
  const one = typedChange('+2', typing({}));
  expect(one.ok && one.value(1)).toBe(2);
});

it('resets on empty text, keeps ranges where they are allowed, and rounds a whole likely value', () => {
  const reset = typedChange(' ', typing({}));
  expect(reset.ok && reset.value(3)).toBeUndefined();
  const ranged = typedChange('10..21', typing({ integer: true }));
  expect(ranged.ok && ranged.value(3)).toEqual({ low: 10, likely: 16, high: 21, provenance: 'U' });
  expect(typedChange('10..21', { ...typing({}), allowsRange: false })).toEqual({ ok: false, error: 'This value cannot be a range.' });
});

it('steps by the declared step or by a tenth of the leading place, inside the limits', () => {
  expect([stepSize(250, field({})), stepSize(5, field({ integer: true })), stepSize(0.5, field({ unit: 'ratio' })), stepSize(3, field({ step: 0.5 }))]).toEqual([10, 1, 0.01, 0.5]);
  expect(stepValue(undefined, field({ integer: true }), 1)).toBe(6);
  expect(stepValue(0.3, field({ unit: 'ratio' }), -1)).toBe(0.29);
  expect(stepValue(1, field({ min: 1, integer: true }), -10)).toBe(1);
  expect(stepValue({ low: 1, likely: 2, high: 3 }, field({ integer: true }), 1)).toEqual({ low: 2, likely: 3, high: 4 });
  expect(clampTo(7, field({ max: 5 }))).toBe(5);
  expect(rangeAround(10, field({ max: 11 }))).toEqual({ low: 8, likely: 10, high: 11, provenance: 'U' });
});
