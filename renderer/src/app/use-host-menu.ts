import { useEffect } from 'react';
import type { HostApi } from '../../../shared/ipc/host-api.ts';
import { commandLabel, commands, disabledReason, runCommand } from '../document/commands/index.ts';
import { menuDescription } from '../document/commands/menu.ts';
import { useSession } from '../document/session.ts';
import { useWorkspace } from '../document/workspace.ts';
import { useEvaluation } from '../evaluation/evaluation-store.ts';

/** Sends the menu whenever it reads differently, at most once a frame. Returns how to stop. */
function keepMenu(host: HostApi): () => void {
  let sent = '';
  let frame = 0;
  const send = (): void => {
    frame = 0;
    const menu = menuDescription(commands, { label: commandLabel, disabledReason }, host.info.platform === 'darwin');
    const text = JSON.stringify(menu);
    if (text === sent) return;
    sent = text;
    void host.setMenu(menu);
  };
  const schedule = (): void => {
    if (frame === 0) frame = requestAnimationFrame(send);
  };
  schedule();
  const stops = [useWorkspace.subscribe(schedule), useSession.subscribe(schedule), useEvaluation.subscribe(schedule)];
  return () => {
    cancelAnimationFrame(frame);
    for (const stop of stops) stop();
  };
}

/** Keep the window's menu bar in step with the registry, and run what is chosen there. A browser has no menu bar. */
export function useHostMenu(host: HostApi): void {
  useEffect(() => (host.info.skin === 'desktop' ? keepMenu(host) : undefined), [host]);
  useEffect(() => host.onMenuCommand(runCommand), [host]);
}
