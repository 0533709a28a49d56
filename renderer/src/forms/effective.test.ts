import { expect, it } from 'vitest';
import { componentOf } from '../../../catalog/index.ts';
import { effectiveReason, effectiveValues } from './effective.ts';
import { originOf } from './provenance.ts';

const monolith = componentOf('monolith');

it('says what an unset parameter takes, why, and what a reset returns to', () => {
  const workers = monolith?.fields.find(({ key }) => key === 'workers');
  if (!monolith || !workers) throw new Error('The catalogue has no monolith with workers');
  const unset = effectiveValues(monolith, { vcpu: 2 }).get('workers');
  expect(unset && effectiveReason(workers, unset)).toBe('5 = 2 x vCPUs + 1');
  expect(originOf(workers, undefined, unset)).toMatchObject({ letter: 'V', reason: '5 = 2 x vCPUs + 1', reset: null });
  const stated = effectiveValues(monolith, { vcpu: 4, workers: 3 }).get('workers');
  expect(originOf(workers, 3, stated)).toMatchObject({ letter: 'U', reason: null, reset: 'Reset to 9 = 2 x vCPUs + 1' });
});
