import { create } from 'zustand';

const MINUTE_MS = 60_000;

/** The time of a task: what was spent before it last went on, and since when it goes, null while it stands. Milliseconds. */
export interface Clock { readonly minutes: number; readonly spentMs: number; readonly since: number | null }

interface Clocks {
  /** By the id of a document; not saved with it, remembered on this machine. */
  readonly clocks: Readonly<Record<string, Clock>>;
  /** When a clock was last looked at. */
  readonly now: number;
  /** Look again. */
  look(): void;
  /** Begin anew, with all its minutes. */
  start(document: string, minutes: number): void;
  pause(document: string): void;
  goOn(document: string): void;
}

/** Milliseconds that have passed of a task. */
export function spentMs({ spentMs: before, since }: Clock, now: number): number {
  return before + (since === null ? 0 : Math.max(0, now - since));
}

function minutesWord(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}

/** What is left, in whole minutes begun: "12 minutes left", "Paused, 1 minute left", "3 minutes over". */
export function clockText(clock: Clock, now: number): string {
  const left = clock.minutes * MINUTE_MS - spentMs(clock, now);
  const text = left > 0 ? `${minutesWord(Math.ceil(left / MINUTE_MS))} left` : left > -MINUTE_MS ? 'Time is up' : `${minutesWord(Math.floor(-left / MINUTE_MS))} over`;
  return clock.since === null ? `Paused, ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

/** Milliseconds until the text of a running clock is another one. */
export function untilChange(clock: Clock, now: number): number {
  return MINUTE_MS - (spentMs(clock, now) % MINUTE_MS);
}

/** Clocks of the tasks that are being worked on. */
export const useClocks = create<Clocks>()((set) => {
  const change = (document: string, next: (clock: Clock) => Clock): void =>
    set(({ clocks }) => {
      const clock = clocks[document];
      return clock === undefined ? {} : { now: Date.now(), clocks: { ...clocks, [document]: next(clock) } };
    });
  return {
    clocks: {},
    now: 0,
    look: () => set({ now: Date.now() }),
    start: (document, minutes) => set(({ clocks }) => ({ now: Date.now(), clocks: { ...clocks, [document]: { minutes, spentMs: 0, since: Date.now() } } })),
    pause: (document) => change(document, (clock) => ({ ...clock, spentMs: spentMs(clock, Date.now()), since: null })),
    goOn: (document) => change(document, (clock) => (clock.since === null ? { ...clock, since: Date.now() } : clock)),
  };
});
