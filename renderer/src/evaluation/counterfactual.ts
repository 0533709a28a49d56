/** What a gesture would change, asked while the hand rests: never in its way, and nothing is made by asking. */
import { create } from 'zustand';
import { formatDelta, formatMonthly } from '../../../shared/lib/format.ts';
import type { Design } from '../../../shared/model/design.ts';
import { useSession } from '../document/session.ts';
import { activeDocument } from '../document/workspace.ts';
import { useEvaluation } from './evaluation-store.ts';
import { localDay } from './local-day.ts';
import { hasWorkload } from './load-scale.ts';
import { sameValue } from './preview-changes.ts';
import { createWhatIfClient, type Delta, type WhatIf, type WhatIfClient } from './what-if.ts';

/** Milliseconds that the hand must rest before it is asked. */
export const REST_MS = 150;
/** A hand that rests trembles: px that count as no move. */
const STILL_PX = 4;
/** Lines of a caption. */
const LINES = 3;

/** What is said about a gesture, where the hand is: on the canvas in its own coordinates, beside a field in those of the window; px. */
export interface Counterfactual { readonly where: 'canvas' | 'panel'; readonly x: number; readonly y: number; readonly lines: readonly string[] }

/** A hand that holds something. */
export interface Hand {
  readonly where: Counterfactual['where'];
  readonly x: number;
  readonly y: number;
  /** What it is compared with; the drawing as it is when left out. */
  readonly before?: Design;
  /** The drawing as it would be; asked when the hand rests. Null when nothing would change. */
  readonly change: () => Design | null;
}

/** What a reader turns on: dollars, then what the system does. Scores and burden stand in their panels. */
const TELLING: readonly Delta['kind'][] = ['cost', 'availability', 'findings', 'latency', 'headroom'];

/** The lines of a caption, the most telling first; none for a change that is not worth naming. */
export function tellingLines(deltas: readonly Delta[]): readonly string[] {
  return TELLING.flatMap((kind) => deltas.filter((delta) => delta.kind === kind).map(({ text }) => text)).slice(0, LINES);
}

/** A month's dollars that are worth a line. */
const WORTH_USD = 0.5;

/** What a part that nothing reaches yet would add to the bill; nothing where a price is told already. */
function priceApart({ before, after, deltas }: Pick<WhatIf, 'before' | 'after' | 'deltas'>): readonly string[] {
  const more = after.cost.not_connected_usd_month - before.cost.not_connected_usd_month;
  return more < WORTH_USD || deltas.some(({ kind }) => kind === 'cost') ? [] : [`${formatDelta(more, formatMonthly)} once connected`];
}

/** The caption of a change. */
export function captionLines(change: Pick<WhatIf, 'before' | 'after' | 'deltas'>): readonly string[] {
  return [...priceApart(change), ...tellingLines(change.deltas)].slice(0, LINES);
}

const NO_MEANING: ReadonlySet<string> = new Set(['layout', 'notes', 'name']);

/** Whether two states of a drawing evaluate alike, wherever their boxes stand. */
export function sameMeaning(a: Design, b: Design): boolean {
  return (Object.keys(a) as (keyof Design)[]).every((key) => NO_MEANING.has(key) || sameValue(a[key], b[key]));
}

/** What the question is about. */
interface Question { readonly before: Design; readonly after: Design; readonly multiple: number; lines: readonly string[] | null }

/** What the gesture is weighed on; null where no caption belongs. */
export type Ground = () => { readonly design: Design; readonly multiple: number; readonly today: string } | null;

/** Watches a hand: after each rest it asks, and it shows the answer while the hand still rests there. */
export interface Considering {
  consider(hand: Hand): void;
  /** The hand let go. */
  forget(): void;
}

/** Watch hands. `show` gets what is to be read at the pointer, or null. */
export function createConsidering(client: Pick<WhatIfClient, 'compare' | 'cancel'>, ground: Ground, show: (shown: Counterfactual | null) => void): Considering {
  let hand: Hand | null = null;
  let question: Question | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let rests = false;

  const reveal = (): void => {
    if (hand && rests && question?.lines && question.lines.length > 0) show({ where: hand.where, x: hand.x, y: hand.y, lines: question.lines });
  };
  const rested = (): void => {
    const base = ground();
    if (!hand || !base) return;
    rests = true;
    const before = hand.before ?? base.design;
    const after = hand.change();
    if (!after || sameMeaning(before, after)) return;
    if (question && question.before === before && question.multiple === base.multiple && sameMeaning(question.after, after)) return reveal();
    const asked: Question = { before, after, multiple: base.multiple, lines: null };
    question = asked;
    client.compare({ ...base, design: before }, after, (result) => {
      if (question !== asked) return;
      asked.lines = result.ok ? captionLines(result.value) : [];
      reveal();
    });
  };
  return {
    consider: (next) => {
      const still = hand !== null && hand.where === next.where && Math.hypot(next.x - hand.x, next.y - hand.y) < STILL_PX;
      if (still && hand) {
        hand = { ...next, x: hand.x, y: hand.y };
        return;
      }
      hand = next;
      rests = false;
      show(null);
      clearTimeout(resting);
      resting = setTimeout(rested, REST_MS);
    },
    forget: () => {
      if (!hand && !question) return;
      clearTimeout(resting);
      hand = null;
      question = null;
      rests = false;
      client.cancel();
      show(null);
    },
  };
}

/** What is read at the pointer now, or null. */
export const useCounterfactual = create<{ readonly shown: Counterfactual | null }>()(() => ({ shown: null }));

/** Not on the whiteboard, which has no numbers, and not before there is a load. */
function groundNow(): ReturnType<Ground> {
  const design = activeDocument()?.design;
  if (!design || useSession.getState().mode !== 'evaluate' || !hasWorkload(design)) return null;
  return { design, multiple: useEvaluation.getState().multiple, today: localDay() };
}

const watching = createConsidering(createWhatIfClient(), groundNow, (shown) => {
  if (useCounterfactual.getState().shown !== shown) useCounterfactual.setState({ shown });
});

/** The hand holds something here: say what letting go would change, once it rests. */
export function considerHand(hand: Hand): void {
  watching.consider(hand);
}

/** The hand let go. */
export function forgetHand(): void {
  watching.forget();
}
