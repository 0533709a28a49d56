/** From so many on a set finds one sooner than a look through the list. */
const MANY = 16;

/** A list in which each stands once, in the order in which they were added. Mostly it is short, and then there is no set beside it. */
export class Distinct<T> {
  readonly list: T[] = [];
  private known: Set<T> | null = null;

  add(one: T): void {
    if (this.known === null && this.list.length >= MANY) this.known = new Set(this.list);
    if (this.known?.has(one) ?? this.list.includes(one)) return;
    this.known?.add(one);
    this.list.push(one);
  }
}
