/** Finds what stands in the order of ids: a table would be made anew for every drawing, and is asked for few of its thousands of entries. */

/** A list whose members stand in the order of their ids, each of which is there once. */
export class InIdOrder<T extends { readonly id: string }> {
  private readonly list: readonly T[];

  constructor(list: readonly T[]) {
    this.list = list;
  }

  get(id: string): T | undefined {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.list[middle] as T).id < id) low = middle + 1;
      else high = middle;
    }
    const found = this.list[low];
    return found?.id === id ? found : undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }
}
