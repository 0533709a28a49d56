import { beforeEach, describe, expect, it } from 'vitest';
import { bookOf, LIST, parsePrices, printPrices } from './own-prices.ts';
import { dropPrices, pricesSaved, setDiscount, setOwnPrice, takePrices, usePrices } from './prices-store.ts';

const own = () => usePrices.getState().prices;

describe('prices of the user’s own', () => {
  beforeEach(dropPrices);

  it('replace the list one by one, come off it by a share, and go back to it', () => {
    setOwnPrice('alb_h', 0.01);
    setDiscount(0.5);
    expect(bookOf(own())['alb_h']).toMatchObject({ usd: 0.01, provenance: 'U' });
    expect(bookOf(own())['alb_lcu_h']?.usd).toBeCloseTo((LIST.prices['alb_lcu_h']?.usd ?? 0) / 2, 12);
    setOwnPrice('alb_h', null);
    setDiscount(0);
    expect(usePrices.getState()).toEqual({ prices: null, file: null, changed: false });
    expect(bookOf(null)).toBe(LIST.prices);
  });

  it('live in a file: what is written is read again, and a change since is known', () => {
    setOwnPrice('alb_h', 0.01);
    pricesSaved('prices.json');
    const read = parsePrices('prices.json', printPrices(own() ?? { name: '', date: '', prices: {}, discounts: {} }));
    expect(read).toEqual({ ok: true, value: own() });
    if (read.ok) takePrices(read.value, 'prices.json');
    expect(usePrices.getState().changed).toBe(false);
    setDiscount(0.1);
    expect(usePrices.getState()).toMatchObject({ file: 'prices.json', changed: true });
  });

  it.each([
    ['{\n  "name": "A",\n  oops', /^prices\.json(, line 3)?: this is not JSON\. Nothing was changed\. Mend the file and load it again\.$/],
    ['{"name":"A","date":"2027-01","prices":{"alb_hour":1}}', /^prices\.json: prices\.alb_hour: The price list has no such price \(perhaps alb_h\)\. Nothing was changed/],
    ['{"date":"2027-01"}', /^prices\.json: name: .+\. Nothing was changed\. Mend the file and load it again\.$/],
    ['{"name":"A","date":"2027-01","prices":{"a":1,"b":1,"c":1,"d":1,"e":1}}', /; and 2 more\. Nothing/],
  ])('%# a bad file says what, where and what to do', (text, sentence) => {
    const read = parsePrices('prices.json', text);
    expect(!read.ok && read.error).toMatch(sentence);
  });
});
