import { expect, test } from 'vitest';
import { InIdOrder } from './in-id-order.ts';

test('finds each of them by its id, and nothing else', () => {
  const ids = ['', 'a', 'a>b', 'a>b#2', 'b', 'constructor', 'é', '日'].sort();
  for (let count = 0; count <= ids.length; count++) {
    const list = ids.slice(0, count).map((id) => ({ id }));
    const found = new InIdOrder(list);
    for (const id of [...ids, 'A', 'a>', 'a>b#', 'zz', '\uffff']) {
      expect(found.get(id)).toBe(list.find((one) => one.id === id));
      expect(found.has(id)).toBe(list.some((one) => one.id === id));
    }
  }
});
