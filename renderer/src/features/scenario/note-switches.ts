import { noteSwitch, switchesOf } from '../../../../shared/contracts/scenario.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { useSession } from '../../document/session.ts';
import { useWorkspace } from '../../document/workspace.ts';
import { spentMs, useClocks } from './clock-store.ts';

/** The mode in which a document of a task was looked at last: the whiteboard, with which it begins, or the last one noted. */
export function lastMode(design: Design | undefined): string {
  return (design && switchesOf(design.settings).at(-1)?.mode) ?? 'whiteboard';
}

/**
 * Note changes of the mode in the document whose clock runs, until the returned function is called. Taking back a step of the
 * drawing does not take them back.
 */
export function noteSwitches(): () => void {
  return useSession.subscribe(({ mode }, before) => {
    const { activeId, commit, documents } = useWorkspace.getState();
    const clock = activeId === null ? undefined : useClocks.getState().clocks[activeId];
    if (mode === before.mode || clock === undefined || clock.since === null || mode === lastMode(documents[activeId ?? '']?.design)) return;
    const minute = Math.floor(spentMs(clock, Date.now()) / 60_000);
    commit('Note the mode', (draft) => noteSwitch(draft.settings, { minute, mode }), 'never');
  });
}
