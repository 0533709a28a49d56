/** Contents of caches, key by key: least recently used, most popular or random keys stay; each may expire. */
import type { Kernel } from './kernel.ts';
import { NONE } from './tasks.ts';
import { ZipfSampler } from './zipf-sampler.ts';

/** Keys of one entity in one cache are numbered by popularity; beyond so many they are put together. */
export const MOST_KEYS = 1_000_000;

/** One entity in one cache before it is built. `items` is how many would fit if it had the cache for itself. */
export interface UsePlan {
  readonly cache: number; readonly keys: number; readonly zipfS: number; readonly items: number; readonly ttlS: number | null;
  readonly missing: number; readonly negative: boolean;
  /** Of the most popular policy: how many it keeps. */
  readonly kept: number;
}

/** How a cache chooses what goes. */
export type Eviction = 'lru' | 'lfu' | 'random';

interface Use extends UsePlan { readonly offset: number; readonly count: number; readonly cost: number; readonly sampler: ZipfSampler }

const NO_EXPIRY = Number.MAX_VALUE;

/** One cache: a list of its keys from the most to the least recently used, over typed arrays. */
class Contents {
  readonly eviction: Eviction;
  private readonly next: Int32Array;
  private readonly before: Int32Array;
  private readonly expires: Float64Array;
  private readonly cost: Float64Array;
  private readonly inside: Uint8Array;
  private readonly residents: Int32Array;
  private readonly position: Int32Array;
  private newest = NONE;
  private oldest = NONE;
  private count = 0;
  private full = 0;

  constructor(eviction: Eviction, keys: number) {
    this.eviction = eviction;
    this.next = new Int32Array(keys);
    this.before = new Int32Array(keys);
    this.expires = new Float64Array(keys);
    this.cost = new Float64Array(keys);
    this.inside = new Uint8Array(keys);
    this.residents = new Int32Array(eviction === 'random' ? keys : 0);
    this.position = new Int32Array(eviction === 'random' ? keys : 0);
  }

  private unlink(key: number): void {
    const next = this.next[key] as number;
    const before = this.before[key] as number;
    if (before === NONE) this.newest = next;
    else this.next[before] = next;
    if (next === NONE) this.oldest = before;
    else this.before[next] = before;
  }

  private link(key: number): void {
    this.next[key] = this.newest;
    this.before[key] = NONE;
    if (this.newest === NONE) this.oldest = key;
    else this.before[this.newest] = key;
    this.newest = key;
  }

  has(key: number, now: number): boolean {
    if (this.inside[key] === 0) return false;
    if ((this.expires[key] as number) <= now) {
      this.drop(key);
      return false;
    }
    if (this.eviction === 'lru' && this.newest !== key) {
      this.unlink(key);
      this.link(key);
    }
    return true;
  }

  drop(key: number): void {
    if (this.inside[key] === 0) return;
    this.inside[key] = 0;
    this.full -= this.cost[key] as number;
    this.unlink(key);
    this.count -= 1;
    if (this.eviction !== 'random') return;
    const hole = this.position[key] as number;
    const last = this.residents[this.count] as number;
    this.residents[hole] = last;
    this.position[last] = hole;
  }

  add(key: number, cost: number, expires: number, pick: (count: number) => number): void {
    this.drop(key);
    while (this.full + cost > 1 + 1e-9 && this.count > 0) this.drop(this.eviction === 'random' ? (this.residents[pick(this.count)] as number) : this.oldest);
    if (cost > 1) return;
    this.inside[key] = 1;
    this.expires[key] = expires;
    this.cost[key] = cost;
    this.full += cost;
    this.link(key);
    if (this.eviction === 'random') {
      this.residents[this.count] = key;
      this.position[key] = this.count;
    }
    this.count += 1;
  }
}

