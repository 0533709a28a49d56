import { AXES, type Axis, type Explanation, type Explanations } from '../../../shared/contracts/evaluation.ts';

/** The tree behind a score; `old` when it is of the answer before the one that is shown, while the new tree is on its way. */
export interface ShownExplanation { readonly tree: Explanation; readonly old: boolean }

/** The trees that are known, by axis. */
export type ShownExplanations = Readonly<Partial<Record<Axis, ShownExplanation>>>;

/** No tree at all, always the same object. */
export const NO_EXPLANATIONS: ShownExplanations = {};

/** The trees of the answer that is shown, if all of them are known. */
export function allExplanations(shown: ShownExplanations): Explanations | null {
  const known = AXES.flatMap((axis): (readonly [Axis, Explanation])[] => {
    const { tree, old } = shown[axis] ?? { old: true };
    return tree === undefined || old ? [] : [[axis, tree]];
  });
  return known.length === AXES.length ? (Object.fromEntries(known) as Explanations) : null;
}

/** Which trees somebody looks at, and which of those are known for the answer that is shown. */
export class ExplanationWishes {
  #wanted: readonly Axis[] = [];
  #shown = NO_EXPLANATIONS;

  /** The axes that are looked at from now on. */
  want(axes: readonly Axis[]): void {
    this.#wanted = axes;
  }

  /** What is still to be asked for. */
  get missing(): readonly Axis[] {
    return this.#wanted.filter((axis) => this.#shown[axis]?.old !== false);
  }

  /** Another answer is shown: trees that are looked at stay until theirs come, the others are forgotten. */
  outdate(): ShownExplanations {
    const kept = this.#wanted.flatMap((axis): (readonly [Axis, ShownExplanation])[] => {
      const known = this.#shown[axis];
      return known === undefined ? [] : [[axis, { tree: known.tree, old: true }]];
    });
    return (this.#shown = kept.length === 0 ? NO_EXPLANATIONS : Object.fromEntries(kept));
  }

  /** Trees of the answer that is shown have come. */
  take(trees: Partial<Explanations>): ShownExplanations {
    const come = (Object.entries(trees) as [Axis, Explanation][]).map(([axis, tree]): readonly [Axis, ShownExplanation] => [axis, { tree, old: false }]);
    return (this.#shown = { ...this.#shown, ...Object.fromEntries(come) });
  }

  /** Another document is shown. */
  forget(): ShownExplanations {
    return (this.#shown = NO_EXPLANATIONS);
  }
}
