import type { BehaviorContext } from '../../../shared/contracts/behavior.ts';

/** Sentences for the parameters that the document states and that no formula or rule reads: they change no number. */
export function notModelled(context: BehaviorContext, sentences: Readonly<Record<string, string>>): string[] {
  return Object.entries(sentences).filter(([key]) => context.stated(key)).map(([, sentence]) => sentence);
}
