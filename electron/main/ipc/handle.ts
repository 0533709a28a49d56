import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { requestSchemas, type RequestArgs, type RequestChannel, type RequestResults } from '../../../shared/ipc/channels.ts';
import { isPageUrl } from '../protocol.ts';

/** The parts of a sender that decide whether it is the page's main frame. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>;

/** Only the main frame of the page itself may ask. A frame that is gone, nested or from elsewhere may not. */
export function isTrustedSender(event: Sender): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame !== undefined && frame.parent === null && isPageUrl(frame.url);
}

/** Registers the handler of one channel. */
export type Handle = <C extends RequestChannel>(
  channel: C,
  handler: (...args: RequestArgs<C>) => Promise<RequestResults[C]> | RequestResults[C],
) => void;

/**
 * The only way a handler is registered: it checks the sender and the arguments' schema before the handler runs.
 * `registered` lists what was registered, so that a test can hold it against the channel map.
 */
export function createHandle(ipc: Pick<IpcMain, 'handle'>): { readonly handle: Handle; readonly registered: ReadonlySet<RequestChannel> } {
  const registered = new Set<RequestChannel>();
  const handle: Handle = (channel, handler) => {
    registered.add(channel);
    ipc.handle(channel, async (event, ...args: unknown[]) => {
      if (!isTrustedSender(event)) throw new Error(`${channel}: refused sender`);
      const parsed = requestSchemas[channel].safeParse(args);
      if (!parsed.success) throw new Error(`${channel}: refused arguments`);
      return handler(...(parsed.data as RequestArgs<typeof channel>));
    });
  };
  return { handle, registered };
}
