import { useEffect } from 'react';
import { withDatabase } from '../persistence/database.ts';
import { createThrottle } from '../persistence/throttle.ts';
import { panelMemorySchema, usePanelStore } from './panel-store.ts';

/** Key of the setting that holds all panel memories. */
const KEY = 'panels';
const WRITE_EVERY_MS = 500;

async function readMemory(): Promise<void> {
  const row = await withDatabase((database) => database.settings.get(KEY));
  const stored = panelMemorySchema.safeParse(row.ok ? row.value?.value : undefined);
  // what was changed while reading counts more than what was stored
  if (stored.success) usePanelStore.getState().restore({ ...stored.data, ...usePanelStore.getState().memory });
}

function keepMemory(): () => void {
  void readMemory();
  const throttle = createThrottle(WRITE_EVERY_MS, async () => {
    const { memory } = usePanelStore.getState();
    await withDatabase((database) => database.settings.put({ key: KEY, value: memory }));
  });
  const stop = usePanelStore.subscribe(throttle.ask);
  return () => {
    stop();
    void throttle.flush();
  };
}

/** Bring the remembered panels back when the page starts, and remember every change. */
export function usePanelMemory(): void {
  useEffect(keepMemory, []);
}
