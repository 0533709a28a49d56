import type { Arrangement } from '../../../shared/interchange/layout/arrange.ts';
import type { Chosen, Drawing } from '../../../shared/interchange/layout/paper.ts';
import type { Problem, Result } from '../../../shared/lib/result.ts';

/** What the layout worker is told: a drawing, and what of it to lay out (null: everything). */
export interface LayoutOrder {
  readonly id: number;
  readonly drawing: Drawing;
  readonly chosen: Chosen | null;
}

/** What the layout worker says: that it has loaded, and the answer to an order. */
export type LayoutMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly id: number; readonly result: Result<Arrangement, Problem> };
