import { describe, expect, test } from 'vitest';
import { EXIT, type Command } from './command.ts';
import { RefusedInput, WrongUsage } from './errors.ts';
import type { CliIo } from './io.ts';
import { run } from './run.ts';

const probe: Command = {
  name: 'probe',
  summary: 'Try what a command can do.',
  usage: 'FILE [--json]',
  details: ['--json  print JSON'],
  options: { json: { type: 'boolean' } },
  run: ({ positionals, values }, io) => {
    const [file] = positionals;
    if (file === undefined) throw new WrongUsage('FILE is missing');
    if (file === 'bad') throw new RefusedInput('bad is not a document.');
    if (file === 'crash') throw new Error('inside');
    io.out(values.json === true ? '{}\n' : 'text\n');
    return file === 'findings' ? EXIT.findings : EXIT.ok;
  },
};

async function plumbline(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const never = (): never => {
    throw new Error('not used here');
  };
  const io: CliIo = { out: (text) => (out += text), err: (text) => (err += text), readText: never, readRelated: never, write: never };
  return { code: await run([probe], argv, io, '1.2.3'), out, err };
}

describe('command line', () => {
  test('exit codes: ok, findings, refused input, wrong usage', async () => {
    expect(await plumbline('probe', 'a', '--json')).toEqual({ code: 0, out: '{}\n', err: '' });
    expect((await plumbline('probe', 'findings')).code).toBe(1);
    expect(await plumbline('probe', 'bad')).toEqual({ code: 2, out: '', err: 'plumbline: bad is not a document.\n' });
    for (const wrong of [[], ['nonsense'], ['probe'], ['probe', 'a', '--colour']]) {
      const { code, err } = await plumbline(...wrong);
      expect(code).toBe(3);
      expect(err).toContain('--help');
    }
    expect((await plumbline('probe', 'crash')).err).toContain('inside');
  });

  test('--help everywhere, and nothing runs', async () => {
    expect(await plumbline('--help')).toMatchObject({ code: 0, err: '' });
    const { code, out } = await plumbline('probe', 'crash', '--help');
    expect(code).toBe(0);
    expect(out).toContain('plumbline probe FILE [--json]');
    expect((await plumbline('--version')).out).toBe('1.2.3\n');
  });
});
