import type { Axis, Explanations } from '../../../shared/contracts/evaluation.ts';

/** The trees that are known, by axis. After an edit they are of the answer before it until the new ones come. */
export type ShownExplanations = Readonly<Partial<Explanations>>;

/** No tree at all, always the same object. */
export const NO_EXPLANATIONS: ShownExplanations = {};

/** Which trees somebody looks at, and which of those are known for the answer that is shown. */
export class ExplanationWishes {
  #wanted: readonly Axis[] = [];
  #shown = NO_EXPLANATIONS;
  /** Axes whose tree is of the answer that is shown. */
  #fresh: ReadonlySet<Axis> = new Set();

  /** The axes that are looked at from now on. */
  want(axes: readonly Axis[]): void {
    this.#wanted = axes;
  }

  /** What is still to be asked for. */
  get missing(): readonly Axis[] {
    return this.#wanted.filter((axis) => !this.#fresh.has(axis));
  }

  /** Another answer is shown: trees that are looked at stay until theirs come, the others are forgotten. */
  outdate(): ShownExplanations {
    this.#fresh = new Set();
    const kept = this.#wanted.flatMap((axis) => {
      const tree = this.#shown[axis];
      return tree === undefined ? [] : [[axis, tree] as const];
    });
    return (this.#shown = kept.length === 0 ? NO_EXPLANATIONS : Object.fromEntries(kept));
  }

  /** Trees of the answer that is shown have come. */
  take(trees: ShownExplanations): ShownExplanations {
    this.#fresh = new Set([...this.#fresh, ...(Object.keys(trees) as Axis[])]);
    return (this.#shown = { ...this.#shown, ...trees });
  }

  /** Another document is shown. */
  forget(): ShownExplanations {
    this.#fresh = new Set();
    return (this.#shown = NO_EXPLANATIONS);
  }
}