/** All caches of a simulation and their uses. */
export class Caches {
  private readonly kernel: Kernel;
  private readonly uses: Use[] = [];
  private readonly sizes: number[] = [];
  private readonly evictions: Eviction[] = [];
  private contents: Contents[] = [];
  /** By use: lookups and hits since `forget`. */
  lookups = new Float64Array(0);
  hits = new Float64Array(0);
  private readonly pick: (count: number) => number;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.pick = (count) => kernel.random.below(count);
  }

  /** Add a cache; returns its number. */
  addCache(eviction: Eviction): number {
    this.evictions.push(eviction);
    this.sizes.push(0);
    return this.evictions.length - 1;
  }

  /** Add an entity to a cache; returns its number. */
  addUse(plan: UsePlan): number {
    const scale = Math.min(1, MOST_KEYS / plan.keys);
    const count = Math.max(1, Math.round(plan.keys * scale));
    const offset = this.sizes[plan.cache] as number;
    this.sizes[plan.cache] = offset + count;
    this.uses.push({ ...plan, offset, count, cost: 1 / Math.max(1e-9, plan.items * scale), kept: plan.kept * scale, sampler: new ZipfSampler(count, plan.zipfS) });
    return this.uses.length - 1;
  }

  /** Call once when all uses are known. */
  seal(): void {
    this.contents = this.evictions.map((eviction, cache) => new Contents(eviction, this.sizes[cache] as number));
    this.lookups = new Float64Array(this.uses.length);
    this.hits = new Float64Array(this.uses.length);
  }

  /** A key that somebody asks for: its rank, or -1 for one that does not exist. */
  draw(use: number): number {
    const { missing, sampler } = this.uses[use] as Use;
    return missing > 0 && this.kernel.random.uniform() < missing ? NONE : sampler.draw(this.kernel.random);
  }

  /** Look a key up. */
  find(use: number, key: number): boolean {
    const { cache, offset, count, negative } = this.uses[use] as Use;
    this.lookups[use] = (this.lookups[use] as number) + 1;
    const hit = key === NONE ? negative : (this.contents[cache] as Contents).has(offset + Math.min(key, count - 1), this.kernel.now);
    if (hit) this.hits[use] = (this.hits[use] as number) + 1;
    return hit;
  }

  /** Keep a key from now on. */
  fill(use: number, key: number, expires = NONE): void {
    const { cache, offset, count, cost, ttlS, kept } = this.uses[use] as Use;
    if (key === NONE) return;
    const contents = this.contents[cache] as Contents;
    const rank = Math.min(key, count - 1);
    if (contents.eviction === 'lfu' && rank >= kept) return;
    contents.add(offset + rank, cost, expires !== NONE ? expires : ttlS === null ? NO_EXPIRY : this.kernel.now + ttlS, this.pick);
  }

  /** Forget a key. */
  drop(use: number, key: number): void {
    const { cache, offset, count } = this.uses[use] as Use;
    if (key !== NONE) (this.contents[cache] as Contents).drop(offset + Math.min(key, count - 1));
  }

  /** Empty a cache, as when its machine is lost. */
  empty(cache: number): void {
    this.contents[cache] = new Contents(this.evictions[cache] as Eviction, this.sizes[cache] as number);
  }

  /** Start counting hits again. */
  forget(): void {
    this.lookups.fill(0);
    this.hits.fill(0);
  }

  /**
   * Fill a use as a steady load leaves it: `readS` and `dropS` are the rates of reads and of deletes of all its keys,
   * `weights` the share of each key. A key is there when its last event was a read, not too long ago and not expired;
   * keys enter in the order in which they were last asked for.
   */
  warm(use: number, readS: number, dropS: number, keptS: number): void {
    const { count, zipfS, ttlS, missing } = this.uses[use] as Use;
    const { random } = this.kernel;
    let harmonic = 0;
    for (let rank = 1; rank <= count; rank++) harmonic += Math.pow(rank, -zipfS);
    const ages = new Float64Array(count).fill(NO_EXPIRY);
    const reads = readS * (1 - missing);
    for (let rank = 0; rank < count; rank++) {
      const share = Math.pow(rank + 1, -zipfS) / harmonic;
      const rate = reads * share;
      const events = rate + dropS * share;
      if (!(events > 0) || random.uniform() >= rate / events) continue;
      const age = random.exponential() / events;
      if (age > keptS || (ttlS !== null && random.uniform() >= (rate * ttlS) / (1 + rate * ttlS))) continue;
      ages[rank] = ttlS === null ? age : Math.min(age, random.uniform() * ttlS);
    }
    const order = Int32Array.from({ length: count }, (_, rank) => rank).filter((rank) => (ages[rank] as number) < NO_EXPIRY).sort((a, b) => (ages[b] as number) - (ages[a] as number) || a - b);
    for (const rank of order) this.fill(use, rank, ttlS === null ? NO_EXPIRY : this.kernel.now + Math.max(1e-9, (ttlS - (ages[rank] as number)) * random.uniform()));
  }
}
