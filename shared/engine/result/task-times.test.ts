import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { sketch } from '../../../catalog/rules/common/examples.ts';
import { evaluate } from '../evaluate.ts';

/** Two kinds of task for one worker: 1 s of mails from one service, clips of another, and a service that names no kind. */
function drawn(kinds: { readonly mails: string; readonly clips: string }): ReturnType<typeof sketch> {
  const journey = (entry: string, rate_rps: number, io_ms: number) => ({ rate_rps, entry: `users>${entry}`, op: 'write', demands: { worker: { cpu_ms: 0, io_ms } } }) as const;
  return sketch({
    nodes: { users: 'client', mails: 'service', clips: 'service', other: 'service', tasks: 'rabbitmq', worker: ['celery-worker', { instances: 100 }] },
    edges: ['users>mails', 'users>clips', 'users>other', ['mails>tasks', { task_class: kinds.mails }], ['clips>tasks', { task_class: kinds.clips }], 'other>tasks', 'tasks>worker'],
    journeys: { mail: journey('mails', 10, 1000), short: journey('clips', 3, 20_000), long: journey('clips', 1, 60_000), rest: journey('other', 1, 5000) },
  });
}

describe('work on the messages of a producer', () => {
  it('is the mean over the journeys that it publishes in', () => {
    const { edges } = evaluate(drawn({ mails: 'mail', clips: 'clip' }), catalog);
    expect(edges['mails>tasks']?.evidence['task_s']).toBeCloseTo(1, 9);
    expect(edges['clips>tasks']?.evidence['task_s']).toBeCloseTo((3 * 20 + 60) / 4, 9);
    expect(edges['other>tasks']?.evidence).not.toHaveProperty('task_s');
  });

  it('is left out where all are of one kind', () => {
    const { edges } = evaluate(drawn({ mails: 'mail', clips: 'mail' }), catalog);
    expect(edges['mails>tasks']?.evidence).not.toHaveProperty('task_s');
  });
});
