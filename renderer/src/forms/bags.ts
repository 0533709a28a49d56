import type { ParamField } from '../../../shared/contracts/params.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { Recording } from '../document/history.ts';
import { useWorkspace } from '../document/workspace.ts';
import type { Effective } from './effective.ts';
import type { Change } from './numbers.ts';

/** Several targets store different values. */
export const MIXED = Symbol('mixed');

/** Where the values of a form live: the parameters of one thing or of several, or a part of the document. */
export interface Bag {
  /** What is edited, for the name of the undo step. */
  readonly subject: string;
  /** Number of things edited together. */
  readonly count: number;
  /** Whether a number may be stored as low, likely and high. */
  readonly allowsRange: boolean;
  /** The stored value, undefined where none is set, `MIXED` where they differ. */
  readonly stored: (key: string) => unknown;
  /** Change the stored value of each target as one named edit; undefined removes it. */
  readonly change: (field: ParamField, next: Change, recording?: Recording) => void;
}

/** One row of a form. */
export interface Entry {
  readonly field: ParamField;
  readonly bag: Bag;
  /** Heading under which it stands. */
  readonly section: string;
  /** What counts while nothing is stored. */
  readonly effective?: Effective;
  /** Shows again what stands in a row of its own further down: links go to that one. */
  readonly mirror?: boolean;
  /** Key by which links find the row; the field's own when left out. */
  readonly path?: string;
}

type Values = Record<string, unknown>;

function common(values: readonly unknown[]): unknown {
  const [first, ...rest] = values;
  const text = JSON.stringify(first);
  return rest.every((value) => JSON.stringify(value) === text) ? first : MIXED;
}

/** A label inside a sentence: "Peak rate" becomes "peak rate", "CPU time" stays. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? `${label[0]?.toLowerCase() ?? ''}${label.slice(1)}` : label;
}

/** A bag over parts of the active document. `bagsOf` finds them in the design on show and in the draft alike. */
export function createBag(options: {
  readonly subject: string;
  readonly design: Design;
  readonly bagsOf: (design: Design) => readonly (Values | undefined)[];
  readonly allowsRange: boolean;
}): Bag {
  const { subject, allowsRange, design, bagsOf } = options;
  const shown = bagsOf(design);
  return {
    subject,
    allowsRange,
    count: shown.length,
    stored: (key) => common(shown.map((bag) => bag?.[key])),
    change: (field, next, recording) => {
      useWorkspace.getState().commit(
        `Change ${inSentence(field.label)} of ${subject}`,
        (draft) => {
          for (const bag of bagsOf(draft)) {
            if (!bag) continue;
            const value = next(bag[field.key]);
            if (value === undefined) delete bag[field.key];
            else if (JSON.stringify(value) !== JSON.stringify(bag[field.key])) bag[field.key] = value;
          }
        },
        recording,
      );
    },
  };
}

/** The members of a structured value such as `autoscale`, as a bag of their own. */
export function memberBag(parent: Bag, group: ParamField): Bag {
  const value = parent.stored(group.key);
  const members: Values = typeof value === 'object' && value !== null ? (value as Values) : {};
  return {
    ...parent,
    stored: (key) => (value === MIXED ? MIXED : members[key]),
    change: (field, next, recording) =>
      parent.change(
        { ...field, key: group.key },
        (stored) => {
          const before: Values = typeof stored === 'object' && stored !== null ? (stored as Values) : {};
          const { [field.key]: old, ...rest } = before;
          const changed = next(old);
          return changed === undefined ? rest : { ...rest, [field.key]: changed };
        },
        recording,
      ),
  };
}

/** A bag whose stored values are written in another form than the fields show, such as 2 for the choice "2". */
export function convertBag(bag: Bag, show: (key: string, stored: unknown) => unknown, store: (key: string, shown: unknown) => unknown): Bag {
  return {
    ...bag,
    stored: (key) => {
      const value = bag.stored(key);
      return value === MIXED || value === undefined ? value : show(key, value);
    },
    change: (field, next, recording) => bag.change(field, (stored) => store(field.key, next(stored === undefined ? undefined : show(field.key, stored))), recording),
  };
}
