/** Stages of a journey to which it may state demands: the place in the drawing that carries one is found by the engine (semantics 13). */

/** First own code on each path, first consumers behind a broker, and reads or writes where the data is at home. */
export type Stage = 'entry' | 'consumer' | 'read' | 'write';

/** Keys of a journey's demands that name a stage instead of a component. No component has one of them as its id. */
export const STAGE_KEYS: Readonly<Record<Stage, string>> = { entry: 'stage:entry', consumer: 'stage:consumer', read: 'stage:read', write: 'stage:write' };

/** A component whose own figures a journey replaces, and the stage for which it gave its own; null where it states them for the component itself. */
export interface AskedPart { readonly node: string; readonly stage: Stage | null }

const KEYS: ReadonlySet<string> = new Set(Object.values(STAGE_KEYS));

/** True for a key of a journey's demands that names a stage. */
export function isStageKey(key: string): boolean {
  return KEYS.has(key);
}

/** Where a stage is, as it stands inside a sentence. */
export const STAGE_PLACES: Readonly<Record<Stage, string>> = { entry: 'in the first service', consumer: 'in the first worker', read: 'for each read where its data lives', write: 'for each write where its data lives' };
