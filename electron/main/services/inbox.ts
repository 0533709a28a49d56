/** Files the system asked to open, held until the page says that it listens. */
export interface Inbox {
  put(file: string): void;
  /** Deliver what waits and everything later. A page that reloads calls this again. */
  deliverTo(deliver: (file: string) => void): void;
}

/** Make an empty inbox. */
export function createInbox(): Inbox {
  let waiting: string[] = [];
  let deliver: ((file: string) => void) | null = null;
  return {
    put: (file) => {
      if (deliver === null) waiting.push(file);
      else deliver(file);
    },
    deliverTo: (next) => {
      deliver = next;
      const held = waiting;
      waiting = [];
      held.forEach(next);
    },
  };
}
