import { expect, test } from 'vitest';
import { edgeParamsSchema } from '../contracts/edge-params.ts';
import { entityParams } from '../contracts/document-params.ts';
import { resolveParams } from '../contracts/params.ts';
import type { Params } from '../model/design.ts';
import { resolve } from './resolve.ts';

const STORED: readonly Params[] = [
  {}, { calls: 3 }, { calls: { low: 1, likely: 2, high: 4 } }, { calls: -1, retries: 2.5, mode: 'never' }, { op: 'read', timeout_ms: null, geo_weights: [1, 2] }, { unknown: 7 }, { calls: 3 }, {},
];

test('is what the contracts say, whatever was resolved before', () => {
  for (const schema of [edgeParamsSchema, entityParams]) {
    for (const stored of STORED) {
      const { values, invalid, stated } = resolve(schema, stored);
      const expected = resolveParams(schema, stored);
      expect(values).toEqual(expected.values);
      expect(invalid).toEqual(expected.invalid);
      for (const key of Object.keys(schema.shape)) expect(stated(key)).toBe(expected.stated(key));
    }
  }
});

test('objects that state nothing share their values', () => {
  expect(resolve(edgeParamsSchema, {}).values).toBe(resolve(edgeParamsSchema, { unknown: 1 }).values);
  expect(resolve(edgeParamsSchema, { calls: 2 }).values).not.toBe(resolve(edgeParamsSchema, {}).values);
});
