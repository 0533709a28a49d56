import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { PriceBook } from '../../contracts/catalog.ts';
import { evaluate } from '../evaluate.ts';
import { readOwnPrices, withOwnPrices, type OwnPrices } from '../../contracts/own-prices.ts';

const book = catalog.priceBook;
const NAME = { name: 'Contract 7', date: '2027-01' } as const;

function read(value: unknown): OwnPrices {
  const found = readOwnPrices(value, book);
  if ('errors' in found) throw new Error(JSON.stringify(found.errors));
  return found.prices;
}

function usd(prices: PriceBook): number {
  const drawn = design().client('c', { kind: 'internal' }).service('s', { instances: 3, vcpu: 2 }).chain('c', 's').journey('j', { rate_rps: 1, entry: 'c>s' }).build();
  return evaluate(drawn, { ...catalog, priceBook: prices }).cost.usd_month;
}

test('a fifth off everything is a fifth off the total', () => {
  expect(usd(withOwnPrices(book, read({ ...NAME, discounts: { '*': 0.2 } })))).toBeCloseTo(0.8 * usd(book), 9);
  expect(usd(withOwnPrices(book, read(NAME)))).toBe(usd(book));
});

test('an own price is net, beside a discount on the rest, and is marked as the user’s', () => {
  const own = withOwnPrices(book, read({ ...NAME, prices: { ec2_vcpu_h: 0.03 }, discounts: { '*': 0.5, alb_h: 0.1 } }));
  expect(usd(own)).toBeCloseTo(3 * 2 * 730 * 0.03, 6);
  expect(own.prices['ec2_vcpu_h']).toMatchObject({ usd: 0.03, provenance: 'U', source: 'Contract 7' });
  expect(book.prices['ec2_vcpu_h']?.provenance).not.toBe('U');
  expect(own.date).toBe('2027-01');
  expect(own.id).toContain('Contract 7');
});

test('tiers are replaced as a whole, discounted tier by tier', () => {
  const tiered = Object.entries(book.prices).find(([, price]) => price.tiers);
  const [key = '', list] = tiered ?? [];
  expect(withOwnPrices(book, read({ ...NAME, discounts: { [key]: 0.25 } })).prices[key]?.tiers?.map((tier) => tier.usd)).toEqual(list?.tiers?.map((tier) => tier.usd * 0.75));
  expect(withOwnPrices(book, read({ ...NAME, prices: { [key]: 0.01 } })).prices[key]?.tiers).toBeUndefined();
  expect(withOwnPrices(book, read({ ...NAME, prices: { [key]: { usd: 9, tiers: [{ up_to: 10, usd: 2 }, { up_to: null, usd: 1 }] } } })).prices[key]?.usd).toBe(2);
});

test.each([
  ['no name', {}], ['a price that is no number', { ...NAME, prices: { ec2_vcpu_h: '3' } }], ['less than nothing', { ...NAME, prices: { ec2_vcpu_h: -1 } }], ['more than everything off', { ...NAME, discounts: { '*': 1.2 } }],
  ['a key that the list lacks', { ...NAME, prices: { ec2_vcpuh: 1 } }], ['one price for all', { ...NAME, prices: { '*': 1 } }], ['what is not asked for', { ...NAME, surprise: true }], ['a key of every object', { ...NAME, discounts: { constructor: 0.1 } }], ['nothing', null],
])('%s is refused with its place', (_, value) => {
  const found = readOwnPrices(value, book);
  expect('errors' in found && found.errors.length > 0 && found.errors.every(({ message }) => message !== '')).toBe(true);
});
