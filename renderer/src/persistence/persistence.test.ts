import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onStorageTrouble, withDatabase } from './database.ts';
import { readSettings } from './settings.ts';
import { storageMessage } from './storage-message.ts';
import { createThrottle } from './throttle.ts';

describe('createThrottle', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs within one interval even when it is asked without a pause', async () => {
    const run = vi.fn(async () => undefined);
    const throttle = createThrottle(250, run);
    for (let time = 0; time < 1000; time += 10) {
      throttle.ask();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(run.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(run.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('flushes what waits, at once and only then, and runs one after the other', async () => {
    let under = 0;
    let most = 0;
    const run = vi.fn(async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 100));
      under -= 1;
    });
    const throttle = createThrottle(250, run);
    await throttle.flush();
    expect(run).toHaveBeenCalledTimes(0);
    throttle.ask();
    const first = throttle.flush();
    throttle.ask();
    const second = throttle.flush();
    await vi.advanceTimersByTimeAsync(300);
    await Promise.all([first, second]);
    expect(run).toHaveBeenCalledTimes(2);
    expect(most).toBe(1);
  });
});

describe('storage failures', () => {
  it('are told by what they mean, also when wrapped', () => {
    const full = Object.assign(new Error('x'), { name: 'QuotaExceededError' });
    expect(storageMessage(full)).toContain('is full');
    expect(storageMessage(Object.assign(new Error('x'), { name: 'AbortError', inner: full }))).toBe(storageMessage(full));
    for (const odd of [undefined, 'text', new Error('Internal error opening backing store'), { name: 'toString' }]) expect(storageMessage(odd)).toContain('does not answer');
  });

  it('come back as their sentence and are told once until something works', async () => {
    const told: string[] = [];
    onStorageTrouble((message) => told.push(message));
    const fail = () => withDatabase(() => Promise.reject(Object.assign(new Error('x'), { name: 'QuotaExceededError' })));
    expect(await fail()).toMatchObject({ ok: false });
    await fail();
    expect(told).toHaveLength(1);
    expect(await withDatabase(async () => 7)).toEqual({ ok: true, value: 7 });
    await fail();
    expect(told).toHaveLength(2);
  });
});

describe('readSettings', () => {
  it('takes what fits its schema and leaves the rest out', () => {
    const rows = [
      { key: 'theme', value: 'dark' },
      { key: 'minimap', value: false },
      { key: 'recentCommands', value: ['edit.undo'] },
      { key: 'recentParts', value: [7] },
      { key: 'panels', value: {} },
      { key: 'constructor', value: true },
      { key: 'set', value: 'evil' },
    ];
    expect(readSettings(rows)).toEqual({ theme: 'dark', minimap: false, recentCommands: ['edit.undo'] });
    expect(readSettings([{ key: 'theme', value: 'pink' }])).toEqual({});
  });
});
