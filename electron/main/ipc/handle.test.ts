import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { requestSchemas, type RequestChannel } from '../../../shared/ipc/channels.ts';
import { createHandle, isTrustedSender, type Sender } from './handle.ts';

vi.mock('electron', () => ({ protocol: {} }));

type Registered = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;

const frame = (url: string, parent: unknown = null): Sender => ({ senderFrame: { url, parent } }) as unknown as Sender;
const page = frame('app://plumbline/index.html') as IpcMainInvokeEvent;

function fakeIpc(): { ipc: Pick<IpcMain, 'handle'>; call: (channel: string, event: Sender, ...args: unknown[]) => Promise<unknown> } {
  const handlers = new Map<string, Registered>();
  return {
    ipc: { handle: (channel, listener) => void handlers.set(channel, listener as Registered) },
    call: (channel, event, ...args) => handlers.get(channel)?.(event as IpcMainInvokeEvent, ...args) ?? Promise.reject(new Error('no handler')),
  };
}

describe('sender validation', () => {
  test('only the main frame of the page itself is trusted', () => {
    expect(isTrustedSender(page)).toBe(true);
    for (const forged of [
      frame('https://plumbline/'),
      frame('app://plumblineevil/'),
      frame('app://evil/plumbline'),
      frame('file:///plumbline'),
      frame('about:blank'),
      frame(''),
      frame('app://plumbline/', { url: 'app://plumbline/' }),
      { senderFrame: null } as Sender,
    ]) {
      expect(isTrustedSender(forged)).toBe(false);
    }
  });

  test('a refused sender or refused arguments never reach the handler', async () => {
    const { ipc, call } = fakeIpc();
    const handler = vi.fn(() => Promise.resolve({ ok: true as const, value: { ref: null, name: '', folder: null } }));
    createHandle(ipc).handle('files:save', handler);
    await expect(call('files:save', frame('https://elsewhere/'), '/x.plumb', 'text')).rejects.toThrow('refused sender');
    await expect(call('files:save', page, '/x.plumb')).rejects.toThrow('refused arguments');
    await expect(call('files:save', page, '/x.plumb', 'text', 'more')).rejects.toThrow('refused arguments');
    expect(handler).not.toHaveBeenCalled();
    await call('files:save', page, '/x.plumb', 'text');
    expect(handler).toHaveBeenCalledWith('/x.plumb', 'text');
  });

  test('every channel survives arbitrary arguments: it refuses them or passes what its schema allows', async () => {
    const { ipc, call } = fakeIpc();
    const { handle } = createHandle(ipc);
    const passed: { channel: RequestChannel; args: unknown[] }[] = [];
    const channels = Object.keys(requestSchemas) as RequestChannel[];
    for (const channel of channels) {
      handle(channel, (...args: unknown[]) => {
        passed.push({ channel, args });
        return undefined as never;
      });
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...channels), fc.array(fc.anything(), { maxLength: 3 }), async (channel, args) => {
        await call(channel, page, ...args).catch((error: Error) => expect(error.message).toBe(`${channel}: refused arguments`));
      }),
      { numRuns: 3000 },
    );
    for (const { channel, args } of passed) expect(requestSchemas[channel].safeParse(args).success).toBe(true);
  });
});
