import { describe, expect, it } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { knownSources } from '../../catalog/sources/known.ts';
import { readSources } from '../../catalog/sources/read.ts';
import { describeParams } from '../../shared/contracts/params.ts';
import { erasedEdgeSchema } from '../../shared/contracts/edge-params.ts';
import { DOCUMENT_FORMS, PATH_FORMS } from '../../shared/contracts/document-params.ts';
import { AXES } from '../../shared/contracts/evaluation.ts';

describe('bibliography', () => {
  it('has one entry for each id, with a title', () => {
    const all = [...readSources, ...knownSources];
    expect(catalog.sources.size).toBe(all.length);
    for (const source of all) {
      expect(source.id).toMatch(/^[a-z0-9-]+$/);
      expect(source.title).not.toBe('');
      if (source.url !== undefined) expect(source.url).toMatch(/^https:\/\//);
    }
  });

  it('holds what connections and the document cite', () => {
    for (const schema of [erasedEdgeSchema, ...Object.values(DOCUMENT_FORMS), ...Object.values(PATH_FORMS)]) {
      for (const field of describeParams(schema)) {
        if (['V', 'M', 'D'].includes(field.provenance)) expect(field.source, field.key).toBeDefined();
        if (field.source !== undefined) expect(catalog.sources.has(field.source), field.source).toBe(true);
      }
    }
  });
});

describe('price book', () => {
  const prices = Object.entries(catalog.priceBook.prices);

  it('is dated and cites a source for each price', () => {
    expect(catalog.priceBook.date).toMatch(/^\d{4}-\d{2}$/);
    expect(prices.length).toBeGreaterThan(50);
    for (const [key, price] of prices) expect(catalog.sources.has(price.source), key).toBe(true);
  });

  it('keeps tiers in order, the first at the listed price and the last open', () => {
    for (const [key, { usd, tiers }] of prices) {
      if (tiers === undefined) continue;
      expect(tiers[0]?.usd, key).toBe(usd);
      expect(tiers.at(-1)?.up_to, key).toBeNull();
      const limits = tiers.slice(0, -1).map((tier) => tier.up_to ?? Number.NaN);
      expect(limits, key).toEqual([...limits].sort((a, b) => a - b));
    }
  });

  it('agrees with itself where one price is derived from another', () => {
    const usd = (key: string): number => catalog.priceBook.prices[key]?.usd ?? Number.NaN;
    expect(usd('mq_vcpu_h') * 2).toBeCloseTo(usd('mq_m5_large_h'), 10);
    expect(usd('mq_m5_large_h') * 2).toBeCloseTo(usd('mq_m5_xlarge_h'), 10);
    expect(usd('rds_vcpu_h') * 2 * 730).toBeCloseTo(124.83, 2);
    expect(usd('ec2_vcpu_h') * 2 * 730).toBeCloseTo(70.08, 2);
  });
});

describe('profiles', () => {
  it('weigh every axis and add up to 1', () => {
    for (const { id, weights } of catalog.profiles) {
      expect(Object.keys(weights).sort(), id).toEqual([...AXES].sort());
      expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
  });
});
