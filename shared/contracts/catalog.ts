import type { Design } from '../model/design.ts';
import type { Component } from './component.ts';
import type { Rule } from './rule.ts';

/** One price: USD for one unit, with where it was read. */
export interface Price {
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
  readonly provenance: 'V' | 'M' | 'D' | 'A' | 'U';
  /** Tiers by cumulative monthly quantity; when present `usd` is the first tier's price. */
  readonly tiers?: readonly { readonly up_to: number | null; readonly usd: number }[];
}

/** A dated list of prices; never fetched at run time. */
export interface PriceBook {
  readonly id: string;
  readonly date: string;
  readonly region: string;
  readonly note: string;
  readonly prices: Readonly<Record<string, Price>>;
}

/** An entry of the bibliography. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly author?: string;
  readonly year?: number;
  readonly url?: string;
}

/** Weights of the six axes. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly weights: Readonly<Record<string, number>>;
}

/** A starter design. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly design: Design;
}

/** Everything an expert edits, handed to the engine as an argument. */
export interface Catalog {
  readonly components: ReadonlyMap<string, Component>;
  readonly rules: readonly Rule[];
  readonly priceBook: PriceBook;
  readonly sources: ReadonlyMap<string, Source>;
  readonly profiles: readonly Profile[];
  readonly templates: readonly Template[];
}
